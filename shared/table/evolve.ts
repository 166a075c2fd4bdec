import { unreachable } from '../result.ts';
import { setConditions } from '../link/wire.ts';
import { accept, commandKey } from './accepted.ts';
import { advance } from './advance.ts';
import { afterAnswer, afterLabel } from './answer.ts';
import { setRate, virtualAt } from './clock.ts';
import { finish, finishIfOver } from './finish.ts';
import {
  cutCable,
  dropFlight,
  duplicateFlight,
  holdFlight,
  launch,
  mendCable,
  record,
  releaseFlight,
  scored,
  withPlay,
} from './step.ts';
import type { Table } from './table.ts';
import type { Entry, SeatName, Touch } from './types.ts';

/** The table after one more entry; time is brought forward to the entry's instant first. Never refuses: it has happened. */
export function evolve(table: Table, entry: Entry): Table {
  const now = advance(table, entry.at);
  const ms = virtualAt(now.clock, entry.at);
  const next = now.phase === 'ended' ? now : finishIfOver(entered(now, entry, ms), ms);
  const { by, cmd } = entry;
  const accepted = cmd === undefined ? next.accepted : accept(next.accepted, commandKey(by, cmd));
  // What follows at once follows now: nothing is ever overdue.
  return advance({ ...next, version: next.version + 1, accepted }, entry.at);
}

function entered(table: Table, entry: Entry, ms: number): Table {
  switch (entry.type) {
    case 'table-opened':
      throw new Error('a table is opened once, by the first entry of its log');
    case 'seat-taken':
      return seated(table, entry.seat, { ...table.seats, [entry.seat]: entry.holder }, ms);
    case 'clock-set': {
      const { rate, at } = entry;
      const told = record(table, { ms, kind: 'clock', rate });
      const phase = rate > 0 ? 'running' : table.phase === 'prepared' ? 'prepared' : 'paused';
      return { ...told, phase, clock: setRate(table.clock, at, rate) };
    }
    case 'segment-sent': {
      const { side, seg, verdict, fate, given } = entry;
      const out = launch(table, side, seg, verdict, fate, given ? 'lab' : 'player', ms);
      return given ? out : afterAnswer(out, side, verdict, ms);
    }
    case 'segment-blocked': {
      const { side, seg, verdict } = entry;
      return tried(record(table, { ms, kind: 'blocked', side, seg, verdict }), entry);
    }
    case 'nothing-said': {
      const { side, verdict } = entry;
      const told = tried(record(table, { ms, kind: 'nothing', side, verdict }), entry);
      return afterAnswer(told, side, verdict, ms);
    }
    case 'state-labelled':
      return afterLabel(table, entry.side, entry.label, entry.verdict, ms);
    case 'hint-taken': {
      const { side, field, value } = entry;
      const told = record(table, { ms, kind: 'hint', side, field, value });
      return withPlay(told, side, { hinted: [...told.play[side].hinted, field] });
    }
    case 'conditions-set': {
      const { from, conditions } = entry;
      const wire = setConditions(table.wires[from], conditions);
      const version = wire.conditionsVersion;
      const told = record(table, { ms, kind: 'conditions', from, conditions, version });
      return { ...told, wires: { ...told.wires, [from]: wire } };
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
      return finish(table, entry.at, ms);
    default:
      return unreachable(entry);
  }
}

function seated(table: Table, seat: SeatName, seats: Table['seats'], ms: number): Table {
  const next: Table = { ...table, seats };
  return seat === 'client' || seat === 'server' ? withPlay(next, seat, { seatedMs: ms }) : next;
}

/** An answer that did not go out. To say rightly that nothing is due is no achievement that could be repeated. */
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
