import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlap } from './box.ts';
import { breakWords } from './break-words.ts';
import { layout } from './layout.ts';
import type { Drawing } from './drawing.ts';
import type { DiagramLens } from './lens.ts';
import { Story, badLink, segment, simultaneous, wholeLife } from './traces.testing.ts';

const LENSES: readonly DiagramLens[] = ['client', 'server', 'link', 'full'];
const WIDTHS = [320, 360, 768, 1280];

const draw = (story: Story, lens: DiagramLens = 'full', width = 768) =>
  layout({ lens, trace: story.trace(lens), width });

const colliding = ({ segments }: Drawing) =>
  segments.flatMap((a, i) =>
    segments.slice(i + 1).flatMap((b) => (overlap(a.box, b.box) ? [`${a.key} ${b.key}`] : [])),
  );

describe.each(LENSES)('in the lens %s', (lens) => {
  test.each(WIDTHS)('no label lies on another at %i px', (width) => {
    for (const story of [wholeLife(), badLink(), simultaneous()]) {
      expect(colliding(draw(story, lens, width))).toEqual([]);
    }
  });

  test.each(WIDTHS)('no label lies on what is written at a break at %i px', (width) => {
    for (const story of [wholeLife(), badLink(), simultaneous()]) {
      const { breaks, columns, segments } = draw(story, lens, width);
      for (const gap of breaks) {
        for (const { box } of segments) expect(overlap(box, breakWords(gap, columns))).toBe(false);
      }
    }
  });

  test.each(WIDTHS)('every label stays on a sheet of %i px', (width) => {
    for (const story of [wholeLife(), badLink(), simultaneous()]) {
      for (const { box } of draw(story, lens, width).segments) {
        const reach = (Math.abs(Math.cos(box.angle)) * box.w + Math.abs(Math.sin(box.angle)) * box.h) / 2;
        expect(box.cx - reach).toBeGreaterThanOrEqual(0);
        expect(box.cx + reach).toBeLessThanOrEqual(width);
      }
    }
  });
});

test('time runs down: of two events the later is lower', () => {
  fc.assert(
    fc.property(fc.array(sends(), { minLength: 1, maxLength: 14 }), (list) => {
      const { time } = draw(told(list));
      const instants = list
        .flatMap(({ ms, delayMs, lost }) => (lost ? [ms] : [ms, ms + delayMs]))
        .sort((a, b) => a - b);
      for (const [i, ms] of instants.entries()) {
        const before = instants[i - 1];
        if (before !== undefined && before < ms) expect(time.yOf(before)).toBeLessThan(time.yOf(ms));
      }
    }),
    { numRuns: 40 },
  );
});

test('whatever is sent whenever, no label lies on another', () => {
  fc.assert(
    fc.property(
      fc.array(sends(), { minLength: 2, maxLength: 12 }),
      fc.constantFrom(...LENSES),
      fc.constantFrom(...WIDTHS),
      (list, lens, width) => {
        expect(colliding(draw(told(list), lens, width))).toEqual([]);
      },
    ),
    { numRuns: 120 },
  );
});

test('an instant is found again at its height', () => {
  const { time } = draw(wholeLife());
  for (const ms of [0, 900, 3200, 9000, 33900, 60000, 86000])
    expect(time.msOf(time.yOf(ms))).toBeCloseTo(ms, 3);
});

test('a segment falls for as long as it flies', () => {
  const story = new Story()
    .send(1000, 'client', segment('S', 1), { delayMs: 1000 })
    .send(6000, 'client', segment('S', 1), { delayMs: 2000, again: true })
    .send(12000, 'client', segment('S', 1), { delayMs: 1000, again: true });
  const [short, long, again] = draw(story).segments.map(({ ways }) => {
    const points = ways[0]?.points ?? [];
    return (points.at(-1)?.y ?? 0) - (points[0]?.y ?? 0);
  });
  expect(long).toBeCloseTo((short ?? 0) * 2, 5);
  expect(again).toBeCloseTo(short ?? 0, 5);
});

test('a stretch in which nothing happens is cut short, and says so', () => {
  const story = new Story()
    .send(0, 'client', segment('S', 1))
    .send(120_000, 'client', segment('S', 1), { again: true });
  const { breaks, height } = draw(story);
  expect(breaks).toHaveLength(1);
  expect(breaks[0]).toMatchObject({ fromMs: 1500, toMs: 120_000 });
  expect(height).toBeLessThan(400);
});

test('a lost segment ends on its way, and one that the link dropped where it was dropped', () => {
  const story = new Story()
    .send(0, 'client', segment('S', 1))
    .send(3000, 'client', segment('S', 1), { lost: 'loss' })
    .touched(6000, 'client', segment('S', 1), [[6300, 'drop']], null);
  const { segments, columns } = draw(story);
  const share = (i: number) => {
    const last = segments[i]?.ways[0]?.points.at(-1);
    return ((last?.x ?? 0) - columns.clientX) / columns.widePx;
  };
  expect(segments.map(({ ways }) => ways[0]?.ending)).toEqual(['arrived', 'lost', 'lost']);
  expect(share(1)).toBeCloseTo(0.6);
  expect(share(2)).toBeCloseTo(0.2);
});

test('a held segment stands still, and arrives when it does', () => {
  const story = new Story().send(0, 'server', segment('.', 1, 1)).touched(
    3000,
    'server',
    segment('.', 1, 1),
    [
      [3750, 'hold'],
      [9000, 'release'],
    ],
    10_000,
  );
  const points = draw(story).segments[1]?.ways[0]?.points ?? [];
  expect(points).toHaveLength(4);
  expect(points[1]?.x).toBe(points[2]?.x);
  expect(points[2]?.y ?? 0).toBeGreaterThan(points[1]?.y ?? 0);
});

test('a duplicate forks, and a corrupted one is torn at the far lifeline', () => {
  const story = new Story()
    .send(0, 'client', segment('S', 1), { copyMs: 2500 })
    .send(5000, 'client', segment('S', 1), { lost: 'corrupt' });
  const { segments, columns } = draw(story);
  expect(segments[0]?.ways.map(({ ending, fork }) => [ending, fork])).toEqual([
    ['arrived', false],
    ['arrived', true],
  ]);
  expect(segments[1]?.ways[0]).toMatchObject({ ending: 'torn' });
  expect(segments[1]?.ways[0]?.points.at(-1)?.x).toBe(columns.serverX);
});

test('an end is told nothing of the far side: neither states, nor calls, nor how long a segment flew', () => {
  const fast = new Story().send(0, 'server', segment('S', 1), { delayMs: 900 });
  const slow = new Story().send(-2000, 'server', segment('S', 1), { delayMs: 2900 });
  for (const story of [fast, slow])
    story.state(100, 'server', 'SYN-SENT').call(50, 'server', { call: 'connect' });
  const [seen, other] = [fast, slow].map((story) => draw(story, 'client'));
  expect(seen?.bands).toEqual([]);
  expect(seen?.marks).toEqual([]);
  expect(seen?.segments[0]?.ways).toEqual(other?.segments[0]?.ways);
  expect(seen?.segments[0]?.ways[0]).toMatchObject({ ending: 'unknown' });
});

test('what is sent looks the same to its sender whether it is lost or not', () => {
  const arrives = new Story().send(0, 'client', segment('S', 1));
  const dies = new Story().send(0, 'client', segment('S', 1), { lost: 'loss' });
  expect(draw(arrives, 'client').segments[0]?.ways).toEqual(draw(dies, 'client').segments[0]?.ways);
});

test('two changes of state at one instant leave no band between them', () => {
  const story = new Story()
    .state(0, 'server', 'SYN-RECEIVED')
    .state(1000, 'server', 'ESTABLISHED')
    .state(1000, 'server', 'CLOSE-WAIT');
  expect(draw(story).bands.map(({ state }) => state)).toEqual(['SYN-RECEIVED', 'CLOSE-WAIT']);
});

test("a state's name stands below two breaks that would cut it one after the other", () => {
  const story = new Story()
    .send(0, 'client', segment('S', 1))
    .state(2000, 'client', 'SYN-SENT')
    .timer(20_000, 'server')
    .timer(40_000, 'server')
    .timer(60_000, 'server');
  const { bands, breaks, columns } = draw(story);
  const name = bands.find(({ state }) => state === 'SYN-SENT')!.nameYs[0]!;
  const crossed = breaks.filter(({ y }) => y > name && y < name + columns.bandPx('SYN-SENT'));
  expect(breaks.length).toBeGreaterThan(1);
  expect(crossed).toEqual([]);
});

test('two segments of one instant are two lines', () => {
  const story = new Story()
    .send(1000, 'client', segment('.', 1, 1))
    .send(1000, 'client', segment('P.', 1, 1, 'x'));
  const [first, second] = draw(story).segments.map(({ ways }) => ways[0]?.points[0]?.y ?? 0);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(14);
});

function sends() {
  return fc.record({
    ms: fc.integer({ min: 0, max: 12_000 }),
    delayMs: fc.integer({ min: 300, max: 5000 }),
    side: fc.constantFrom('client' as const, 'server' as const),
    lost: fc.boolean(),
    seq: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  });
}

function told(
  list: readonly { ms: number; delayMs: number; side: 'client' | 'server'; lost: boolean; seq: number }[],
) {
  const story = new Story();
  for (const { ms, delayMs, side, lost, seq } of list) {
    story.send(ms, side, segment('P.', seq, seq, 'x'), { delayMs, ...(lost && { lost: 'loss' as const }) });
  }
  return story;
}
