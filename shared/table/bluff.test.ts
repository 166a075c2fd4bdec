import { describe, expect, test } from 'vitest';
import { SYN } from '../tcp/segment.ts';
import { HUMANS, Lab, START, exercise, parseSegment } from './script.testing.ts';
import { nowFor, viewFor } from './view.ts';

const refused = (code: string) => ({ ok: false, error: { code } });
const scenario = exercise({ bluff: { perEnd: 2 } });

/** The client's SYN has arrived, and the server bluffs: the ack names the SYN itself. */
function bluffed(document: Parameters<typeof exercise>[0] = {}): Lab {
  const lab = new Lab({ scenario: exercise({ bluff: { perEnd: 2 }, ...document }) });
  lab.play(`
      0  client  > S 100:100(0)
     60  server  = SYN-RECEIVED
  `);
  const seg = parseSegment('S. 300:300(0) ack 100');
  expect(lab.act('server', { type: 'send', seg, bluff: true }, 60)).toMatchObject({ ok: true });
  return lab;
}

describe('a bluff', () => {
  test('goes out though it is wrong, and costs no attempt', () => {
    const lab = bluffed();
    expect(lab.log.at(-1)).toMatchObject({
      type: 'segment-sent',
      bluff: true,
      verdict: { verdict: 'wrong' },
    });
    expect(nowFor(lab.table, 'server')).toMatchObject({ bluffsLeft: 1, attempts: 0, arrivals: 1 });
    expect(lab.table.play.server.wrong).toBe(0);
    lab.play(`
      110  client  < S. 300:300(0) ack 100
      120  server  > S. 300:300(0) ack 101
    `);
  });

  test('can be tried so often and no more, and only where there are bluffs', () => {
    const seg = { seq: 1, ack: 0, flags: SYN, wnd: 0, dataOctets: 0 };
    const none = new Lab();
    expect(none.act('client', { type: 'send', seg, bluff: true }, 0)).toMatchObject(
      refused('bluff/not-allowed'),
    );
    expect(none.act('client', { type: 'call-bluff', arrival: 1 }, 0)).toMatchObject(
      refused('bluff/not-allowed'),
    );
    expect(nowFor(none.table, 'client')).not.toHaveProperty('bluffsLeft');
    const lab = new Lab({ scenario });
    for (let i = 0; i < 2; i++) {
      expect(lab.act('client', { type: 'send', seg, bluff: true }, 0)).toMatchObject({ ok: true });
    }
    expect(lab.act('client', { type: 'send', seg, bluff: true }, 0)).toMatchObject(refused('bluff/spent'));
  });

  test('that is not wrong goes out as well: whether it is must not be found out for nothing', () => {
    const lab = new Lab({ scenario });
    const seg = parseSegment('S 100:100(0)');
    expect(lab.act('client', { type: 'send', seg, bluff: true }, 0)).toMatchObject({
      value: [{ type: 'segment-sent', bluff: true, verdict: { verdict: 'due' } }],
    });
    expect(nowFor(lab.table, 'client')).toMatchObject({ bluffsLeft: 1, state: 'SYN-SENT' });
  });

  test('looks to the far end like any segment', () => {
    const views = [true, false].map((bluff) => {
      const lab = new Lab({ scenario: exercise({ bluff: { perEnd: 2 }, onWrong: 'send' }) });
      lab.play(`
          0  client  > S 100:100(0)
         60  server  = SYN-RECEIVED
      `);
      const seg = parseSegment('S. 300:300(0) ack 100');
      lab.act('server', { type: 'send', seg, ...(bluff && { bluff }) }, 60);
      lab.to(200);
      return ['client', 'link', 'referee'].map((role) =>
        JSON.stringify(viewFor(lab.table, role as 'client' | 'link' | 'referee', START)),
      );
    });
    expect(views[0]).toEqual(views[1]);
    expect(views.flat().join()).not.toContain('"bluff":');
  });
});

describe('to call a bluff', () => {
  test('is right if the segment is wrong, and only its caller hears of it', () => {
    const lab = bluffed();
    lab.to(110);
    const before = viewFor(lab.table, 'server', START);
    expect(lab.act('client', { type: 'call-bluff', arrival: 1 }, 120)).toMatchObject({
      value: [{ type: 'bluff-called', by: 'ana', arrival: 1, verdict: { verdict: 'due' } }],
    });
    expect(viewFor(lab.table, 'client', START).trace.items.at(-1)).toMatchObject({
      kind: 'bluff-called',
      arrival: 1,
      verdict: { verdict: 'due' },
    });
    expect(viewFor(lab.table, 'client', START).trace.items.at(-1)).not.toHaveProperty('id');
    expect(viewFor(lab.table, 'server', START)).toEqual(before);
    expect(lab.act('client', { type: 'call-bluff', arrival: 1 }, 120)).toMatchObject(refused('call/already'));
  });

  test('is wrong if the segment is right', () => {
    const lab = new Lab({ scenario }).play(`
        0  client  > S 100:100(0)
       50  server  = SYN-RECEIVED
    `);
    expect(lab.act('server', { type: 'call-bluff', arrival: 1 }, 60)).toMatchObject({
      value: [{ verdict: { verdict: 'wrong' } }],
    });
  });

  test('is possible for the newest three arrivals only', () => {
    const lab = new Lab({ scenario, seats: HUMANS }).play(`
        0  client  > S 100:100(0)
       10  link    duplicate c1
       11  link    duplicate c1
       12  link    duplicate c1
     2000  server  = SYN-RECEIVED
    `);
    expect(lab.table.play.server.arrivals).toHaveLength(4);
    for (const arrival of [0, 1, 5, -3, 1.5]) {
      expect(lab.act('server', { type: 'call-bluff', arrival }, 2000)).toMatchObject(
        refused('call/too-late'),
      );
    }
    expect(lab.act('server', { type: 'call-bluff', arrival: 2 }, 2000)).toMatchObject({ ok: true });
  });

  test('in an exam is answered by nothing until it is over', () => {
    const lab = bluffed({ level: 'exam' });
    lab.act('client', { type: 'call-bluff', arrival: 1 }, 120);
    const item = viewFor(lab.table, 'client', START).trace.items.at(-1);
    expect(item).toMatchObject({ kind: 'bluff-called', arrival: 1 });
    expect(item).not.toHaveProperty('verdict');
  });
});
