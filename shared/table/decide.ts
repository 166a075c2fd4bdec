import { checkConditions } from '../link/check-conditions.ts';
import type { Fate } from '../link/fate.ts';
import type { Refusal } from '../refusals.ts';
import { ok, refuse, unreachable } from '../result.ts';
import type { Result } from '../result.ts';
import type { Side } from '../scenario/types.ts';
import { fill } from '../tcp/due.ts';
import { expect } from '../tcp/expect.ts';
import { hint } from '../tcp/hint.ts';
import type { Hint } from '../tcp/hint.ts';
import { judge, judgeLabel, judgeNothing } from '../tcp/judge.ts';
import type { Segment } from '../tcp/segment.ts';
import { isSeq } from '../tcp/seq.ts';
import { STATES } from '../tcp/state.ts';
import type { State } from '../tcp/state.ts';
import type { Verdict } from '../tcp/verdict.ts';
import { isAccepted } from './accepted.ts';
import { advance } from './advance.ts';
import { authorize } from './authorize.ts';
import { RATES, virtualAt } from './clock.ts';
import { CALLABLE } from './callable.ts';
import type { Command, Touch } from './command.ts';
import type { Entry } from './entry.ts';
import { evolve } from './evolve.ts';
import { fateOf } from './fate-of.ts';
import { foresee, judgePrediction } from './foresee.ts';
import { judgeCall, sentWith } from './judge-call.ts';
import type { Role, SeatName } from './seats.ts';
import type { Stamp } from './stamp.ts';
import { endToSend } from './launch.ts';
import { STORM, checkStormMs } from './storm.ts';
import { withText } from './stream-text.ts';
import type { Table } from './table.ts';
import { other } from '../scenario/sides.ts';

/**
 * Who asks, when (epoch ms), and under which id. `by`: a player's or instructor's id, absent for the lab
 * itself.
 */
export interface Asking {
  readonly role: Role;
  readonly now: number;
  readonly by?: string;
  readonly cmd?: string;
}

type Decision = Result<readonly Entry[], Refusal>;

/**
 * What a command would add to the log. No entries: the command was accepted before (its id is known), so it
 * is acknowledged again and nothing is to be appended. Whether the role may ask it at all (`authorize`) is
 * checked here, too.
 */
export function decide(table: Table, command: Command, asking: Asking): Decision {
  const { role, now, by, cmd } = asking;
  const refusal = authorize(role, command);
  if (refusal) return refuse(refusal);
  if (cmd !== undefined && isAccepted(table.accepted, by, cmd)) return ok([]);

  const then = advance(table, now);
  if (then.phase === 'ended') return refuse({ code: 'table/ended' });
  if (role !== 'instructor') {
    if (then.phase === 'prepared') return refuse({ code: 'table/not-started' });
    if (then.phase === 'paused') return refuse({ code: 'table/paused' });
  }
  const stamp = stampOf(now, by, cmd);
  const free = role === 'instructor';
  // A command of an end comes from that end: authorize has seen to it.
  const side: Side = role === 'server' ? 'server' : 'client';

  const decided = decideAs(then, command, side, free, stamp);
  // Whoever acts is back.
  if (!decided.ok || !isLent(then, role) || decided.value.length === 0) return decided;
  const { at } = stamp;
  return ok([{ at, ...(by !== undefined && { by }), type: 'seat-returned', seat: role }, ...decided.value]);
}

function stampOf(at: number, by: string | undefined, cmd: string | undefined): Stamp {
  if (by === undefined) return cmd === undefined ? { at } : { at, cmd };
  return cmd === undefined ? { at, by } : { at, by, cmd };
}

function decideAs(then: Table, command: Command, side: Side, free: boolean, stamp: Stamp): Decision {
  switch (command.type) {
    case 'send':
      return send(then, side, command.seg, command.bluff === true, stamp);
    case 'nothing':
      return sayNothing(then, side, stamp);
    case 'label':
      return label(then, side, command.state, stamp);
    case 'hint':
      return takeHint(then, side, stamp);
    case 'set-conditions': {
      if (!free && !then.scenario.budget.conditions) return refuse({ code: 'link/not-allowed' });
      const conditions = checkConditions(command.conditions);
      if (!conditions.ok) return conditions;
      const { from } = command;
      return ok([{ ...stamp, type: 'conditions-set', from, conditions: conditions.value, ...freely(free) }]);
    }
    case 'touch':
      return touch(then, command.flight, command.touch, free, stamp);
    case 'cut': {
      if (!then.cableUp) return refuse({ code: 'cable/already' });
      const spent = free ? null : overBudget(then, 'cut');
      return spent ? refuse(spent) : ok([{ ...stamp, type: 'cable-cut', ...freely(free) }]);
    }
    case 'mend':
      if (then.cableUp) return refuse({ code: 'cable/already' });
      return ok([{ ...stamp, type: 'cable-mended' }]);
    case 'predict': {
      if (then.predict === null) return refuse({ code: 'prediction/not-asked' });
      const foreseen = foresee(then);
      const verdict = judgePrediction(command.prediction, foreseen);
      const { timer, again, states } = command.prediction;
      const { client, server } = states;
      const prediction = { timer, again, states: { client, server } };
      return ok([{ ...stamp, type: 'prediction-made', prediction, right: foreseen.prediction, verdict }]);
    }
    case 'call-bluff':
      return callBluff(then, side, command.arrival, stamp);
    case 'call-out': {
      const { id } = command;
      const sent = then.unjudged.some((one) => one.id === id) ? sentWith(then, id) : null;
      if (!sent) return refuse({ code: 'call/too-late' });
      return ok([{ ...stamp, type: 'called-out', id, verdict: judgeCall(then, sent) }]);
    }
    case 'nudge':
      return nudge(then, command.seat, stamp);
    case 'storm': {
      const { forMs } = command;
      const refusal = checkStormMs(forMs);
      if (refusal) return refuse(refusal);
      const conditions = checkConditions(command.conditions ?? STORM);
      if (!conditions.ok) return conditions;
      return ok([{ ...stamp, type: 'storm-called', forMs, conditions: conditions.value }]);
    }
    case 'inject':
      return ok([{ ...stamp, type: 'call-injected', side: command.side, call: command.call }]);
    case 'set-limit': {
      const { endsAfterMs } = command;
      if (endsAfterMs !== null && !(endsAfterMs >= 0)) return refuse({ code: 'round/invalid-limit' });
      return ok([{ ...stamp, type: 'limit-set', endsAfterMs }]);
    }
    case 'lend-seat': {
      const holder = then.seats[command.seat];
      if (holder.kind !== 'player' || holder.away) return ok([]);
      const lent: Entry = { ...stamp, type: 'seat-lent', seat: command.seat };
      return ok([lent, ...(command.seat === 'link' ? letGo(then, stamp) : [])]);
    }
    case 'return-seat': {
      const holder = then.seats[command.seat];
      if (holder.kind !== 'player' || !holder.away) return ok([]);
      return ok([{ ...stamp, type: 'seat-returned', seat: command.seat }]);
    }
    case 'set-clock':
      if (!RATES.includes(command.rate)) return refuse({ code: 'clock/invalid-rate' });
      return ok([{ ...stamp, type: 'clock-set', rate: command.rate }]);
    case 'seat': {
      const { seat, holder } = command;
      const taken: Entry = { ...stamp, type: 'seat-taken', seat, holder };
      return ok([taken, ...(seat === 'link' && holder.kind !== 'player' ? letGo(then, stamp) : [])]);
    }
    case 'end':
      return ok([{ ...stamp, type: 'table-ended' }]);
    default:
      return unreachable(command);
  }
}

/**
 * Nobody is there any more to let go of what the link holds, or to mend its cable: the exchange does not wait
 * for that.
 */
function letGo({ cableUp, flights }: Table, stamp: Stamp): Entry[] {
  const inHand = flights.filter(({ held }) => held && held.untilMs === null && !held.behind);
  return [
    ...(cableUp ? [] : [{ ...stamp, type: 'cable-mended' } as const]),
    ...inHand.map(({ id }): Entry => {
      return { ...stamp, type: 'flight-touched', flight: id, touch: 'release', free: true };
    }),
  ];
}

function isLent({ seats }: Table, role: Role): role is SeatName {
  if (role === 'instructor' || role === 'observer') return false;
  const holder = seats[role];
  return holder.kind === 'player' && holder.away === true;
}

function send(table: Table, side: Side, given: Segment, bluff: boolean, stamp: Stamp): Decision {
  const field = faultyField(given);
  if (field !== null) return refuse({ code: 'segment/invalid', with: { field } });
  const { bluff: bluffs } = table.scenario;
  if (bluff && !bluffs) return refuse({ code: 'bluff/not-allowed' });
  if (bluff && bluffs && table.play[side].bluffs >= bluffs.perEnd) return refuse({ code: 'bluff/spent' });
  const ms = virtualAt(table.clock, stamp.at);
  const end = endToSend(table, side, given);
  const seg = withText(given, end.tcb.iss, table.play[side].written);
  const verdict = judge(end, seg, { app: 'scripted', peer: peerOf(table, side) });
  if (bluff) {
    const fate = fateOf(table, side, seg, ms);
    return ok([{ ...stamp, type: 'segment-sent', side, seg, verdict, fate, bluff }]);
  }
  const entry: Entry =
    verdict.verdict === 'wrong' && table.scenario.onWrong === 'block'
      ? { ...stamp, type: 'segment-blocked', side, seg, verdict }
      : sentEntry(stamp, side, seg, verdict, fateOf(table, side, seg, ms));
  return ok(withGiven(table, side, entry, verdict, stamp));
}

/**
 * Nearly every entry of a log is one of these. Written out: to spread the stamp took longer than to judge the
 * segment.
 */
function sentEntry(stamp: Stamp, side: Side, seg: Segment, verdict: Verdict, fate: Fate): Entry {
  const { at, by, cmd } = stamp;
  return by !== undefined && cmd !== undefined
    ? { at, by, cmd, type: 'segment-sent', side, seg, verdict, fate }
    : { ...stamp, type: 'segment-sent', side, seg, verdict, fate };
}

function sayNothing(table: Table, side: Side, stamp: Stamp): Decision {
  const verdict = judgeNothing(table.ends[side]);
  return ok(withGiven(table, side, { ...stamp, type: 'nothing-said', side, verdict }, verdict, stamp));
}

/** With the last attempt used up the lab gives the answer itself, so that the exchange goes on. */
function withGiven(table: Table, side: Side, entry: Entry, verdict: Verdict, stamp: Stamp): readonly Entry[] {
  const { attempts } = table.scenario;
  if (verdict.verdict !== 'wrong' || attempts === null) return [entry];
  // Without its id, for which a second future would need a list of its own.
  const { cmd: _, ...nameless } = entry;
  const after = evolve(table, nameless);
  const due = expect(after.ends[side])[0];
  if (after.phase === 'ended' || !due || after.play[side].attempts < attempts) return [entry];
  const end = after.ends[side];
  const seg = withText(fill(due), end.tcb.iss, after.play[side].written);
  const given: Entry = {
    at: stamp.at,
    ...(stamp.cmd !== undefined && { cmd: stamp.cmd }),
    type: 'segment-sent',
    side,
    seg,
    verdict: judge(end, seg, { app: 'scripted', peer: peerOf(after, side) }),
    fate: fateOf(after, side, seg, virtualAt(after.clock, stamp.at)),
    given: true,
  };
  return [entry, given];
}

function label(table: Table, side: Side, state: State, stamp: Stamp): Decision {
  const { asked } = table.play[side];
  if (asked === null) return refuse({ code: 'label/not-asked' });
  if (!STATES.includes(state)) return refuse({ code: 'message/invalid', with: { field: 'state' } });
  const then = judgeLabel(asked.end, state);
  const now = judgeLabel(table.ends[side], state);
  // Something may have arrived since the answer: what the end is by now is right as well.
  const verdict = then.verdict === 'wrong' && now.verdict !== 'wrong' ? now : then;
  return ok([{ ...stamp, type: 'state-labelled', side, label: state, verdict }]);
}

function takeHint(table: Table, side: Side, stamp: Stamp): Decision {
  const { hinted } = table.play[side];
  const { hints } = table.scenario;
  if (hints !== null && hinted.length >= hints) return refuse({ code: 'hint/none-left' });
  const next = nextHint(table, side);
  if (!next.ok) return next;
  const { field, value } = next.value;
  return ok([{ ...stamp, type: 'hint-taken', side, field, value }]);
}

function nudge(table: Table, side: Side, stamp: Stamp): Decision {
  const next = nextHint(table, side);
  if (!next.ok) return next;
  const { field, value } = next.value;
  return ok([{ ...stamp, type: 'nudged', side, field, value }]);
}

/** Nothing is given away twice, whoever gave it. */
function nextHint(table: Table, side: Side): Result<Hint, Refusal> {
  const { hinted, nudged } = table.play[side];
  const due = expect(table.ends[side])[0];
  if (!due) return refuse({ code: 'hint/nothing-due' });
  const next = hint(due, [...hinted, ...nudged]);
  return next ? ok(next) : refuse({ code: 'hint/none-left' });
}

function callBluff(table: Table, side: Side, arrival: number, stamp: Stamp): Decision {
  if (!table.scenario.bluff) return refuse({ code: 'bluff/not-allowed' });
  const { arrivals, bluffsCalled } = table.play[side];
  const id = arrivals[arrival - 1];
  const sent = id === undefined ? null : sentWith(table, id);
  if (!sent || arrival <= arrivals.length - CALLABLE) return refuse({ code: 'call/too-late' });
  if (bluffsCalled.includes(arrival)) return refuse({ code: 'call/already' });
  return ok([{ ...stamp, type: 'bluff-called', side, arrival, verdict: judgeCall(table, sent) }]);
}

function touch(table: Table, id: string, act: Touch, free: boolean, stamp: Stamp): Decision {
  const flight = table.flights.find((one) => one.id === id);
  if (!flight) return refuse({ code: 'flight/gone' });
  if (act === 'release' && flight.held === null) return refuse({ code: 'flight/not-held' });
  // It is in the hand already: nothing to be done, and nothing to pay.
  if (act === 'hold' && flight.held !== null) return ok([]);
  const spent = free || act === 'release' ? null : overBudget(table, act);
  if (spent) return refuse(spent);
  return ok([{ ...stamp, type: 'flight-touched', flight: id, touch: act, ...freely(free) }]);
}

function overBudget({ scenario, spent }: Table, act: keyof Table['spent']): Refusal | null {
  const budget = scenario.budget[act];
  return budget !== null && spent[act] >= budget ? { code: 'budget/spent', with: { act } } : null;
}

function freely(free: boolean): { free?: true } {
  return free ? { free: true } : {};
}

/**
 * What the table knows of the far end and this end cannot: it tells what is on its way from what was never
 * sent.
 */
function peerOf(table: Table, side: Side): { readonly sndNxt: number } {
  return { sndNxt: table.ends[other(side)].tcb.snd.nxt };
}

/** The first field that no segment could have; null if all are possible. */
function faultyField({ seq, ack, flags, wnd, dataOctets }: Segment): string | null {
  if (!isSeq(seq)) return 'seq';
  if (!isSeq(ack)) return 'ack';
  if (!isWithin(flags, 0xff)) return 'flags';
  if (!isWithin(wnd, 0xffff)) return 'wnd';
  return isWithin(dataOctets, 0xffff) ? null : 'data';
}

function isWithin(value: unknown, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
}
