import type { Side } from '../scenario/types.ts';
import type { End, Timer, TimerName } from '../tcp/end.ts';
import { rtoMs } from '../tcp/rto.ts';
import { stretch } from './personal-time.ts';
import type { Play, RunningTimer, Table } from './table.ts';

export const TIMER_NAMES: readonly TimerName[] = ['rto', 'persist', 'time-wait'];

/** The clocks of an end's timers: one that the end has started afresh runs its whole length from now. */
export function timersOf(table: Table, side: Side, end: End, ms: number): Play['timers'] {
  const { timers } = table.play[side];
  const rto = timerOf(table, side, 'rto', end.timers.rto, timers.rto, ms);
  const persist = timerOf(table, side, 'persist', end.timers.persist, timers.persist, ms);
  const timeWait = timerOf(table, side, 'time-wait', end.timers['time-wait'], timers['time-wait'], ms);
  const same = rto === timers.rto && persist === timers.persist && timeWait === timers['time-wait'];
  return same ? timers : { rto, 'time-wait': timeWait, persist };
}

function timerOf(
  table: Table,
  side: Side,
  name: TimerName,
  running: Timer | null,
  before: RunningTimer | null,
  ms: number,
): RunningTimer | null {
  if (running === null) return null;
  const { epoch, backoff } = running;
  if (before?.epoch === epoch) return before;
  const { pace } = table.scenario;
  const lengthMs = name === 'time-wait' ? 2 * pace.mslMs : rtoMs(pace.rtoMs, backoff, pace.maxRtoMs);
  return { epoch, backoff, endsMs: ms + lengthMs * stretch(table.seats, side, name) };
}
