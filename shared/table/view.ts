import { questionView } from '../scenario/question-view.ts';
import type { Question, Scenario, Side } from '../scenario/types.ts';
import { UNKNOWN_WND } from '../tcp/end.ts';
import type { End } from '../tcp/end.ts';
import type { About } from './about.ts';
import { newestFirst } from './chain.ts';
import { issOf } from './iss-of.ts';
import type { Holder, Role } from './seats.ts';
import { startEnds } from './start-ends.ts';
import { TIMER_NAMES } from './timers.ts';
import { slice } from './stream-text.ts';
import type { EndNow, FlightView, FullNow, LinkNow, TableNow, TcbView, TimerView } from './table-now.ts';
import type { TableSnapshot } from './table-view.ts';
import type { Play, Table } from './table.ts';
import type { Lens, TraceItem, TracePiece } from './trace.ts';
import { witness } from './witness.ts';

/*
 * The only place where a table becomes something to be sent. Every object is written out field by field and
 * nothing is spread: what a table gains later stays inside until somebody lets it out here.
 */

/**
 * Which list of witnessed things a role reads now: a seat its own, until the table ends and the debrief shows
 * everybody everything.
 */
export function lensOf(table: Table, role: Role): Lens {
  return table.phase === 'ended' || role === 'instructor' || role === 'observer' ? 'full' : role;
}

/**
 * Whether the answer to a question of the debrief may be read by a seat or an onlooker. The instructor may
 * read them all.
 */
export type AnswersShown = (question: Question) => boolean;

const NO_ANSWERS: AnswersShown = () => false;

/** A view that is right by itself. `at`: the epoch instant that the table was brought to. */
export function viewFor(table: Table, role: Role, at: number, answers = NO_ANSWERS): TableSnapshot {
  return {
    tableId: table.id,
    at,
    about: aboutFor(table, role, role === 'instructor' ? () => true : answers),
    now: nowFor(table, role),
    trace: projectTrace(table, lensOf(table, role), 0),
  };
}

/** What a lens has witnessed from item number `from` (0: all of it). Costs what is new, not what there is. */
export function projectTrace(table: Table, lens: Lens, from: number): TracePiece {
  const exam = table.scenario.level === 'exam';
  const first = Math.min(Math.max(0, from), table.witnessed[lens]);
  let missing = table.witnessed[lens] - first;
  const items: TraceItem[] = [];
  if (missing > 0) {
    for (const it of newestFirst(table.history)) {
      const item = witness(it, lens, exam);
      if (item === null) continue;
      items.push(item);
      missing -= 1;
      if (missing === 0) break;
    }
  }
  return { lens, from: first, items: items.reverse() };
}

/** What a role sees at this moment: small and always whole. */
export function nowFor(table: Table, role: Role): TableNow {
  const lens = lensOf(table, role);
  const { phase, clock } = table;
  switch (lens) {
    case 'full':
      return fullNow(table);
    case 'link':
      return linkNow(table);
    case 'referee':
      return {
        as: 'referee',
        phase,
        clock: { at: clock.at, ms: clock.ms, rate: clock.rate },
        callable: table.unjudged.map(({ id }) => id),
        ...limitOf(table),
      };
    case 'client':
    case 'server':
      return endNow(table, lens);
  }
}

function aboutFor(table: Table, role: Role, answers: AnswersShown): About {
  const { scenario, phase } = table;
  const start = startFor(table, role);
  const { id, title, summary, level, onWrong, askState, pace, questions, bluff, rubric } = scenario;
  const { rtoMs, maxRtoMs, mslMs, thinkMs } = pace;
  return {
    scenarioId: id,
    title,
    summary,
    level,
    onWrong,
    askState,
    pace: { rtoMs, maxRtoMs, mslMs, thinkMs },
    ...(bluff && { bluffsPerEnd: bluff.perEnd }),
    ...(rubric.hintCost === 0 && { hintsFree: true as const }),
    ...(start && { start }),
    ...((phase === 'ended' || role === 'instructor') && {
      questions: questions.map((question) => questionView(question, answers(question))),
    }),
  };
}

/**
 * What the kernel at an end has in its TCB as the round begins: without it nobody could say anything right.
 */
function startFor({ scenario, seed, id, phase }: Table, role: Role): TcbView | null {
  if ((role !== 'client' && role !== 'server') || phase === 'ended' || scenario.level === 'guided')
    return null;
  const { start } = scenario.ends[role];
  if (start === 'CLOSED' || start === 'LISTEN') return null;
  const { end } = startEnds(scenario, (side, nth) => issOf(scenario, seed, id, side, nth))[role];
  return tcbView(scenario, role, end);
}

function endNow(table: Table, side: Side): EndNow {
  if (table.scenario.level === 'exam') return examNow(table, side);
  const { scenario, phase, clock } = table;
  const end = table.ends[side];
  const play = table.play[side];
  const { level, hints } = scenario;
  return {
    as: side,
    phase,
    clock: { at: clock.at, ms: clock.ms, rate: clock.rate },
    iss: mayChoose(scenario, side, end) ? null : end.tcb.iss,
    rcvWnd: end.tcb.rcv.wnd,
    state: end.state,
    tcb: level === 'guided' ? tcbView(scenario, side, end) : null,
    queued: {
      octets: end.queued,
      text: slice(play.written, play.written.octets - end.queued, end.queued),
    },
    closed: end.closeCalled,
    aborted: end.abortCalled,
    timers: timerViews(play),
    askLabel: play.asked !== null,
    hints: play.hinted.length,
    attempts: play.attempts,
    hintsLeft: hints === null ? null : Math.max(0, hints - play.hinted.length),
    ...bluffing(table, side),
    ...crowded(table, side),
    ...limitOf(table),
  };
}

/** What an end knows of its own accord: how often it has bluffed, and how much has reached it. */
function bluffing({ scenario, play }: Table, side: Side): Pick<EndNow, 'bluffsLeft' | 'arrivals'> {
  const { bluff } = scenario;
  if (!bluff) return {};
  const { bluffs, arrivals } = play[side];
  return { bluffsLeft: Math.max(0, bluff.perEnd - bluffs), arrivals: arrivals.length };
}

function crowded({ scenario, ends }: Table, side: Side): Pick<EndNow, 'backlog'> {
  const { backlog } = scenario.ends[side];
  const now = ends[side].backlog;
  if (!backlog || !now) return {};
  const { slots } = backlog;
  return { backlog: { slots, halfOpen: slots - now.free, cookies: now.cookies } };
}

function limitOf({ endsAfterMs }: Table): { limitMs?: number } {
  return endsAfterMs === null ? {} : { limitMs: endsAfterMs };
}

/**
 * In an exam nothing may tell a right answer from a wrong one: not a timer that was started, not octets that
 * count as sent, not attempts that go back to none. What the application has asked for stays; what has become
 * of it is the student's to know.
 */
function examNow(table: Table, side: Side): EndNow {
  const { scenario, phase, clock, ends, play } = table;
  const { tcb } = ends[side];
  const { written, closeCalled, abortCalled, asked } = play[side];
  return {
    as: side,
    phase,
    clock: { at: clock.at, ms: clock.ms, rate: clock.rate },
    iss: scenario.ends[side].iss.policy === 'chosen' ? null : tcb.iss,
    rcvWnd: tcb.rcv.wnd,
    state: null,
    tcb: null,
    queued: { octets: written.octets, text: written.text },
    closed: closeCalled,
    aborted: abortCalled,
    timers: [],
    askLabel: asked !== null,
    hints: 0,
    attempts: 0,
    hintsLeft: scenario.hints,
    ...bluffing(table, side),
    ...crowded(table, side),
    ...limitOf(table),
  };
}

function linkNow(table: Table): LinkNow {
  const { phase, clock, wires, cableUp, scenario, spent, predict } = table;
  const { budget } = scenario;
  const left = (act: 'drop' | 'duplicate' | 'hold' | 'cut'): number | null => {
    const most = budget[act];
    return most === null ? null : Math.max(0, most - spent[act]);
  };
  return {
    as: 'link',
    phase,
    clock: { at: clock.at, ms: clock.ms, rate: clock.rate },
    conditions: { client: wires.client.conditions, server: wires.server.conditions },
    flights: flightViews(table),
    cableUp,
    budget: {
      drop: left('drop'),
      duplicate: left('duplicate'),
      hold: left('hold'),
      cut: left('cut'),
      conditions: budget.conditions,
    },
    askPrediction: predict !== null,
    ...weather(table),
    ...limitOf(table),
  };
}

function fullNow(table: Table): FullNow {
  const { phase, clock, seats, wires, cableUp, scenario } = table;
  const endOf = (side: Side): FullNow['ends'][Side] => {
    const end = table.ends[side];
    const { owesSinceMs, wrong } = table.play[side];
    return {
      state: end.state,
      tcb: tcbView(scenario, side, end),
      timers: timerViews(table.play[side]),
      owesSinceMs,
      wrong,
    };
  };
  return {
    as: 'full',
    phase,
    clock: { at: clock.at, ms: clock.ms, rate: clock.rate },
    seats: {
      client: holderView(seats.client),
      server: holderView(seats.server),
      link: holderView(seats.link),
      referee: holderView(seats.referee),
    },
    ends: { client: endOf('client'), server: endOf('server') },
    conditions: { client: wires.client.conditions, server: wires.server.conditions },
    flights: flightViews(table),
    cableUp,
    ...weather(table),
    ...limitOf(table),
  };
}

function weather({ storm }: Table): { stormUntilMs?: number } {
  return storm === null ? {} : { stormUntilMs: storm.untilMs };
}

/** Who it is, and whether they are away; how much time they have is nobody's business. */
function holderView(holder: Holder): Holder {
  if (holder.kind !== 'player') return holder;
  return { kind: holder.kind, id: holder.id, ...(holder.away && { away: holder.away }) };
}

/** Whether the end's number is still to be chosen: the table has one ready, which is nobody's business. */
function mayChoose(scenario: Scenario, side: Side, end: End): boolean {
  return scenario.ends[side].iss.policy === 'chosen' && end.tcb.snd.nxt === end.tcb.iss;
}

function tcbView(scenario: Scenario, side: Side, end: End): TcbView {
  const { state } = end;
  const { iss, irs, snd, rcv } = end.tcb;
  // In CLOSED there is no TCB, in LISTEN one with nothing in it (RFC 9293 §3.10.1).
  const empty = state === 'CLOSED' || state === 'LISTEN';
  const open = mayChoose(scenario, side, end);
  return {
    iss: empty || open ? null : iss,
    irs: empty ? null : irs,
    sndUna: empty || open ? null : snd.una,
    sndNxt: empty || open ? null : snd.nxt,
    sndWnd: empty || snd.wnd === UNKNOWN_WND ? null : snd.wnd,
    rcvNxt: empty ? null : rcv.nxt,
    rcvWnd: rcv.wnd,
  };
}

function timerViews({ timers }: Play): TimerView[] {
  return TIMER_NAMES.flatMap((timer) => {
    const running = timers[timer];
    // One that stands still has no instant at which it ends.
    if (!running || running.stoppedMs !== undefined) return [];
    return [{ timer, endsMs: running.endsMs, backoff: running.backoff }];
  });
}

function flightViews(table: Table): FlightView[] {
  return table.flights.map(({ id, from, seg, sentMs, arrivesMs, corrupted, held }) => ({
    id,
    from,
    seg,
    sentMs,
    arrivesMs,
    corrupted,
    held: held !== null,
  }));
}
