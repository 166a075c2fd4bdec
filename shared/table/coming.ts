import type { Side } from '../scenario/types.ts';
import type { TimerName } from '../tcp/end.ts';
import { botThinksMs } from './bot.ts';
import { botSkill } from './bot-skill.ts';
import { endsByItself } from './rules.ts';
import { STILL_MS } from './stuck.ts';
import type { Flight, PendingCall, RunningTimer, Table } from './table.ts';
import { SIDES } from '../scenario/sides.ts';

/** One thing that time will bring, at a virtual instant. */
export type Coming = { readonly ms: number } & (
  | { readonly kind: 'release'; readonly flight: Flight }
  | { readonly kind: 'arrival'; readonly flight: Flight }
  | { readonly kind: 'timer'; readonly side: Side; readonly timer: TimerName }
  | { readonly kind: 'call'; readonly pending: PendingCall }
  | { readonly kind: 'answer'; readonly side: Side }
  | { readonly kind: 'label'; readonly side: Side }
  | { readonly kind: 'calm' }
  | { readonly kind: 'end'; readonly why: 'limit' | 'stuck' }
);

/**
 * What time brings next, until an instant; null if nothing is to come. The one list that both
 * `advance` and `nextChangeAt` read. At the same instant the order is: the link's hand opens, segments arrive
 * (in the order in which they were sent), timers run out (so an ACK that comes just in time is in time),
 * applications call, bots answer, bots label, a storm is over, the table's time is up; the client's before
 * the server's.
 */
export function nextComing(table: Table, untilMs = Infinity): Coming | null {
  let next: Coming | null = null;
  // In the order of the rule: a later one must be earlier in time to win. Nothing is made for those that do
  // not: a command asks six times.
  for (const flight of table.flights) {
    const releasedMs = flight.held?.untilMs ?? null;
    if (releasedMs !== null && wins(releasedMs, next, untilMs))
      next = { kind: 'release', ms: releasedMs, flight };
  }
  for (const flight of table.flights) {
    const { held, arrivesMs } = flight;
    if (held === null && wins(arrivesMs, next, untilMs)) next = { kind: 'arrival', ms: arrivesMs, flight };
  }
  const { client, server } = table.play;
  for (const side of SIDES) {
    // By their names: to look them up by a variable took longer than all the rest.
    const { rto, persist, 'time-wait': timeWait } = side === 'client' ? client.timers : server.timers;
    if (rings(rto) && wins(rto.endsMs, next, untilMs))
      next = { kind: 'timer', ms: rto.endsMs, side, timer: 'rto' };
    if (rings(persist) && wins(persist.endsMs, next, untilMs))
      next = { kind: 'timer', ms: persist.endsMs, side, timer: 'persist' };
    if (rings(timeWait) && wins(timeWait.endsMs, next, untilMs))
      next = { kind: 'timer', ms: timeWait.endsMs, side, timer: 'time-wait' };
  }
  for (const pending of table.calls) {
    const { dueMs } = pending;
    if (dueMs !== null && wins(dueMs, next, untilMs)) next = { kind: 'call', ms: dueMs, pending };
  }
  for (const side of SIDES) {
    const { openSinceMs, seatedMs } = side === 'client' ? client : server;
    if (openSinceMs === null || botSkill(table.seats[side]) === null) continue;
    const ms = Math.max(openSinceMs, seatedMs) + botThinksMs(table, side);
    if (wins(ms, next, untilMs)) next = { kind: 'answer', ms, side };
  }
  for (const side of SIDES) {
    const { asked, seatedMs } = side === 'client' ? client : server;
    if (asked === null || botSkill(table.seats[side]) === null) continue;
    const ms = Math.max(asked.sinceMs, seatedMs) + botThinksMs(table, side) / 2;
    if (wins(ms, next, untilMs)) next = { kind: 'label', ms, side };
  }
  const { storm, endsAfterMs } = table;
  const stuckMs = table.movedMs + STILL_MS;
  if (storm !== null && wins(storm.untilMs, next, untilMs)) next = { kind: 'calm', ms: storm.untilMs };
  if (endsAfterMs !== null && wins(endsAfterMs, next, untilMs))
    next = { kind: 'end', ms: endsAfterMs, why: 'limit' };
  if (endsByItself(table) && wins(stuckMs, next, untilMs)) next = { kind: 'end', ms: stuckMs, why: 'stuck' };
  return next;
}

/** Whether something at this instant comes before what was found so far, or is the first to come in time. */
function wins(ms: number, next: Coming | null, untilMs: number): boolean {
  return next === null ? ms <= untilMs : ms < next.ms;
}

function rings(timer: RunningTimer | null): timer is RunningTimer {
  return timer !== null && timer.stoppedMs === undefined;
}
