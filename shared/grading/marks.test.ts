import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { games } from '../table/random-play.testing.ts';
import { replay } from '../table/replay.ts';
import {
  ANA,
  BEN,
  EMPTY,
  HUMANS,
  LIN,
  Lab,
  REA,
  exercise,
  parseSegment,
  script,
} from '../table/script.testing.ts';
import type { SeatName } from '../table/seats.ts';
import { projectTrace } from '../table/view.ts';
import type { Mark, Point } from './mark.ts';
import { marksOf } from './marks.ts';

const ESTABLISHED = {
  client: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 100 } },
  server: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 300 } },
};

function markOf(lab: Lab, seat: SeatName, player?: string): Mark {
  const mark = marksOf(lab.table).find((one) => one.seat === seat && (!player || one.player === player));
  if (!mark) throw new Error(`no mark for ${seat}`);
  return mark;
}

const brief = ({ rule, points, outOf, code }: Point): unknown[] => [
  rule,
  points,
  outOf,
  ...(code ? [code] : []),
];

/**
 * The weights: flags, seq, ack 2 each, data 1, state 2; a hint costs a quarter, a further try half of what
 * the answer is worth.
 */
describe('an answer that was due', () => {
  test('earns everything if it was right at the first try', () => {
    const lab = script({ scenario: exercise({ askState: true }) })`
        0  client  > S 100:100(0)
       10  client  is SYN-SENT
       50  server  > S. 300:300(0) ack 101
       60  server  is SYN-RECEIVED
    `;
    expect(markOf(lab, 'client')).toMatchObject({
      player: 'ana',
      earned: 6,
      outOf: 6,
      answered: 1,
      firstTry: 1,
    });
    expect(markOf(lab, 'server').points.map(brief)).toEqual([
      ['flags', 2, 2],
      ['seq', 2, 2],
      ['ack', 2, 2],
      ['state', 2, 2],
    ]);
  });

  test('loses what was wrong at the first try, and keeps the rest', () => {
    const lab = script()`
        0  client  > S 100:100(0)
       50  server  > S. 300:300(0) ack 100      ! blocked M01
       60  server  > S. 300:300(0) ack 101
    `;
    const mark = markOf(lab, 'server');
    expect(mark).toMatchObject({ earned: 4, outOf: 6, answered: 1, firstTry: 0, wrong: 1 });
    expect(mark.points.map(brief)).toEqual([
      ['flags', 2, 2],
      ['seq', 2, 2],
      ['ack', 0, 2, 'M01'],
    ]);
  });

  test('loses half its worth with each wrong try after the first, and never more than it earned', () => {
    const lab = script()`
        0  client  > S 100:100(0)
       50  server  > S. 300:300(0) ack 100      ! blocked
       51  server  > S. 300:300(0) ack 99       ! blocked
       60  server  > S. 300:300(0) ack 101
    `;
    expect(markOf(lab, 'server').points.map(brief)).toContainEqual(['attempts', -3, 0]);
    expect(markOf(lab, 'server')).toMatchObject({ earned: 1, outOf: 6, wrong: 2 });
    const worse = script()`
        0  client  > S 100:100(0)
       50  server  > S. 300:300(0) ack 100      ! blocked
       51  server  > S. 300:300(0) ack 99       ! blocked
       52  server  > S. 300:300(0) ack 98       ! blocked
       60  server  > S. 300:300(0) ack 101
    `;
    expect(markOf(worse, 'server')).toMatchObject({ earned: 0, outOf: 6 });
  });

  test('pays for hints, not for nudges', () => {
    const lab = new Lab();
    lab.act('instructor', { type: 'nudge', seat: 'client' }, 0);
    lab.act('client', { type: 'hint' }, 0);
    lab.play(`0 client > S 100:100(0)`);
    expect(markOf(lab, 'client').points.map(brief)).toEqual([
      ['flags', 2, 2],
      ['seq', 2, 2],
      ['hints', -1, 0],
    ]);
    expect(markOf(lab, 'client')).toMatchObject({ earned: 3, outOf: 4, hints: 1, firstTry: 0 });
  });

  test('was not right in any part if the first try was to send nothing', () => {
    const lab = script()`
        0  client  nothing                       ! wrong
        1  client  > S 100:100(0)
    `;
    expect(markOf(lab, 'client')).toMatchObject({ earned: 0, outOf: 4, answered: 1, wrong: 1 });
  });

  test('counts as what was tried if the lab had to give it, or if it never came', () => {
    const given = script({ scenario: exercise({ attempts: 2 }) })`
        0  client  > S 100:100(0)
       50  server  > S. 300:300(0) ack 100      ! blocked
       51  server  > S. 300:300(0) ack 99       ! blocked
    `;
    expect(markOf(given, 'server')).toMatchObject({ earned: 1, outOf: 6, answered: 1, leftOpen: 0 });
    const open = script()`
        0  client  > S 100:100(0)
       50  server  > S. 300:300(0) ack 100      ! blocked
    `;
    expect(markOf(open, 'server')).toMatchObject({
      earned: 4,
      outOf: 6,
      answered: 0,
      leftOpen: 1,
      unanswered: 0,
    });
  });

  test('that nobody has tried yet is not counted, and said so', () => {
    const lab = script()`
        0  client  > S 100:100(0)
       60  server  = SYN-RECEIVED
    `;
    expect(markOf(lab, 'server')).toMatchObject({ earned: 0, outOf: 0, unanswered: 1 });
  });

  test('has its data counted where there is some', () => {
    const lab = script({
      scenario: exercise({
        ends: ESTABLISHED,
        calls: [{ side: 'client', when: { atMs: 0 }, call: 'write', text: 'abc' }],
      }),
    })`
        0  client  > . 101:104(3) ack 301
    `;
    expect(markOf(lab, 'client')).toMatchObject({ earned: 7, outOf: 7 });
  });

  test('speed does not matter', () => {
    const [slow, fast] = [9000, 60].map((ms) => {
      const lab = new Lab({ scenario: exercise({ pace: { rtoMs: 60_000 } }) });
      lab.play(`
         0  client  > S 100:100(0)
        ${ms}  server  > S. 300:300(0) ack 101
      `);
      return markOf(lab, 'server').points.map(brief);
    });
    expect(slow).toEqual(fast);
  });
});

describe('what is not due', () => {
  test('costs nothing if it is legal, and gains nothing', () => {
    const lab = script({
      scenario: exercise({
        ends: ESTABLISHED,
        askState: true,
        calls: [{ side: 'client', when: { atMs: 9000 }, call: 'close' }],
      }),
    })`
        0  client  > . 101:101(0) ack 301
        1  client  is ESTABLISHED
        2  client  nothing
        3  client  is CLOSED                     ! wrong
    `;
    expect(markOf(lab, 'client')).toMatchObject({ earned: 0, outOf: 0, points: [] });
  });

  test('costs as much as a further try if it is wrong, and no mark falls below nothing', () => {
    const lab = script()`
        0  client  > S 100:100(0)
        1  client  > . 101:101(0) ack 301        ! blocked
    `;
    expect(markOf(lab, 'client').points.map(brief).at(-1)).toEqual(['unprompted', -3, 0, expect.any(String)]);
    expect(markOf(lab, 'client')).toMatchObject({ earned: 1, outOf: 4, wrong: 1 });
    lab.play(`
        2  client  > . 101:101(0) ack 301        ! blocked
    `);
    expect(markOf(lab, 'client').earned).toBe(0);
  });
});

describe('a seat that changes hands', () => {
  test('gives each player their own answers, and nobody a bot’s', () => {
    const lab = new Lab();
    lab.act('instructor', { type: 'lend-seat', seat: 'client' }, 0);
    lab.to(40);
    lab.act('instructor', { type: 'return-seat', seat: 'client' }, 40);
    lab.play(`
       90  server  > S. 300:300(0) ack 101
      150  client  > . 101:101(0) ack 300        ! blocked
    `);
    lab.act('instructor', { type: 'seat', seat: 'client', holder: { kind: 'player', id: 'eva' } }, 160);
    lab.play(`170 client > . 101:101(0) ack 301`);
    expect(markOf(lab, 'client', 'ana')).toMatchObject({ earned: 4, outOf: 6, answered: 0, leftOpen: 1 });
    expect(markOf(lab, 'client', 'eva')).toMatchObject({ earned: 6, outOf: 6, answered: 1 });
  });
});

describe('the other seats', () => {
  test('a prediction is worth the share of its parts that are right', () => {
    const lab = script()`
        0  client  > S 100:100(0)
       10  link    drop c1
    `;
    const states = { client: 'SYN-SENT', server: 'SYN-RECEIVED' } as const;
    lab.act('link', { type: 'predict', prediction: { timer: 'client', again: 'S', states } }, 20);
    expect(markOf(lab, 'link').points.map(brief)).toEqual([['prediction', 2.25, 3]]);
  });

  const wrongAnswer = (): Lab =>
    script({ scenario: exercise({ onWrong: 'send' }), seats: { ...HUMANS, referee: REA } })`
        0  client  > S 100:100(0)
       60  server  > S. 300:300(0) ack 100      ! wrong
    `;

  test('a referee has as much to win as there was to call', () => {
    expect(markOf(wrongAnswer(), 'referee').points.map(brief)).toEqual([['call', 0, 2]]);
    const lab = wrongAnswer();
    lab.act('referee', { type: 'call-out', id: 's1' }, 70);
    expect(markOf(lab, 'referee')).toMatchObject({ earned: 2, outOf: 2 });
  });

  test('and loses as much by calling what is right', () => {
    const lab = script({ scenario: exercise({ onWrong: 'send' }), seats: { ...HUMANS, referee: REA } })`
        0  client  > S 100:100(0)
    `;
    lab.act('referee', { type: 'call-out', id: 'c1' }, 10);
    lab.play(`60 server > S. 300:300(0) ack 100 ! wrong`);
    lab.act('referee', { type: 'call-out', id: 's1' }, 70);
    expect(markOf(lab, 'referee').points.map(brief)).toEqual([
      ['false-call', -2, 0, 'other'],
      ['call', 2, 2],
    ]);
    expect(markOf(lab, 'referee')).toMatchObject({ earned: 0, outOf: 2 });
  });

  test('a bluff costs who tries it nothing, and gives who calls it what a call is worth', () => {
    const lab = new Lab({ scenario: exercise({ bluff: { perEnd: 1 }, rubric: { call: 5 } }) });
    lab.play(`0 client > S 100:100(0)`);
    lab.act('server', { type: 'send', seg: parseSegment('S. 300:300(0) ack 100'), bluff: true }, 60);
    lab.to(110);
    expect(markOf(lab, 'client').points.map(brief)).toContainEqual(['call', 0, 5]);
    lab.act('client', { type: 'call-bluff', arrival: 1 }, 120);
    expect(markOf(lab, 'client').points.map(brief)).toContainEqual(['call', 5, 5]);
    expect(markOf(lab, 'server')).toMatchObject({ earned: 0, outOf: 0, wrong: 0 });
    lab.play(`130 server > S. 300:300(0) ack 101`);
    expect(markOf(lab, 'server')).toMatchObject({ earned: 6, outOf: 6, firstTry: 1 });
  });
});

test('bots have no marks, and everybody who sat there has one', () => {
  const lab = new Lab({
    seats: { client: ANA, server: { kind: 'bot', skill: 0.5 }, link: LIN, referee: EMPTY },
  });
  expect(marksOf(lab.table).map(({ player, seat }) => [player, seat])).toEqual([
    ['ana', 'client'],
    ['lin', 'link'],
  ]);
  expect(BEN.kind).toBe('player');
});

test('a mark follows from the log alone, lies between nothing and everything, and each point is where it says', () => {
  fc.assert(
    fc.property(games(30), (log) => {
      const now = log.at(-1)?.at ?? 0;
      const table = replay(log, now);
      const marks = marksOf(table);
      expect(marksOf(replay(log, now))).toEqual(marks);
      const { items } = projectTrace(table, 'full', 0);
      for (const { earned, outOf, points, seat } of marks) {
        expect(earned).toBeGreaterThanOrEqual(0);
        expect(earned).toBeLessThanOrEqual(outOf);
        for (const { ms, item, segment } of points) {
          const place = items[item];
          expect(place?.ms).toBe(ms);
          if (segment !== null) expect(place).toMatchObject({ id: segment });
          if (place && 'side' in place && (place.kind === 'blocked' || place.kind === 'label'))
            expect(place.side).toBe(seat);
        }
      }
    }),
    { numRuns: 60 },
  );
});
