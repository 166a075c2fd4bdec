import { arrive } from './arrive.ts';
import { call } from './call.ts';
import type { UserCall } from './call.ts';
import { fill } from './due.ts';
import type { Due } from './due.ts';
import { newEnd } from './end.ts';
import type { End, TimerName } from './end.ts';
import { expect as expectDue } from './expect.ts';
import { expire } from './expire.ts';
import { mayMove } from './figure-5.testing.ts';
import { judge } from './judge.ts';
import { print } from './notation.ts';
import type { Segment } from './segment.ts';
import { sent } from './sent.ts';
import { seqLe } from './seq.ts';

/** What is explored: two ends, what their applications will call, and how often the link may misbehave. */
export interface Model {
  /** Calls of either application, in order; when each is made is left open. */
  readonly calls: readonly [readonly UserCall[], readonly UserCall[]];
  readonly iss: readonly [number, number];
  /** Segments lost, doubled or overtaken, and time-outs that come too early, in all. */
  readonly troubles: number;
  /** Whether data may also go out one octet at a time. */
  readonly cuts?: boolean;
  readonly mss?: number;
  /** Both windows, octets. */
  readonly wnd?: number;
}

interface World {
  readonly ends: readonly [End, End];
  /** How many of its calls each application has made. */
  readonly made: readonly [number, number];
  /** On the way to each end, oldest first. */
  readonly flights: readonly [readonly Segment[], readonly Segment[]];
  readonly troubles: number;
}

interface Move {
  readonly name: string;
  readonly to: World;
}

export interface Explored {
  readonly states: number;
  readonly moves: number;
  /** Worlds in which nothing more can happen. */
  readonly ends: number;
}

/**
 * Visits every world that can be reached. Throws, with the way there, at the first one that breaks a promise.
 */
export function explore(model: Model): Explored {
  const { iss, troubles, mss = 1460, wnd = 1000 } = model;
  const first: World = {
    ends: [newEnd({ iss: iss[0], rcvWnd: wnd, mss }), newEnd({ iss: iss[1], rcvWnd: wnd, mss })],
    made: [0, 0],
    flights: [[], []],
    troubles,
  };
  // Depth first; a world on the path that comes up again is a run that never ends.
  const done = new Set<string>();
  const onPath = new Set<string>();
  const path: { key: string; moves: Move[]; next: number; name: string }[] = [];
  let moves = 0;
  let ends = 0;

  const fail = (what: string, world: World): never => {
    const way = path.map((step) => step.name).join('\n');
    throw new Error(`${what}\n${way}\n${world.ends.map((e) => JSON.stringify(e)).join('\n')}`);
  };
  const enter = (world: World, name: string): void => {
    const key = keyOf(world);
    if (onPath.has(key)) fail(`a run that never ends: ${name}`, world);
    if (done.has(key)) return;
    const next = movesFrom(model, world, (what) => fail(`${name}: ${what}`, world));
    moves += next.length;
    if (next.length === 0) {
      ends++;
      if (!isOver(model, world)) fail(`a dead end after ${name}`, world);
    }
    onPath.add(key);
    path.push({ key, moves: next, next: 0, name });
  };

  enter(first, 'start');
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const move = top.moves[top.next++];
    if (move) {
      enter(move.to, move.name);
    } else {
      path.pop();
      onPath.delete(top.key);
      done.add(top.key);
    }
  }
  return { states: done.size, moves, ends };
}

type Fail = (what: string) => never;

const SIDES = [0, 1] as const;
type Side = (typeof SIDES)[number];

function movesFrom(model: Model, world: World, fail: Fail): Move[] {
  const moves: Move[] = [];
  checkNumbers(world, fail);
  let busy = world.flights[0].length + world.flights[1].length > 0;
  for (const side of SIDES) {
    const end = world.ends[side];
    for (const due of expectDue(end)) {
      if (!due.optional) busy = true;
      for (const seg of segmentsOf(model, due)) {
        const verdict = judge(end, seg, { app: 'scripted' });
        if (verdict.verdict !== 'due') fail(`${print(seg)} is due and judged ${JSON.stringify(verdict)}`);
        if (judge(end, seg, { app: 'free' }).verdict === 'wrong') fail(`${print(seg)} is wrong when free`);
        const after = sent(end, seg);
        checkMove(end, after, fail);
        const to = withEnd(world, side, after);
        moves.push({ name: `${side} > ${print(seg)}`, to: withFlight(to, other(side), seg) });
      }
    }
    pushCall(model, world, side, moves, fail);
    pushArrivals(world, side, moves, fail);
  }
  for (const side of SIDES) pushTimeouts(model, world, side, busy, moves, fail);
  return moves;
}

/** The bot's segment, and a shorter one. */
function segmentsOf(model: Model, due: Due): Segment[] {
  const plain = fill(due);
  if (!model.cuts || plain.dataOctets <= 1 || due.data.min > 1) return [plain];
  return [plain, { ...plain, dataOctets: 1 }];
}

function pushCall(model: Model, world: World, side: Side, moves: Move[], fail: Fail): void {
  const next = model.calls[side][world.made[side]];
  if (!next) return;
  const called = call(world.ends[side], next);
  // An application whose connection was reset has nothing left to call.
  const after = called.ok ? called.value : world.ends[side];
  if (!called.ok && world.ends[side].closedFrom === null && next.call !== 'close') return;
  checkMove(world.ends[side], after, fail);
  const made: [number, number] = [world.made[0], world.made[1]];
  made[side]++;
  moves.push({ name: `${side} ${next.call}`, to: { ...withEnd(world, side, after), made } });
}

function pushArrivals(world: World, side: Side, moves: Move[], fail: Fail): void {
  const flights = world.flights[side];
  flights.forEach((seg, i) => {
    const rest = flights.filter((_, j) => j !== i);
    const end = world.ends[side];
    const after = arrive(end, seg);
    checkMove(end, after, fail);
    const arrived = withEnd(world, side, after);
    if (i === 0) moves.push({ name: `${side} < ${print(seg)}`, to: withFlights(arrived, side, rest) });
    if (world.troubles === 0) return;
    const troubles = world.troubles - 1;
    if (i > 0) {
      moves.push({
        name: `${side} < ${print(seg)} (overtakes)`,
        to: { ...withFlights(arrived, side, rest), troubles },
      });
    }
    moves.push({
      name: `${print(seg)} to ${side} is lost`,
      to: { ...withFlights(world, side, rest), troubles },
    });
    if (i === 0) moves.push({ name: `${side} < ${print(seg)} (first of two)`, to: { ...arrived, troubles } });
  });
}

/**
 * In a quiet world the next timer runs out; in a busy one that is a trouble. 2MSL outlasts everything in
 * flight.
 */
function pushTimeouts(
  model: Model,
  world: World,
  side: Side,
  busy: boolean,
  moves: Move[],
  fail: Fail,
): void {
  const end = world.ends[side];
  const run = (timer: TimerName, troubles: number): void => {
    const after = expire(end, timer);
    checkMove(end, after, fail);
    moves.push({ name: `${side} ${timer}`, to: { ...withEnd(world, side, after), troubles } });
  };
  const { rto } = end.timers;
  // Of two timers that double, the one that has doubled less often runs out first.
  const far = world.ends[other(side)].timers.rto;
  const first = rto && (!far || rto.backoff <= far.backoff);
  if (rto && rto.backoff > 8) fail('a run that never ends');
  // An application that has something to call does so before long.
  const waits = SIDES.some((s) => world.made[s] < model.calls[s].length) && (rto?.backoff ?? 0) > 1;
  if (first && !busy && !waits) run('rto', world.troubles);
  else if (rto && busy && world.troubles > 0) run('rto', world.troubles - 1);
  if (end.timers.persist && !busy) run('persist', world.troubles);
  if (end.timers['time-wait'] && !busy) run('time-wait', world.troubles);
}

function checkMove(before: End, after: End, fail: Fail): void {
  if (!mayMove(before.state, after.state)) fail(`${before.state} to ${after.state} is not in Figure 5`);
}

/** Nobody acknowledges what was not sent, nobody is ahead of what arrived. */
function checkNumbers(world: World, fail: Fail): void {
  for (const side of SIDES) {
    const { tcb, state } = world.ends[side];
    const far = world.ends[other(side)];
    if (state === 'CLOSED' || far.state === 'CLOSED' || tcb.irs !== far.tcb.iss) continue;
    if (tcb.rcv.nxt !== null && !seqLe(tcb.rcv.nxt, far.tcb.snd.nxt)) fail('received what was never sent');
    if (far.tcb.irs === tcb.iss && far.tcb.rcv.nxt !== null && !seqLe(tcb.snd.una, far.tcb.rcv.nxt)) {
      fail('takes for acknowledged what never arrived');
    }
    if (!seqLe(tcb.snd.una, tcb.snd.nxt)) fail('SND.UNA is past SND.NXT');
  }
}

/**
 * Every call made, and both ends closed or in TIME-WAIT. A listener that nobody reached, or that was reset,
 * may go on listening. After a RST that was lost the far end is left half-open, and has no way to know
 * (§3.5.1).
 */
function isOver(model: Model, world: World): boolean {
  return SIDES.every((side) => {
    const { state } = world.ends[side];
    const far = world.ends[other(side)].state;
    const resets = model.calls[other(side)].some((c) => c.call === 'abort' || c.call === 'stop-reading');
    const aborted = resets && far === 'CLOSED';
    const over = state === 'CLOSED' || state === 'TIME-WAIT' || (state === 'LISTEN' && far === 'CLOSED');
    return (over || aborted) && (world.made[side] === model.calls[side].length || state === 'LISTEN');
  });
}

function other(side: Side): Side {
  return side === 0 ? 1 : 0;
}

function withEnd(world: World, side: Side, end: End): World {
  return { ...world, ends: side === 0 ? [end, world.ends[1]] : [world.ends[0], end] };
}

function withFlights(world: World, side: Side, flights: readonly Segment[]): World {
  return { ...world, flights: side === 0 ? [flights, world.flights[1]] : [world.flights[0], flights] };
}

function withFlight(world: World, side: Side, seg: Segment): World {
  return withFlights(world, side, [...world.flights[side], seg]);
}

/**
 * What makes two worlds the same: everything that decides what can happen, and no counter that only grows.
 */
function keyOf(world: World): string {
  const ends = world.ends.map(endKey).join('|');
  const flights = world.flights.map((list) => list.map(segKey).join(',')).join('|');
  return `${ends}|${flights}|${world.made.join()}|${world.troubles}`;
}

function segKey(seg: Segment): string {
  return `${seg.flags}.${seg.seq}.${seg.ack}.${seg.dataOctets}.${seg.wnd}`;
}

function endKey(end: End): string {
  const { snd, rcv } = end.tcb;
  // One ACK answers any number of arrivals; each stray needs a RST of its own.
  const causes = new Set(end.causes.map((c) => (c.need === 'rst' ? `rst${c.id}` : `${c.need}${c.why}`)));
  const held = end.held.map((h) => `${h.seq}.${h.dataOctets}.${h.fin}`);
  const { rto, persist, 'time-wait': timeWait } = end.timers;
  const timers = [rto ? rto.backoff : '-', persist ? 1 : 0, timeWait ? 1 : 0, end.rtoBackoff];
  return [
    end.state,
    end.opened,
    snd.una,
    snd.nxt,
    snd.wnd,
    snd.wl1,
    snd.wl2,
    rcv.nxt,
    rcv.wnd,
    end.queued,
    end.closeCalled,
    end.abortCalled,
    end.finSeq,
    end.unread,
    [...causes].join(),
    held.join(),
    timers.join(),
  ].join(' ');
}
