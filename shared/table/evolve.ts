import { unreachable } from '../result.ts';
import { accept } from './accepted.ts';
import { advance } from './advance.ts';
import { afterAnswer, afterLabel } from './answer.ts';
import { lengthOf } from './chain.ts';
import { setRate, virtualAt } from './clock.ts';
import type { Touch } from './command.ts';
import { changing, copyOfTable } from './copies.ts';
import type { Entry } from './entry.ts';
import { finish, finishIfOver } from './finish.ts';
import { sentWith } from './judge-call.ts';
import { settleTimers } from './personal-time.ts';
import { saysStopped } from './rules.ts';
import type { Holder, SeatName } from './seats.ts';
import {
  cutCable,
  dropFlight,
  duplicateFlight,
  holdFlight,
  mendCable,
  releaseFlight,
} from './flight-moves.ts';
import { answered, launch, scored } from './launch.ts';
import { record } from './record.ts';
import { callUp, withPlay } from './end-moves.ts';
import { stormUp, turnFor } from './storm.ts';
import type { Table } from './table.ts';

/**
 * The table after one more entry; time is brought forward to the entry's instant first. Never refuses: it has
 * happened.
 */
export function evolve(table: Table, entry: Entry): Table {
  return changing(evolved, table, entry);
}

function evolved(table: Table, entry: Entry): Table {
  const now = advance(table, entry.at);
  const ms = virtualAt(now.clock, entry.at);
  const over = now.phase === 'ended';
  const next = over ? now : finishIfOver(entered(now, entry, ms), ms);
  const { by, cmd } = entry;
  const accepted = cmd === undefined ? next.accepted : accept(next.accepted, by, cmd);
  // What follows at once follows now: nothing is ever overdue.
  const after = copyOfTable(next);
  after.version += 1;
  after.accepted = accepted;
  if (!over) after.movedMs = ms;
  return advance(after, entry.at);
}

function entered(table: Table, entry: Entry, ms: number): Table {
  switch (entry.type) {
    case 'table-opened':
      throw new Error('a table is opened once, by the first entry of its log');
    case 'seat-taken':
      return seated(table, entry.seat, entry.holder, ms);
    case 'seat-lent':
    case 'seat-returned': {
      const { seat, type } = entry;
      const holder = table.seats[seat];
      if (holder.kind !== 'player') return table;
      const { id, time } = holder;
      const own = { kind: 'player', id, ...(time !== undefined && { time }) } as const;
      return seated(table, seat, type === 'seat-lent' ? { ...own, away: true } : own, ms);
    }
    case 'clock-set': {
      const { rate, at } = entry;
      const told = record(table, { ms, kind: 'clock', rate });
      const phase = rate > 0 ? 'running' : table.phase === 'prepared' ? 'prepared' : 'paused';
      return { ...told, phase, clock: setRate(table.clock, at, rate) };
    }
    case 'segment-sent': {
      const { side, seg, verdict, fate, given, bluff } = entry;
      const out = launch(table, side, seg, verdict, fate, given ? 'lab' : 'player', ms, bluff);
      return given ? out : afterAnswer(out, side, verdict, ms);
    }
    case 'segment-blocked': {
      const { side, seg, verdict } = entry;
      return tried(record(table, { ms, kind: 'blocked', side, seg, verdict }), entry);
    }
    case 'nothing-said': {
      const { side, verdict } = entry;
      const told = tried(record(table, { ms, kind: 'nothing', side, verdict }), entry);
      return afterAnswer(answered(told, side, ms), side, verdict, ms);
    }
    case 'state-labelled':
      return afterLabel(table, entry.side, entry.label, entry.verdict, ms);
    case 'hint-taken': {
      const { side, field, value } = entry;
      const told = record(table, { ms, kind: 'hint', side, field, value });
      return withPlay(told, side, { hinted: [...told.play[side].hinted, field] });
    }
    case 'nudged': {
      const { side, field, value } = entry;
      const told = record(table, { ms, kind: 'hint', side, field, value, free: true });
      return withPlay(told, side, { nudged: [...told.play[side].nudged, field] });
    }
    case 'bluff-called': {
      const { side, arrival, verdict } = entry;
      const play = table.play[side];
      const id = play.arrivals[arrival - 1];
      const sent = id === undefined ? null : sentWith(table, id);
      if (!sent) return table;
      const called = { kind: 'bluff-called', side, arrival, id: sent.id, seg: sent.seg, verdict } as const;
      return withPlay(record(table, { ms, ...called }), side, {
        bluffsCalled: [...play.bluffsCalled, arrival],
      });
    }
    case 'called-out': {
      const { id, verdict } = entry;
      const called = table.unjudged.find((one) => one.id === id);
      if (!called) return table;
      const { side, seg, judge } = called;
      const told = record(table, { ms, kind: 'called-out', side, id, seg, verdict, judge });
      return { ...told, unjudged: told.unjudged.filter((one) => one.id !== id) };
    }
    case 'conditions-set':
      return turnFor(table, entry.from, entry.conditions, ms);
    case 'storm-called':
      return stormUp(table, entry.conditions, ms + entry.forMs, ms);
    case 'call-injected':
      return callUp(table, entry.side, entry.call, ms);
    case 'limit-set': {
      const { endsAfterMs } = entry;
      // What is over already is over now, not in the past.
      return { ...table, endsAfterMs: endsAfterMs === null ? null : Math.max(endsAfterMs, ms) };
    }
    case 'flight-touched':
      return touched(table, entry.flight, entry.touch, entry.free === true, ms);
    case 'cable-cut': {
      if (!table.cableUp) return table;
      const cut = cutCable(table, ms);
      return entry.free ? cut : spend({ ...cut, predict: 'cut' }, 'cut');
    }
    case 'cable-mended': {
      const mended = table.cableUp ? table : mendCable(table, ms);
      return mended.predict === 'cut' ? { ...mended, predict: null } : mended;
    }
    case 'prediction-made': {
      const { prediction, right, verdict } = entry;
      return { ...record(table, { ms, kind: 'prediction', prediction, right, verdict }), predict: null };
    }
    case 'table-ended':
      return finish(table, entry.at, ms, saysStopped(table) ? 'stopped' : undefined);
    default:
      return unreachable(entry);
  }
}

function seated(table: Table, seat: SeatName, holder: Holder, ms: number): Table {
  const next: Table = {
    ...table,
    seats: { ...table.seats, [seat]: holder },
    tenures: [...table.tenures, { seat, holder, from: lengthOf(table.history) }],
  };
  if (seat !== 'client' && seat !== 'server') return next;
  return settleTimers(withPlay(next, seat, { seatedMs: ms }), ms);
}

/**
 * An answer that did not go out. To say rightly that nothing is due is no achievement that could be repeated.
 */
function tried(
  table: Table,
  { side, verdict }: Extract<Entry, { type: 'segment-blocked' | 'nothing-said' }>,
): Table {
  const play = table.play[side];
  const { attempts, wrong } = scored(play, verdict);
  return withPlay(table, side, { attempts, wrong, acts: play.acts + 1 });
}

function touched(table: Table, id: string, touch: Touch, free: boolean, ms: number): Table {
  const flight = table.flights.find((one) => one.id === id);
  if (!flight) return table;
  switch (touch) {
    case 'drop': {
      const next = dropFlight(table, flight, ms);
      return free ? next : spend({ ...next, predict: 'drop' }, 'drop');
    }
    case 'duplicate': {
      const next = duplicateFlight(table, flight, ms);
      return free ? next : spend(next, 'duplicate');
    }
    case 'hold': {
      const next = holdFlight(table, flight, ms);
      return free ? next : spend({ ...next, predict: 'hold' }, 'hold');
    }
    case 'release': {
      if (flight.held === null) return table;
      const next = releaseFlight(table, flight, 'player', ms);
      return next.predict === 'hold' ? { ...next, predict: null } : next;
    }
  }
}

function spend(table: Table, act: keyof Table['spent']): Table {
  return { ...table, spent: { ...table.spent, [act]: table.spent[act] + 1 } };
}
