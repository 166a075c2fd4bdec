import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Conditions } from '../link/conditions.ts';
import type { Fate } from '../link/fate.ts';
import { PRESETS } from '../link/presets.ts';
import type { ScriptedFault, Side } from '../scenario/types.ts';
import { fill } from '../tcp/due.ts';
import { expect as dueNow } from '../tcp/expect.ts';
import { advance, nextChangeAt } from './advance.ts';
import { virtualAt } from './clock.ts';
import type { Touch } from './command.ts';
import type { Entry } from './entry.ts';
import type { Happening } from './happening.ts';
import { replay } from './replay.ts';
import { BOT, EMPTY, HUMANS, LIN, Lab, START, exercise } from './script.testing.ts';
import type { Seats } from './seats.ts';
import type { Table } from './table.ts';
import { lensOf, nowFor, projectTrace } from './view.ts';
import { SIDES } from '../scenario/sides.ts';

/** An hour of bad weather is not waited for. */
const LONG_MS = 120_000;

const BOTH_BOTS: Seats = { client: BOT, server: BOT, link: LIN, referee: EMPTY };

const conversation = (link: Partial<Conditions> = {}, faults: readonly ScriptedFault[] = []) =>
  exercise({
    calls: [
      { side: 'client', when: { atMs: 0 }, call: 'connect' },
      { side: 'client', when: { state: 'ESTABLISHED', afterMs: 40 }, call: 'write', text: 'GET /hello' },
      { side: 'server', when: { received: 10, afterMs: 30 }, call: 'write', text: 'hello, world' },
      { side: 'client', when: { received: 12, afterMs: 200 }, call: 'close' },
      { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 100 }, call: 'close' },
    ],
    link: { client: link, server: link },
    faults: [...faults],
    finish: 'quiet',
  });

const weather = (id: string): Conditions => PRESETS.find((preset) => preset.id === id)!.classroom;

/** What was drawn for each segment that a table has sent, by its id. */
function fatesOf(history: readonly Happening[]): Map<string, Fate> {
  return new Map(history.flatMap((it) => (it.kind === 'sent' ? [[it.id, it.fate] as const] : [])));
}

/** People at the ends, who do at once what is due. */
function answerAll(lab: Lab, at: number): void {
  for (const side of SIDES) {
    const due = dueNow(lab.table.ends[side])[0];
    if (due && lab.table.phase === 'running') lab.ask(side, { type: 'send', seg: fill(due) }, at);
  }
}

describe.each([
  ['bots', BOTH_BOTS],
  ['people', HUMANS],
] as const)(
  'a round of %s, in which the conditions change ten times while segments are in the air',
  (_, seats) => {
    const stormy = {
      delayMs: 900,
      jitterMs: 700,
      lossPct: 20,
      burstSegments: 2,
      duplicatePct: 20,
      corruptPct: 5,
    };
    const turns = [
      'storm',
      'wifi',
      '3g',
      'edge',
      'perfect',
      'satellite',
      'storm',
      '4g',
      'wifi',
      'edge',
      '3g',
      'storm',
    ];

    function play(seed: string): { readonly lab: Lab; readonly changes: number } {
      const lab = new Lab({ scenario: conversation(stormy), seats, seed });
      let changes = 0;
      for (let at = START; at < START + LONG_MS && lab.table.phase === 'running'; at += 250) {
        lab.table = advance(lab.table, at);
        if (seats === HUMANS) answerAll(lab, at);
        const { flights } = lab.table;
        const [flight] = flights;
        const turn = turns[changes];
        if (!flight || !turn) continue;
        const { from } = flight;
        expect(lab.ask('link', { type: 'set-conditions', from, conditions: weather(turn) }, at).ok).toBe(
          true,
        );
        // What was in the air is there still, and due when it was due.
        expect(lab.table.flights).toEqual(flights);
        changes += 1;
      }
      return { lab, changes };
    }

    test('is replayed from its log to the very same fates, bit for bit', () => {
      for (const seed of ['a', 'b', 'c']) {
        const { lab, changes } = play(seed);
        expect(changes).toBeGreaterThanOrEqual(10);
        const stored = JSON.parse(JSON.stringify(lab.log)) as Entry[];
        const again = new Lab({ scenario: conversation(stormy), seats, seed });
        again.table = replay(stored, lab.log.at(-1)!.at);
        again.table = advance(again.table, START + LONG_MS);
        lab.table = advance(lab.table, START + LONG_MS);
        const [played, replayed] = [lab, again].map(({ happenings }) => fatesOf(happenings));
        expect(JSON.stringify([...replayed!])).toBe(JSON.stringify([...played!]));
        expect(played!.size).toBeGreaterThan(8);
        expect([...played!.values()].some(({ lost }) => lost !== null)).toBe(true);
        expect(again.happenings).toEqual(lab.happenings);
      }
    });

    test('stamps each fate with the version of the conditions then in force', () => {
      const { lab } = play('a');
      const version = { client: 1, server: 1 };
      let newest = 0;
      for (const it of lab.happenings) {
        if (it.kind === 'conditions') version[it.from] = it.version;
        if (it.kind !== 'sent') continue;
        expect(it.fate.conditionsVersion).toBe(version[it.side]);
        newest = Math.max(newest, it.fate.conditionsVersion);
      }
      expect(newest).toBeGreaterThan(3);
    });
  },
);

describe('with the same seed and another fate of one segment', () => {
  interface Frame {
    readonly ms: number;
    readonly text: string;
  }

  /**
   * All that a seat's socket carries, each frame with its virtual instant, and all that happens at the table.
   */
  function run(
    side: Side,
    faults: readonly ScriptedFault[],
    act?: { readonly touch: Touch | 'cut' | 'storm'; readonly onto: number },
  ): { readonly frames: readonly Frame[]; readonly history: readonly Happening[] } {
    const lab = new Lab({ scenario: conversation({ delayMs: 300 }, faults), seats: BOTH_BOTS });
    const frames: Frame[] = [];
    let shown = '';
    let witnessed = 0;
    const look = (table: Table, at: number): void => {
      // The debrief shows everybody everything.
      if (table.phase === 'ended') return;
      const now = JSON.stringify(nowFor(table, side));
      const trace = projectTrace(table, lensOf(table, side), witnessed);
      if (now === shown && trace.items.length === 0) return;
      shown = now;
      witnessed = table.witnessed[side];
      frames.push({ ms: virtualAt(table.clock, at), text: now + JSON.stringify(trace) });
    };
    let sent = 0;
    let acted = act === undefined;
    const lookAndAct = (at: number): void => {
      look(lab.table, at);
      const mine = lab.happenings.filter((it) => it.kind === 'sent' && it.side === side);
      if (acted || mine.length <= sent) return;
      sent = mine.length;
      if (sent !== act!.onto) return;
      acted = true;
      const flight = lab.table.flights.findLast(({ from }) => from === side);
      if (!flight) return;
      const { touch } = act!;
      if (touch === 'cut') lab.ask('link', { type: 'cut' }, at);
      else if (touch === 'storm') lab.ask('instructor', { type: 'storm', forMs: 1000 }, at);
      else lab.ask('link', { type: 'touch', flight: flight.id, touch }, at);
      look(lab.table, at);
    };
    lookAndAct(START);
    for (let at = nextChangeAt(lab.table); at !== null && at < START + 15_000; at = nextChangeAt(lab.table)) {
      lab.table = advance(lab.table, at);
      lookAndAct(at);
    }
    return { frames, history: lab.happenings };
  }

  /**
   * The first instant at which one of the two has heard, or waited in vain, and the other has not: until then
   * nobody at that end can know.
   */
  function knowableFrom(side: Side, a: readonly Happening[], b: readonly Happening[]): number {
    const news = (history: readonly Happening[]) =>
      history.filter((it) => (it.kind === 'arrived' || it.kind === 'timer') && it.side === side);
    const [ofA, ofB] = [news(a), news(b)];
    const tell = (it: Happening | undefined) =>
      it && JSON.stringify([it.ms, it.kind, it.kind === 'arrived' ? it.seg : null]);
    const parted = Array.from({ length: Math.max(ofA.length, ofB.length) }, (_, i) => i).find(
      (i) => tell(ofA[i]) !== tell(ofB[i]),
    );
    if (parted === undefined) return Infinity;
    return Math.min(ofA[parted]?.ms ?? Infinity, ofB[parted]?.ms ?? Infinity);
  }

  function expectSameUntilKnowable(side: Side, a: ReturnType<typeof run>, b: ReturnType<typeof run>): void {
    // Once a table has ended everybody may know everything.
    const ends = [a, b].flatMap(({ history }) =>
      history.flatMap((it) => (it.kind === 'ended' ? [it.ms] : [])),
    );
    const until = Math.min(knowableFrom(side, a.history, b.history), ...ends);
    const before = ({ frames }: ReturnType<typeof run>) =>
      frames.filter(({ ms }) => ms < until).map(({ text }) => text);
    expect(before(b)).toEqual(before(a));
  }

  test.each(SIDES)('the script’s doing does not reach the %s’s socket before the news does', (side) => {
    const plain = run(side, []);
    let told = 0;
    for (const fault of ['drop', 'duplicate', 'delay', 'corrupt', 'hold', 'reorder'] as const) {
      for (const nth of [1, 2, 3, 4]) {
        const faults = [{ from: side, match: '*', nth, fault, ...(fault === 'delay' && { ms: 5000 }) }];
        const other = run(side, faults);
        expectSameUntilKnowable(side, plain, other);
        if (knowableFrom(side, plain.history, other.history) < Infinity) told += 1;
      }
    }
    // Most fates do come to be known in the end, or this has shown nothing.
    expect(told).toBeGreaterThan(12);
  });

  test('nor does what the link’s hand, a cut or a storm does to it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SIDES),
        fc.constantFrom('drop', 'duplicate', 'hold', 'cut', 'storm'),
        fc.integer({ min: 1, max: 5 }),
        (side, touch, onto) => {
          expectSameUntilKnowable(side, run(side, []), run(side, [], { touch, onto }));
        },
      ),
      { numRuns: 40 },
    );
  });
});

test('the same seed gives the same losses to every pair, however they play', () => {
  const lossy = { lossPct: 30, burstSegments: 2, duplicatePct: 10 };
  const pairs = (['t1', 't2', 't3'] as const).map((table, i) => {
    const seats: Seats = i === 0 ? BOTH_BOTS : { ...BOTH_BOTS, client: { kind: 'bot', skill: 0.5 } };
    const lab = new Lab({ scenario: conversation(lossy), seats, seed: 'round', table });
    lab.table = advance(lab.table, START + LONG_MS);
    return fatesOf(lab.happenings);
  });
  const [first, ...others] = pairs as [Map<string, Fate>, ...Map<string, Fate>[]];
  let losses = 0;
  for (const fates of others) {
    for (const [id, { lost, rolls }] of first) {
      const theirs = fates.get(id);
      if (!theirs) continue;
      expect([id, theirs.lost, theirs.rolls]).toEqual([id, lost, rolls]);
      if (lost !== null) losses += 1;
    }
  }
  expect(losses).toBeGreaterThan(3);
  const other = new Lab({ scenario: conversation(lossy), seats: BOTH_BOTS, seed: 'another round' });
  other.table = advance(other.table, START + LONG_MS);
  const lostOf = (fates: Map<string, Fate>) => [...fates].map(([id, { lost }]) => `${id} ${lost}`).join();
  expect(lostOf(fatesOf(other.happenings))).not.toBe(lostOf(first));
});

describe('what the script does', () => {
  const tellOf = (fault: ScriptedFault['fault'], ms?: number) => {
    const lab = new Lab({
      scenario: conversation({}, [
        { from: 'server', match: 'S.', nth: 1, fault, ...(ms !== undefined && { ms }) },
      ]),
      seats: BOTH_BOTS,
    });
    lab.table = advance(lab.table, START + 4000);
    const { items } = projectTrace(lab.table, 'link', 0);
    const sent = items.find((it) => it.kind === 'sent' && it.id === 's1');
    return { lab, items, fate: sent?.kind === 'sent' ? sent.fate : undefined };
  };

  test.each(['drop', 'duplicate', 'delay', 'corrupt', 'hold', 'reorder'] as const)(
    '(%s) is told to the link seat as the script’s doing, and not as bad luck',
    (fault) => {
      expect(tellOf(fault, 300).fate?.script).toEqual([fault]);
    },
  );

  test('is nothing where the dice were faster', () => {
    const scenario = conversation({ lossPct: 99, burstSegments: 200 }, [
      { from: 'client', match: 'S', nth: 1, fault: 'delay', ms: 100 },
    ]);
    const lab = new Lab({ scenario, seats: BOTH_BOTS });
    lab.table = advance(lab.table, START + 100);
    const fate = fatesOf(lab.happenings).get('c1');
    expect(fate?.lost).toBe('loss');
    expect(fate).not.toHaveProperty('script');
  });
});
