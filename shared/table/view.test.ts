import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Side } from '../scenario/types.ts';
import { fill } from '../tcp/due.ts';
import { expect as dueNow } from '../tcp/expect.ts';
import { advance, nextChangeAt } from './advance.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import type { Entry } from './entry.ts';
import { evolve } from './evolve.ts';
import { miniOf } from './mini.ts';
import { lettersOf } from './pattern.ts';
import { SCENARIOS, games } from './random-play.testing.ts';
import { replay } from './replay.ts';
import { ANA, BEN, BOT, EMPTY, HUMANS, LIN, Lab, START, exercise, script } from './script.testing.ts';
import type { Role } from './seats.ts';
import type { EndNow } from './table-now.ts';
import type { Table } from './table.ts';
import type { TraceItem } from './trace.ts';
import { lensOf, nowFor, projectTrace, viewFor } from './view.ts';

/** All that a seat's socket would carry from now on: every view that differs from the one before. */
class Socket {
  readonly frames: string[] = [];
  private witnessed = 0;
  private now = '';

  private readonly role: Role;

  constructor(role: Role, table: Table) {
    this.role = role;
    const { at: _, ...view } = viewFor(table, role, 0);
    this.frames.push(JSON.stringify(view));
    this.look(table);
  }

  look(table: Table): void {
    const lens = lensOf(table, this.role);
    const now = JSON.stringify(nowFor(table, this.role));
    const trace = projectTrace(table, lens, this.witnessed);
    if (now === this.now && trace.items.length === 0) return;
    this.now = now;
    this.witnessed = table.witnessed[lens];
    this.frames.push(now, JSON.stringify(trace));
  }
}

/** The flags of what a frame says was sent. */
function segmentsSent(frame: string): string[] {
  const { items = [] } = JSON.parse(frame) as { items?: TraceItem[] };
  return items.flatMap((item) => (item.kind === 'sent' ? [lettersOf(item.seg.flags)] : []));
}

/** Lets time pass up to an instant, and shows every table there is on the way, as alarms would. */
function pass(table: Table, to: number, look: (table: Table) => void): Table {
  let now = table;
  for (let next = nextChangeAt(now); next !== null && next <= to; next = nextChangeAt(now)) {
    now = advance(now, next);
    look(now);
  }
  return advance(now, to);
}

describe('an end', () => {
  test('sees its own calls, segments, timers and state, and what has arrived', () => {
    const lab = script()`
        0  client  > S 100:100(0)
       50  server  > S. 300:300(0) ack 100      ! blocked M01
       60  server  > S. 300:300(0) ack 101
    `;
    const server = viewFor(lab.table, 'server', START + 60);
    expect(server.trace.items.map(({ kind }) => kind)).toEqual([
      'clock',
      'arrived',
      'state',
      'blocked',
      'sent',
    ]);
    expect(server.trace.items[1]).toEqual({
      ms: 50,
      kind: 'arrived',
      side: 'server',
      seg: { seq: 100, ack: 0, flags: 2, wnd: 64_240, dataOctets: 0 },
    });
    expect(server.now).toEqual({
      as: 'server',
      phase: 'running',
      clock: { at: START, ms: 0, rate: 1 },
      iss: 300,
      rcvWnd: 64_240,
      state: 'SYN-RECEIVED',
      tcb: { iss: 300, irs: 100, sndUna: 300, sndNxt: 301, sndWnd: 64_240, rcvNxt: 101, rcvWnd: 64_240 },
      queued: { octets: 0, text: '' },
      closed: false,
      aborted: false,
      timers: [{ timer: 'rto', endsMs: 1060, backoff: 0 }],
      askLabel: false,
      hints: 0,
      attempts: 0,
      hintsLeft: null,
    });
    expect(server.about).not.toHaveProperty('questions');
    const client = viewFor(lab.table, 'client', START + 60);
    expect(client.trace.items.map(({ kind }) => kind)).toEqual(['clock', 'called', 'sent', 'state']);
    expect(client.trace.items[2]).not.toHaveProperty('fate');
  });

  test('sees its TCB only when guided, and neither state nor verdict in an exam', () => {
    const at = (level: 'guided' | 'standard' | 'exam') =>
      script({ scenario: exercise({ level, onWrong: 'send', askState: true }) })`
          0  client  > S 101:101(0)               ! wrong
         10  client  > S 100:100(0)
         20  client  is ESTABLISHED               ! wrong
      `.table;
    const guided = nowFor(at('guided'), 'client') as EndNow;
    expect([guided.state, guided.tcb?.sndNxt]).toEqual(['SYN-SENT', 101]);
    const standard = nowFor(at('standard'), 'client') as EndNow;
    expect([standard.state, standard.tcb]).toEqual(['SYN-SENT', null]);
    const exam = viewFor(at('exam'), 'client', START);
    expect(exam.now).toMatchObject({ state: null, tcb: null, attempts: 0 });
    expect(JSON.stringify(exam)).not.toMatch(/verdict|fault|M01|SYN-SENT/);
    const after = evolve(at('exam'), { at: START + 50, type: 'table-ended' });
    expect(JSON.stringify(viewFor(after, 'client', START + 50))).toMatch(/"verdict":"wrong"/);
  });

  test('in an exam cannot tell a right answer from a wrong one', () => {
    const scenario = exercise({
      level: 'exam',
      onWrong: 'send',
      askState: true,
      hints: 2,
      ends: {
        client: { start: 'ESTABLISHED', iss: { policy: 'given', value: 100 } },
        server: { start: 'ESTABLISHED', iss: { policy: 'given', value: 300 } },
      },
      calls: [
        { side: 'client', when: { atMs: 0 }, call: 'write', text: 'hello' },
        { side: 'client', when: { atMs: 1 }, call: 'close' },
      ],
    });
    const views = [0, 1, 7].map((slip) => {
      const lab = new Lab({ scenario });
      lab.to(2);
      const send = (seq: number, flags: number, dataOctets: number): void => {
        const seg = { seq, ack: 301, flags, wnd: 64_240, dataOctets };
        expect(lab.ask('client', { type: 'send', seg }, START + 2)).toMatchObject({ ok: true });
      };
      lab.ask('client', { type: 'hint' }, START + 2);
      send(101 + slip, 0x10, 5);
      lab.ask('client', { type: 'nothing' }, START + 2);
      send(106 + slip, 0x11, 0);
      send(106 + slip, 0x11, 0);
      return JSON.stringify(viewFor(lab.table, 'client', START + 2), (key, value: unknown) =>
        key === 'seg' ? null : value,
      );
    });
    expect(new Set(views).size).toBe(1);
  });

  test('in an exam is not told by a timer that it is in TIME-WAIT', () => {
    const ends = {
      client: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 100 } },
      server: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 300 } },
    };
    const calls = (['client', 'server'] as const).map((side) => ({
      side,
      when: { atMs: side === 'client' ? 0 : 100 },
      call: 'close' as const,
    }));
    const lab = script({ scenario: exercise({ level: 'exam', ends, calls, finish: 'quiet' }) })`
        0  client  > F. 101:101(0) ack 301
      110  server  > F. 301:301(0) ack 102
      170  client  > . 102:102(0) ack 302
      230  client  = TIME-WAIT
    `;
    expect((nowFor(lab.table, 'client') as EndNow).timers).toEqual([]);
    expect(lab.table.play.client.timers['time-wait']).not.toBeNull();
    const ringing = advance(lab.table, START + 60_000);
    expect(ringing.phase).toBe('ended');
    const item = { kind: 'timer', timer: 'time-wait' };
    expect(projectTrace(ringing, 'client', 0).items).not.toContainEqual(expect.objectContaining(item));
    expect(projectTrace(ringing, 'full', 0).items).toContainEqual(expect.objectContaining(item));
  });

  test('does not see the number that is ready for it where it may choose', () => {
    const scenario = exercise({
      ends: { client: { iss: { policy: 'chosen' } }, server: { iss: { policy: 'chosen' } } },
    });
    const lab = new Lab({ scenario });
    const { iss } = lab.table.ends.client.tcb;
    expect(JSON.stringify(viewFor(lab.table, 'client', START))).not.toContain(String(iss));
    lab.play(`0 client > S 7:7(0)`);
    expect(nowFor(lab.table, 'client')).toMatchObject({ iss: 7, tcb: { iss: 7 } });
  });
});

test('nothing secret is in anything that an end is sent before it may know', () => {
  fc.assert(
    fc.property(games(25), fc.constantFrom('client' as const, 'server' as const), (log, side) => {
      const seed = 'S33D-canary';
      const [opened, ...rest] = log as [Entry & { type: 'table-opened' }, ...Entry[]];
      const scenario = {
        ...opened.scenario,
        ends: {
          client: { ...opened.scenario.ends.client, iss: { policy: 'random' as const } },
          server: { ...opened.scenario.ends.server, iss: { policy: 'random' as const } },
        },
      };
      const far: Side = side === 'client' ? 'server' : 'client';
      let table = replay([{ ...opened, seed, scenario }], opened.at);
      const secret = String(table.ends[far].tcb.iss);
      const socket = new Socket(side, table);
      const look = (now: Table): void => {
        socket.look(now);
        if (now.phase === 'ended') return;
        const text = socket.frames.join('\n');
        for (const word of [
          seed,
          'fate',
          'rolls',
          'arrivesMs',
          'conditions',
          'owesSince',
          'copies',
          'lost',
          'storm',
          'revealed',
          'called-out',
          '"time":',
          '"away"',
        ]) {
          expect(text).not.toContain(word);
        }
        // The far end's number is known from the first segment that brought it, and not a moment earlier.
        if (now.ends[side].newest === null) expect(text).not.toContain(secret);
      };
      for (const entry of rest) {
        if (table.phase === 'ended') break;
        // These games' segments were made for other numbers; what counts here is that something happens.
        const role = entry.by as Role | undefined;
        table = pass(table, entry.at, look);
        const due = dueNow(table.ends[far])[0];
        const command: Command | null =
          entry.type === 'segment-sent' && due
            ? { type: 'send', seg: fill(due) }
            : entry.type === 'clock-set'
              ? { type: 'set-clock', rate: entry.rate }
              : null;
        if (!command) continue;
        const as = command.type === 'send' ? far : (role ?? 'instructor');
        const decided = decide(table, command, { role: as === far ? far : 'instructor', now: entry.at });
        for (const made of decided.ok ? decided.value : []) table = evolve(table, made);
        look(table);
      }
    }),
    { numRuns: 40 },
  );
});

test('whatever the instructor, the far end and the referee do, a seat is shown only what is its own', () => {
  fc.assert(
    fc.property(games(30), (log) => {
      const table = replay(log, log.at(-1)?.at ?? 0);
      fc.pre(table.phase !== 'ended');
      for (const side of ['client', 'server'] as const) {
        const { trace, now } = viewFor(table, side, START);
        for (const item of trace.items) {
          if ('side' in item) expect(item.side).toBe(side);
          expect(item.kind).not.toMatch(/storm|revealed|called-out|conditions|touch|cable|lost|prediction/);
        }
        expect(JSON.stringify(now)).not.toMatch(/storm|away|"time"|callable|unjudged/);
      }
      const { items } = projectTrace(table, 'referee', 0);
      for (const item of items) {
        expect(item.kind).toMatch(/^(sent|arrived|backlog|called-out|revealed|clock)$/);
        if (item.kind === 'sent') expect(Object.keys(item)).not.toContain('verdict');
      }
      // What is revealed is over: it can be called no more.
      const callable = table.unjudged.map(({ id }) => id);
      for (const item of items) if (item.kind === 'revealed') expect(callable).not.toContain(item.id);
      const wire = projectTrace(table, 'link', 0).items;
      for (const item of wire) {
        expect(item.kind).not.toBe('backlog');
        expect(Object.keys(item)).not.toContain('bluff');
      }
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['client', 'S'],
  ['server', 'S.'],
  ['client', '.'],
  ['client', 'F.'],
] as const)('what became of the %s’s %s does not show at its end before it could know', (from, match) => {
  const FAULTS = [null, 'drop', 'corrupt', 'hold', 'delay', 'duplicate'] as const;
  // The same game of two bots but for the fate of one segment.
  const runs = FAULTS.map((fault) => {
    const faults =
      fault === null ? [] : [{ from, match, nth: 1, fault, ...(fault === 'delay' && { ms: 5000 }) }];
    const scenario = { ...SCENARIOS[0]!, faults };
    const lab = new Lab({ scenario, seats: { client: BOT, server: BOT, link: EMPTY, referee: EMPTY } });
    const socket = new Socket(from, lab.table);
    pass(lab.table, START + 10_000, (now) => socket.look(now));
    return socket.frames;
  });
  const [plain, ...others] = runs as [string[], ...string[][]];
  const targetAt = plain.findIndex((frame) => segmentsSent(frame).includes(match));
  expect(targetAt).toBeGreaterThan(0);
  for (const frames of others) {
    const parted = plain.findIndex((frame, i) => frames[i] !== frame);
    if (parted === -1) continue; // the fate made no difference here
    expect(parted).toBeGreaterThan(targetAt);
    // Where they part, one of the two has just heard from the far end, or waited in vain.
    const news = [plain, frames].map((run) => run.slice(parted - 1, parted + 2).join('\n'));
    expect(news.join('\n')).toMatch(/"kind":"(arrived|timer)"/);
  }
  expect(others.some((frames) => frames.join() !== plain.join())).toBe(true);
});

test('with the same seed and another fate of a flight, the sender’s stream is the same until it could know', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('drop' as const, 'hold' as const, 'duplicate' as const, null),
      fc.nat(49),
      (touch, afterMs) => {
        const run = (act: boolean): Socket => {
          const lab = new Lab({ scenario: SCENARIOS[0]! });
          const socket = new Socket('client', lab.table);
          const step = (at: number): void => {
            lab.table = pass(lab.table, at, (now) => socket.look(now));
            socket.look(lab.table);
          };
          const seg = { seq: 100, ack: 0, flags: 2, wnd: 64_240, dataOctets: 0 };
          lab.ask('client', { type: 'send', seg }, START);
          step(START + afterMs);
          if (act && touch) lab.ask('link', { type: 'touch', flight: 'c1', touch }, START + afterMs);
          if (act && !touch) lab.ask('link', { type: 'cut' }, START + afterMs);
          step(START + afterMs);
          step(START + 999);
          return socket;
        };
        // Nobody answers at the far end: until its timer rings, at 1000, the client cannot know.
        expect(run(true).frames).toEqual(run(false).frames);
      },
    ),
    { numRuns: 20 },
  );
});

describe('the link', () => {
  test('sees flights and dice in both directions, and never an end', () => {
    const lab = script()`
        0  client  > S 100:100(0)
       10  link    duplicate c1
       50  server  > S. 300:300(0) ack 100      ! blocked M01
       60  server  > S. 300:300(0) ack 101
    `;
    const view = viewFor(lab.table, 'link', START + 60);
    expect(view.now).toMatchObject({
      as: 'link',
      flights: [
        { id: 'c1.2', from: 'client', arrivesMs: 550, held: false },
        { id: 's1', from: 'server', arrivesMs: 110, held: false },
      ],
      cableUp: true,
      askPrediction: false,
    });
    const kinds = new Set(view.trace.items.map(({ kind }) => kind));
    expect([...kinds]).toEqual(['clock', 'sent', 'touch', 'arrived']);
    expect(JSON.stringify(view)).not.toMatch(/verdict|M01|SYN-RECEIVED|"tcb"/);
  });

  test('knows what is left of its budget', () => {
    const scenario = exercise({ budget: { drop: 2, duplicate: 0, hold: null, cut: 1, conditions: false } });
    const lab = script({ scenario })`
        0  client  > S 100:100(0)
       10  link    drop c1
    `;
    expect(nowFor(lab.table, 'link')).toMatchObject({
      budget: { drop: 1, duplicate: 0, hold: null, cut: 1, conditions: false },
      askPrediction: true,
    });
  });
});

test('the referee sees what goes out and what comes in, and no judgement', () => {
  const lab = script({ scenario: exercise({ onWrong: 'send' }) })`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 100      ! wrong
  `;
  const view = viewFor(lab.table, 'referee', START + 60);
  expect(view.trace.items.map(({ kind }) => kind)).toEqual(['clock', 'sent', 'arrived', 'sent']);
  expect(JSON.stringify(view)).not.toMatch(/verdict|fate|M01/);
  expect(view.now.as).toBe('referee');
});

test('when the table has ended every seat sees everything, the questions as well', () => {
  const lab = script()`
      0  client  > S 100:100(0)
     10  link    drop c1
  `;
  const ended = evolve(lab.table, { at: START + 20, type: 'table-ended' });
  const [client, ...others] = (
    ['client', 'server', 'link', 'referee', 'observer', 'instructor'] as const
  ).map((role) => viewFor(ended, role, START + 20));
  for (const view of others) expect(view).toEqual(client);
  expect(client?.about.questions).toEqual([]);
  expect(client?.trace).toMatchObject({ lens: 'full', from: 0 });
  expect(client?.trace.items.at(-1)).toEqual({ ms: 20, kind: 'ended', why: 'stopped' });
});

test('a seat is told that hints are free where they are, and nothing else of how marks are given', () => {
  const about = (hintCost: number) => {
    const { table } = new Lab({ scenario: exercise({ rubric: { hintCost } }) });
    return viewFor(table, 'client', START).about;
  };
  expect(about(0)).toEqual({ ...about(0.25), hintsFree: true });
  expect(about(0.25)).not.toHaveProperty('hintsFree');
});

test('which choice is right is the instructor’s to know, and everybody else’s once it may be told', () => {
  const text = { en: 'Why?', 'zh-CN': '为什么？' };
  const question = {
    id: 'why',
    text,
    choices: [
      { id: 'a', text, right: true, because: text },
      { id: 'b', text, right: false, because: text, misconception: 'M11' },
    ],
  } as const;
  const { table } = new Lab({ scenario: exercise({ questions: [question] }) });
  expect(viewFor(table, 'instructor', START).about.questions).toMatchObject([
    { choices: [{ right: true }, {}] },
  ]);
  const ended = evolve(table, { at: START + 1, type: 'table-ended' });
  for (const role of ['client', 'server', 'link', 'referee', 'observer'] as const) {
    expect(viewFor(table, role, START).about).not.toHaveProperty('questions');
    expect(viewFor(ended, role, START + 1).about.questions).toEqual([
      { id: 'why', text, choices: [{ id: 'a', text }, { id: 'b', text }] }, // prettier-ignore
    ]);
    const told = viewFor(ended, role, START + 1, ({ id }) => id === 'why').about.questions;
    expect(told?.[0]?.choices[1]).toEqual({ id: 'b', text, right: false, because: text });
  }
});

test('the miniature has the newest strokes, where they came to and who owes what', () => {
  const lab = script()`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 100      ! blocked
     60  server  > S. 300:300(0) ack 101
     70  link    drop s1
   1000  client  > S 100:100(0)
   1050  server  < S 100:100(0)
  `;
  expect(miniOf(lab.table)).toEqual({
    tableId: 't1',
    phase: 'running',
    states: { client: 'SYN-SENT', server: 'SYN-RECEIVED' },
    owesSinceMs: { client: null, server: 1050 },
    clock: { at: START, ms: 0, rate: 1 },
    wrong: { client: 0, server: 1 },
    right: { client: 2, server: 1 },
    attempts: { client: 0, server: 0 },
    away: [],
    waits: [{ who: 'client', for: 'server', sinceMs: 1050 }],
    endedBy: null,
    strokes: [
      { from: 'client', flags: 2, sentMs: 0, arrivesMs: 50 },
      { from: 'server', flags: 18, sentMs: 60, arrivesMs: null },
      { from: 'client', flags: 2, sentMs: 1000, arrivesMs: 1050 },
    ],
  });
});

test('a seat that changes hands shows its new holder what the seat has seen', () => {
  const lab = script({ seats: { ...HUMANS, client: ANA, server: BEN, link: LIN } })`
      0  client  > S 100:100(0)
  `;
  const before = viewFor(lab.table, 'client', START);
  lab.ask('instructor', { type: 'seat', seat: 'client', holder: { kind: 'player', id: 'eva' } }, START + 5);
  expect(viewFor(lab.table, 'client', START)).toEqual(before);
});
