import { describe, expect, test } from 'vitest';
import type { BacklogSetup } from '../scenario/types.ts';
import { parseSegment, Lab, HUMANS, REA, exercise, script } from './script.testing.ts';
import type { Setting } from './script.testing.ts';
import { nowFor, viewFor } from './view.ts';

function flooded(backlog: Partial<BacklogSetup>, document: Parameters<typeof exercise>[0] = {}): Setting {
  const strangers = [
    { when: { atMs: 0 }, halfOpen: 2 },
    { when: { arrived: 'S', nth: 2, afterMs: 500 }, halfOpen: 1 },
  ];
  const scenario = exercise({
    ...document,
    ends: {
      client: { iss: { policy: 'given', value: 100 } },
      server: { iss: { policy: 'given', value: 300 }, backlog: { slots: 2, strangers, ...backlog } },
    },
  });
  return { scenario, seats: { ...HUMANS, referee: REA } };
}

describe('a full backlog', () => {
  test('lets SYNs fall until strangers have left it', () => {
    script(flooded({}))`
         0  client  > S 100:100(0)
        50  server  < S 100:100(0)
        60  server  = LISTEN
        60  server  nothing
        60  server  > S. 300:300(0) ack 101   ! blocked backlog-full
        60  server  hint                      ! refused hint/nothing-due
      1000  client  timer rto
      1000  client  > S 100:100(0)
      1050  server  = LISTEN
      1600  server  > S. 300:300(0) ack 101   ! blocked backlog-full
      3000  client  timer rto
      3000  client  > S 100:100(0)
      3050  server  = SYN-RECEIVED rcv.nxt 101
      3100  server  > S. 300:300(0) ack 101
      3200  client  > . 101:101(0) ack 301
      3250  server  = ESTABLISHED
    `;
  });

  test('is known to the end whose it is and to the referee, to nobody else', () => {
    for (const level of ['guided', 'exam'] as const) {
      const lab = new Lab(flooded({}, { level }));
      lab.to(60);
      const seen = (['server', 'referee', 'instructor', 'client', 'link'] as const).map((role) =>
        viewFor(lab.table, role, 0).trace.items.filter(({ kind }) => kind === 'backlog'),
      );
      const item = { ms: 0, kind: 'backlog', side: 'server', slots: 2, halfOpen: 2, cookies: false };
      expect(seen).toEqual([[item], [item], [item], [], []]);
      expect(nowFor(lab.table, 'server')).toMatchObject({
        backlog: { slots: 2, halfOpen: 2, cookies: false },
      });
      expect(nowFor(lab.table, 'client')).not.toHaveProperty('backlog');
      expect(JSON.stringify(nowFor(lab.table, 'link'))).not.toContain('backlog');
    }
  });

  test('tells the client nothing: a SYN that falls is like one that is lost', () => {
    const views = [0, 2].map((halfOpen) => {
      const strangers = [{ when: { atMs: 0 }, halfOpen }];
      const faults = halfOpen === 0 ? [{ from: 'client', match: 'S', nth: 1, fault: 'drop' } as const] : [];
      const lab = new Lab(flooded({ strangers }, { faults }));
      lab.act('client', { type: 'send', seg: parseSegment('S 100:100(0)') }, 0);
      lab.to(2000);
      return viewFor(lab.table, 'client', 0);
    });
    expect(views[0]).toEqual(views[1]);
  });
});

describe('SYN cookies', () => {
  const setting = flooded({ cookies: true }, { askState: true, onWrong: 'send' });

  test('answer everybody and keep nothing, not even a timer', () => {
    const lab = script(setting)`
         0  client  > S 100:100(0)
        10  client  is SYN-SENT
        60  server  > S. 300:300(0) ack 101
        61  server  is SYN-RECEIVED           ! wrong cookie-keeps-nothing
        70  server  > S. 300:300(0) ack 101   ! wrong cookie-keeps-nothing
       120  client  > . 101:101(0) ack 301
       121  client  is ESTABLISHED
       170  server  = ESTABLISHED snd.una 301 rcv.nxt 101
    `;
    expect(lab.table.play.server.timers).toEqual({ rto: null, 'time-wait': null, persist: null });
  });

  test('are repaired by the next SYN alone', () => {
    const faults = [{ from: 'server', match: 'S.', nth: 1, fault: 'drop' } as const];
    const lab = script(flooded({ cookies: true }, { faults }))`
         0  client  > S 100:100(0)
        60  server  > S. 300:300(0) ack 101   ! lost
       900  server  nothing
      1000  client  > S 100:100(0)
      1100  server  > S. 300:300(0) ack 101
      1200  client  > . 101:101(0) ack 301
      1250  server  = ESTABLISHED
    `;
    expect(lab.happenings.filter((it) => it.kind === 'timer' && it.side === 'server')).toEqual([]);
  });

  test('let the link predict that only the client’s timer will ring', () => {
    const lab = script(setting)`
         0  client  > S 100:100(0)
        60  server  > S. 300:300(0) ack 101
        80  link    drop s1
    `;
    const states = { client: 'SYN-SENT', server: 'LISTEN' } as const;
    expect(
      lab.act('link', { type: 'predict', prediction: { timer: 'client', again: 'S', states } }, 90),
    ).toMatchObject({ value: [{ verdict: { verdict: 'due' } }] });
  });

  test('are asked back to the very number: another gets a RST', () => {
    script(setting)`
         0  client  > S 100:100(0)
        60  server  > S. 300:300(0) ack 101
        61  server  is LISTEN
       120  client  > . 101:101(0) ack 302    ! wrong
       170  server  = LISTEN
       170  server  > R 302:302(0)
       220  client  > . 101:101(0) ack 301
       270  server  = ESTABLISHED
    `;
  });
});
