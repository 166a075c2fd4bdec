import type { Side } from '../scenario/types.ts';
import type { TimerName } from '../tcp/end.ts';
import { isPerson } from './bot-skill.ts';
import type { ExtraTime, Holder, Seats } from './seats.ts';
import type { Play, RunningTimer, Table } from './table.ts';
import { other } from '../scenario/sides.ts';

/*
 * Extra time. What hurries a person at an end is retransmission: their own time-outs ask for one answer more,
 * and a partner whose time-out expires first sends everything again. So a factor stretches the RTO (its base
 * and its bound) and the persist timer
 *
 * - of the person's own end, and
 * - of the far end while a bot plays there: the bot is patient. Another person's timers are their own.
 *
 * With no limit at all those timers stand still while the person owes an answer, and go on from where they
 * stood afterwards. TIME-WAIT, the link's delays, the script's calls and holds, and the round's time limit
 * are the same for everybody: they are the exercise, and they would show to others who has extra time.
 */

const STRETCHED: readonly TimerName[] = ['rto', 'persist'];

/** Whose time it is that the timers of a side run on. */
function timeOf(seats: Seats, side: Side): ExtraTime {
  const own = seats[side];
  const far = seats[other(side)];
  const person = isPerson(own) ? own : far;
  return isPerson(person) && person.kind === 'player' && person.time !== undefined ? person.time : 1;
}

/** How much longer a timer of this side runs than the scenario says. */
export function stretch(seats: Seats, side: Side, timer: TimerName): number {
  return STRETCHED.includes(timer) ? (timeOf(seats, side) ?? 1) : 1;
}

/**
 * Stops and restarts the timers of those who have no limit; to be called when what somebody owes, or who sits
 * where, has changed.
 */
export function settleTimers(table: Table, ms: number): Table {
  const { seats, play } = table;
  if (!needsCare(table, 'client') && !needsCare(table, 'server')) return table;
  const timersOf = (side: Side): Table['play'][Side]['timers'] => {
    const debtor = isPerson(seats[side]) ? side : other(side);
    const still = timeOf(seats, side) === null && play[debtor].owesSinceMs !== null;
    const { rto, persist, 'time-wait': timeWait } = play[side].timers;
    return { rto: settled(rto, still, ms), persist: settled(persist, still, ms), 'time-wait': timeWait };
  };
  return {
    ...table,
    play: {
      client: { ...play.client, timers: timersOf('client') },
      server: { ...play.server, timers: timersOf('server') },
    },
  };
}

/** The table as if everybody had a limit: what is asked about it must not tell who has none. */
export function asIfTimed(table: Table): Table {
  const { seats, play } = table;
  if (!needsCare(table, 'client') && !needsCare(table, 'server')) return table;
  const limited = (side: Side): Holder => {
    const holder = seats[side];
    return holder.kind === 'player' && holder.time === null ? { kind: 'player', id: holder.id } : holder;
  };
  const running = (timer: RunningTimer | null): RunningTimer | null =>
    timer && { epoch: timer.epoch, backoff: timer.backoff, endsMs: timer.endsMs };
  const timersOf = ({ timers }: Play): Play['timers'] => ({
    rto: running(timers.rto),
    persist: running(timers.persist),
    'time-wait': timers['time-wait'],
  });
  return {
    ...table,
    seats: { ...seats, client: limited('client'), server: limited('server') },
    play: {
      client: { ...play.client, timers: timersOf(play.client) },
      server: { ...play.server, timers: timersOf(play.server) },
    },
  };
}

function needsCare({ seats, play }: Table, side: Side): boolean {
  const { rto, persist } = play[side].timers;
  return timeOf(seats, side) === null || rto?.stoppedMs !== undefined || persist?.stoppedMs !== undefined;
}

function settled(timer: RunningTimer | null, still: boolean, ms: number): RunningTimer | null {
  if (timer === null || still === (timer.stoppedMs !== undefined)) return timer;
  if (still) return { ...timer, stoppedMs: ms };
  const { epoch, backoff, endsMs, stoppedMs = ms } = timer;
  return { epoch, backoff, endsMs: endsMs + (ms - stoppedMs) };
}
