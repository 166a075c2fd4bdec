import { describe, expect, test } from 'vitest';
import { ACK, PSH } from '../tcp/segment.ts';
import type { Command } from './command.ts';
import { HUMANS, REA, START, exercise, script } from './script.testing.ts';
import type { Lab, Setting } from './script.testing.ts';
import type { Seats } from './seats.ts';
import type { RefereeNow } from './table-now.ts';
import { nowFor, viewFor } from './view.ts';

const FOUR: Seats = { ...HUMANS, referee: REA };
const setting = (document: Parameters<typeof exercise>[0] = {}): Setting => ({
  seats: FOUR,
  scenario: exercise({ onWrong: 'send', ...document }),
});
const callOut = (id: string): Command => ({ type: 'call-out', id });
const refused = (code: string) => ({ ok: false, error: { code } });

const callable = (lab: Lab): readonly string[] => (nowFor(lab.table, 'referee') as RefereeNow).callable;
const seen = (lab: Lab): string[] =>
  viewFor(lab.table, 'referee', START).trace.items.map((item) =>
    'id' in item ? `${item.kind} ${item.id}` : item.kind,
  );

describe('the referee', () => {
  test('learns what the judge says once the segment has been answered', () => {
    const lab = script(setting())`
        0  client  > S 100:100(0)
       60  server  > S. 300:300(0) ack 100      ! wrong M01
    `;
    expect(seen(lab)).toEqual(['clock', 'sent c1', 'arrived c1', 'sent s1', 'revealed c1']);
    expect(callable(lab)).toEqual(['s1']);
    expect(JSON.stringify(viewFor(lab.table, 'referee', START))).not.toContain('M01');
    lab.play(`120 client > R 100:100(0)`);
    expect(viewFor(lab.table, 'referee', START).trace.items).toContainEqual(
      expect.objectContaining({
        kind: 'revealed',
        id: 's1',
        judge: expect.objectContaining({ verdict: 'wrong' }),
      }),
    );
    expect(lab.act('referee', callOut('s1'), 130)).toMatchObject(refused('call/too-late'));
  });

  test('is right when it calls a wrong segment, on its way or arrived', () => {
    for (const ms of [60, 115]) {
      const lab = script(setting())`
          0  client  > S 100:100(0)
         60  server  > S. 300:300(0) ack 100      ! wrong M01
      `;
      expect(lab.act('referee', callOut('s1'), ms)).toMatchObject({
        value: [{ type: 'called-out', by: 'rea', id: 's1', verdict: { verdict: 'due', faults: [] } }],
      });
      expect(viewFor(lab.table, 'referee', START).trace.items.at(-1)).toMatchObject({
        kind: 'called-out',
        side: 'server',
        verdict: { verdict: 'due' },
        judge: { verdict: 'wrong', faults: [{ code: 'M01' }] },
      });
      expect(lab.act('referee', callOut('s1'), ms)).toMatchObject(refused('call/too-late'));
    }
  });

  test('who calls a right segment is wrong', () => {
    const lab = script(setting())`
        0  client  > S 100:100(0)
    `;
    expect(lab.act('referee', callOut('c1'), 10)).toMatchObject({
      value: [{ verdict: { verdict: 'wrong', faults: [{ code: 'other', given: 'wrong', needed: 'due' }] } }],
    });
    expect(lab.act('referee', callOut('s1'), 10)).toMatchObject(refused('call/too-late'));
  });

  test('who will not have ACK and FIN in one segment believes that it must always be four (M22)', () => {
    const established = {
      client: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 100 } },
      server: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 300 } },
    };
    const lab = script(
      setting({
        ends: established,
        calls: [
          { side: 'client', when: { atMs: 0 }, call: 'close' },
          { side: 'server', when: { atMs: 60 }, call: 'close' },
        ],
      }),
    )`
        0  client  > F. 101:101(0) ack 301
       70  server  > F. 301:301(0) ack 102
    `;
    const code = (id: string): unknown => {
      const reply = lab.act('referee', callOut(id), 80);
      return reply.ok && reply.value[0]?.type === 'called-out' && reply.value[0].verdict.faults[0]?.code;
    };
    expect(code('s1')).toBe('M22');
  });

  test('who calls data without PSH, or what follows a PSH, believes that PSH means something (M35)', () => {
    const established = {
      client: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 100 } },
      server: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 300 } },
    };
    const lab = script(
      setting({
        ends: established,
        calls: [{ side: 'client', when: { atMs: 0 }, call: 'write', text: 'hello, world' }],
      }),
    )`
        0  client  = ESTABLISHED
    `;
    const data = { ack: 301, wnd: 64_240 };
    lab.act('client', { type: 'send', seg: { ...data, seq: 101, flags: PSH | ACK, dataOctets: 5 } }, 0);
    lab.act('client', { type: 'send', seg: { ...data, seq: 106, flags: ACK, dataOctets: 7 } }, 10);
    for (const id of ['c1', 'c2']) {
      expect(lab.act('referee', callOut(id), 20)).toMatchObject({
        value: [{ verdict: { faults: [{ code: id === 'c1' ? 'other' : 'M35' }] } }],
      });
    }
  });

  test('in an exam is told nothing until it is over', () => {
    const lab = script(setting({ level: 'exam' }))`
        0  client  > S 100:100(0)
       60  server  > S. 300:300(0) ack 100      ! wrong
    `;
    lab.act('referee', callOut('s1'), 70);
    expect(JSON.stringify(viewFor(lab.table, 'referee', START))).not.toMatch(/verdict|judge|M01|revealed/);
    lab.act('instructor', { type: 'end' }, 80);
    expect(viewFor(lab.table, 'referee', START).trace.items).toContainEqual(
      expect.objectContaining({ kind: 'called-out', judge: expect.objectContaining({ verdict: 'wrong' }) }),
    );
  });

  test('and its calls are no business of the players', () => {
    const run = (calls: boolean): string[] => {
      const lab = script(setting())`
          0  client  > S 100:100(0)
         60  server  > S. 300:300(0) ack 100      ! wrong
      `;
      if (calls) for (const id of ['s1', 'c9']) lab.act('referee', callOut(id), 70);
      return (['client', 'server', 'link'] as const).map((role) =>
        JSON.stringify(viewFor(lab.table, role, START)),
      );
    };
    expect(run(true)).toEqual(run(false));
  });

  test('a link that has nobody to referee it keeps nothing for one', () => {
    const lab = script({ scenario: exercise({ onWrong: 'send' }) })`
        0  client  > S 100:100(0)
    `;
    expect(lab.table.unjudged).toEqual([]);
  });
});
