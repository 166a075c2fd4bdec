import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { games, stages } from '../table/random-play.testing.ts';
import { EMPTY, HUMANS, Lab, REA, exercise, parseSegment, script } from '../table/script.testing.ts';
import { projectTrace } from '../table/view.ts';
import { MisconceptionTally } from './misconception-tally.ts';
import { misconceptionsOf } from './misconceptions.ts';

describe('the misconceptions of a table', () => {
  test('lead to the very answers, those of labels and calls as well', () => {
    const lab = script({
      scenario: exercise({
        onWrong: 'send',
        askState: true,
        ends: {
          client: { start: 'ESTABLISHED', iss: { policy: 'given', value: 100 } },
          server: { start: 'ESTABLISHED', iss: { policy: 'given', value: 300 } },
        },
        calls: [{ side: 'client', when: { atMs: 0 }, call: 'close' }],
      }),
      seats: { ...HUMANS, referee: REA },
    })`
        0  client  > F. 101:101(0) ack 301
       60  server  > . 301:301(0) ack 101       ! wrong M19
       61  server  > . 301:301(0) ack 102
       62  server  is TIME-WAIT                 ! wrong M28
    `;
    const found = misconceptionsOf(lab.table);
    expect(found).toContainEqual({
      code: 'M19',
      tableId: 't1',
      seat: 'server',
      player: 'ben',
      ms: 60,
      item: expect.any(Number) as number,
      segment: 's1',
    });
    const { items } = projectTrace(lab.table, 'full', 0);
    for (const { item, segment, code } of found) {
      expect(items[item]).toMatchObject(segment === null ? { kind: 'label' } : { kind: 'sent', id: segment });
      expect(JSON.stringify(items[item])).toContain(code);
    }
    expect(found.map(({ code }) => code)).toEqual(['M19', 'M28']);
  });

  test('are not in a bluff, nor in what the lab sends', () => {
    const lab = new Lab({ scenario: exercise({ bluff: { perEnd: 1 } }) });
    lab.play(`0 client > S 100:100(0)`);
    lab.act('server', { type: 'send', seg: parseSegment('S. 300:300(0) ack 100'), bluff: true }, 60);
    expect(misconceptionsOf(lab.table)).toEqual([]);
  });

  test('of bots are told, but are no people’s', () => {
    const lab = new Lab({
      seats: {
        client: { kind: 'bot', skill: 0 },
        server: { kind: 'bot', skill: 0 },
        link: EMPTY,
        referee: EMPTY,
      },
    });
    lab.to(5000);
    const found = misconceptionsOf(lab.table);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ player }) => player === null)).toBe(true);
    const tally = new MisconceptionTally();
    tally.add(found);
    for (const { people } of MisconceptionTally.count([tally])) expect(people).toBe(0);
  });

  test('are the same, gathered as the table goes on or all at once', () => {
    let seen = 0;
    fc.assert(
      fc.property(games(), fc.nat(), (log, at) => {
        const all = stages(log);
        const [then, last] = [all[at % all.length]!, all.at(-1)!];
        const found = misconceptionsOf(last);
        seen += found.length;
        expect([...misconceptionsOf(then), ...misconceptionsOf(last, then)]).toEqual(found);
      }),
      { numRuns: 100 },
    );
    expect(seen).toBeGreaterThan(0);
  });
});
