import fc from 'fast-check';
import type { Scenario, Side } from '../scenario/types.ts';
import { fill } from '../tcp/due.ts';
import { expect as dueNow } from '../tcp/expect.ts';
import type { Segment } from '../tcp/segment.ts';
import { STATES } from '../tcp/state.ts';
import { acceptedIn } from './accepted.ts';
import { advance, nextChangeAt } from './advance.ts';
import { toArray } from './chain.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import type { Entry } from './entry.ts';
import { evolve } from './evolve.ts';
import { open } from './open.ts';
import { replay } from './replay.ts';
import { BOT, BOTS, EMPTY, HUMANS, REA, START, exercise } from './script.testing.ts';
import type { Holder, Role, Seats } from './seats.ts';
import type { Table } from './table.ts';

const SLOPPY: Holder = { kind: 'bot', skill: 0.3 };

const calls: Scenario['calls'] = [
  { side: 'client', when: { atMs: 0 }, call: 'connect' },
  { side: 'client', when: { state: 'ESTABLISHED', afterMs: 40 }, call: 'write', text: 'GET / héllo' },
  { side: 'server', when: { received: 5, afterMs: 10 }, call: 'write', text: '200 世界' },
  { side: 'client', when: { arrived: '*', nth: 2, afterMs: 100 }, call: 'close' },
  { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 30 }, call: 'close' },
];

const bad = { delayMs: 60, jitterMs: 40, lossPct: 20, burstSegments: 2, duplicatePct: 20, corruptPct: 10 };

export const SCENARIOS: readonly Scenario[] = [
  exercise({ calls: [...calls] }),
  exercise({ calls: [...calls], onWrong: 'send', askState: true, attempts: 2 }),
  exercise({ calls: [...calls], level: 'exam', onWrong: 'send', link: { client: bad, server: bad } }),
  exercise({
    calls: [...calls],
    level: 'standard',
    askState: true,
    finish: 'quiet',
    link: { client: bad, server: { ...bad, rateSegmentsPerS: 5, limitSegments: 2 } },
    faults: [
      { from: 'server', match: 'S.', nth: 1, fault: 'hold', ms: 700 },
      { from: 'client', match: '.', nth: 1, fault: 'drop' },
      { from: 'client', match: '*', nth: 4, fault: 'duplicate', ms: 333 },
      { from: 'server', match: 'F.', nth: 1, fault: 'delay', ms: 1500 },
      { from: 'client', match: '. 11 octets', nth: 1, fault: 'corrupt' },
    ],
  }),
  exercise({
    calls: [...calls],
    onWrong: 'send',
    bluff: { perEnd: 2 },
    faults: [
      { from: 'client', match: '*', nth: 2, fault: 'reorder' },
      { from: 'server', match: '.', nth: 1, fault: 'reorder', ms: 200 },
    ],
  }),
  ...[false, true].map((cookies) =>
    exercise({
      calls: [...calls],
      onWrong: cookies ? 'send' : 'block',
      askState: true,
      ends: {
        client: { iss: { policy: 'given', value: 100 } },
        server: {
          iss: { policy: 'given', value: 300 },
          backlog: {
            slots: 4,
            cookies,
            strangers: [
              { when: { atMs: 0 }, halfOpen: 4 },
              { when: { arrived: 'S', afterMs: 700 }, halfOpen: 2 },
              { when: { atMs: 3000 }, halfOpen: 4 },
            ],
          },
        },
      },
      link: { client: bad, server: bad },
    }),
  ),
];

const SEATS: readonly Seats[] = [
  HUMANS,
  BOTS,
  { client: HUMANS.client, server: SLOPPY, link: HUMANS.link, referee: EMPTY },
  { client: SLOPPY, server: SLOPPY, link: HUMANS.link, referee: EMPTY },
  { client: SLOPPY, server: HUMANS.server, link: BOT, referee: EMPTY },
  { client: { kind: 'player', id: 'ana', time: null }, server: BOT, link: EMPTY, referee: REA },
  {
    client: { kind: 'player', id: 'ana', time: 1.5 },
    server: HUMANS.server,
    link: HUMANS.link,
    referee: REA,
  },
];

interface Step {
  readonly waitMs: number;
  readonly what: number;
  readonly pick: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  waitMs: fc.oneof(fc.constant(0), fc.nat(200), fc.nat(4000)),
  what: fc.nat(28),
  pick: fc.nat(2 ** 30),
});

/** A game that people might have played, sensibly or not: its log, with whatever was refused left out. */
export function games(most = 40): fc.Arbitrary<Entry[]> {
  return fc
    .record({
      scenario: fc.constantFrom(...SCENARIOS),
      seats: fc.constantFrom(...SEATS),
      rules: fc.constantFrom(1, 2, 3),
      seed: fc.string({ minLength: 1, maxLength: 4 }),
      steps: fc.array(step, { maxLength: most }),
    })
    .map(({ scenario, seats, rules, seed, steps }) => {
      const log: Entry[] = [
        { at: START, type: 'table-opened', table: 't1', seed, rules, scenario, seats },
        { at: START, type: 'clock-set', rate: 1 },
      ];
      let table = replay(log, START);
      let now = START;
      steps.forEach(({ waitMs, what, pick }, i) => {
        now += waitMs;
        table = advance(table, now);
        const [role, command] = move(table, what, pick);
        const decided = decide(table, command, { role, now, by: role, cmd: `k${i}` });
        if (!decided.ok) return;
        for (const entry of decided.value) {
          log.push(entry);
          table = evolve(table, entry);
        }
      });
      return log;
    });
}

function move(table: Table, what: number, pick: number): readonly [Role, Command] {
  const side: Side = pick % 2 === 0 ? 'client' : 'server';
  const state = STATES[pick % STATES.length] ?? 'CLOSED';
  const due = dueNow(table.ends[side])[0];
  const right: Segment = due ? fill(due) : { seq: pick, ack: 0, flags: 16, wnd: 1000, dataOctets: 0 };
  const flight = table.flights[pick % Math.max(1, table.flights.length)]?.id ?? 'c1';
  switch (what) {
    case 0:
      return [side, { type: 'nothing' }];
    case 1:
      return [side, { type: 'hint' }];
    case 2:
    case 3:
      return [side, { type: 'label', state: pick % 3 ? table.ends[side].state : state }];
    case 4:
      return ['link', { type: 'touch', flight, touch: pick % 3 ? 'drop' : 'duplicate' }];
    case 5:
      return ['link', { type: 'touch', flight, touch: 'hold' }];
    case 6:
      return ['link', { type: 'touch', flight, touch: 'release' }];
    case 7:
      return ['link', table.cableUp ? { type: 'cut' } : { type: 'mend' }];
    case 8:
      return [
        'link',
        {
          type: 'predict',
          prediction: { timer: side, again: 'S.', states: { client: state, server: state } },
        },
      ];
    case 9: {
      const rate = [0, 0.25, 0.5, 1, 2, 4][pick % 6] ?? 1;
      return ['instructor', { type: 'set-clock', rate }];
    }
    case 10: {
      const holder = [SLOPPY, BOT, EMPTY, HUMANS[side]][pick % 4] ?? BOT;
      return ['instructor', { type: 'seat', seat: side, holder }];
    }
    case 11: {
      const conditions = { ...table.wires[side].conditions, delayMs: pick % 300, lossPct: pick % 40 };
      return ['link', { type: 'set-conditions', from: side, conditions }];
    }
    case 12:
    case 13:
      return [side, { type: 'send', seg: { ...right, seq: (right.seq + (pick % 5)) >>> 0 } }];
    case 14:
      return [side, { type: 'send', seg: { ...right, flags: pick % 256 } }];
    case 15: {
      const seat = (['client', 'server', 'link', 'referee'] as const)[pick % 4] ?? 'link';
      return ['instructor', pick % 3 ? { type: 'lend-seat', seat } : { type: 'return-seat', seat }];
    }
    case 16:
      return ['instructor', { type: 'storm', forMs: 1000 + (pick % 3000) }];
    case 17:
      return ['instructor', { type: 'nudge', seat: side }];
    case 18: {
      const call = (['close', 'abort', 'connect', 'stop-reading', 'start-reading'] as const)[pick % 5];
      return ['instructor', { type: 'inject', side, call: { call: call ?? 'close' } }];
    }
    case 19: {
      const ms = table.clock.ms + (pick % 60_000);
      return ['instructor', { type: 'set-limit', endsAfterMs: pick % 4 ? ms : null }];
    }
    case 20:
      return [side, { type: 'send', bluff: true, seg: { ...right, ack: (right.ack + (pick % 3)) >>> 0 } }];
    case 21:
      return [side, { type: 'call-bluff', arrival: table.play[side].arrivals.length - (pick % 3) }];
    case 22:
      return ['referee', { type: 'call-out', id: table.unjudged[0]?.id ?? 's1' }];
    default:
      return [side, { type: 'send', seg: right }];
  }
}

/** The table between every two things that happen to it, as somebody has it who holds on to it. */
export function stages([first, ...rest]: readonly Entry[]): Table[] {
  let table = open(first!);
  const all = [table];
  for (const entry of rest) {
    for (let at = nextChangeAt(table); at !== null && at < entry.at; at = nextChangeAt(table)) {
      table = advance(table, at);
      all.push(table);
    }
    table = evolve(table, entry);
    all.push(table);
  }
  return all;
}

/** A table in a form in which two can be compared, history and all. */
export function fingerprint(table: Table): string {
  return JSON.stringify({ ...table, history: toArray(table.history), accepted: acceptedIn(table.accepted) });
}
