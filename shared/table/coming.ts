import type { Side } from '../scenario/types.ts';
import { botThinksMs } from './bot.ts';
import { botSkill } from './bot-skill.ts';
import { TIMER_NAMES } from './step.ts';
import { STILL_MS, endsByItself } from './stuck.ts';
import { SIDES } from './table.ts';
import type { Flight, PendingCall, Table, TimerName } from './table.ts';

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
 * What time brings next; null if nothing is to come. The one list that both `advance` and `nextChangeAt` read. At the same
 * instant the order is: the link's hand opens, segments arrive (in the order in which they were sent), timers run out (so an ACK that comes
 * just in time is in time), applications call, bots answer, bots label, a storm is over, the table's time is up; the client's before the server's.
 */
export function nextComing(table: Table): Coming | null {
  let next: Coming | null = null;
  // Offered in the order of the rule: a later one must be earlier in time to win.
  const offer = (coming: Coming): void => {
    if (next === null || coming.ms < next.ms) next = coming;
  };

  for (const flight of table.flights) {
    const untilMs = flight.held?.untilMs ?? null;
    if (untilMs !== null) offer({ kind: 'release', ms: untilMs, flight });
  }
  for (const flight of table.flights) {
    if (flight.held === null) offer({ kind: 'arrival', ms: flight.arrivesMs, flight });
  }
  for (const side of SIDES) {
    for (const timer of TIMER_NAMES) {
      const running = table.play[side].timers[timer];
      if (running !== null && running.stoppedMs === undefined)
        offer({ kind: 'timer', ms: running.endsMs, side, timer });
    }
  }
  for (const pending of table.calls) {
    if (pending.dueMs !== null) offer({ kind: 'call', ms: pending.dueMs, pending });
  }
  for (const side of SIDES) {
    const { openSinceMs, seatedMs } = table.play[side];
    if (openSinceMs === null || botSkill(table.seats[side]) === null) continue;
    offer({ kind: 'answer', ms: Math.max(openSinceMs, seatedMs) + botThinksMs(table, side), side });
  }
  for (const side of SIDES) {
    const { asked, seatedMs } = table.play[side];
    if (asked === null || botSkill(table.seats[side]) === null) continue;
    offer({ kind: 'label', ms: Math.max(asked.sinceMs, seatedMs) + botThinksMs(table, side) / 2, side });
  }
  if (table.storm !== null) offer({ kind: 'calm', ms: table.storm.untilMs });
  if (table.endsAfterMs !== null) offer({ kind: 'end', ms: table.endsAfterMs, why: 'limit' });
  if (endsByItself(table)) offer({ kind: 'end', ms: table.movedMs + STILL_MS, why: 'stuck' });
  return next;
}
