import { purge } from '../link/wire.ts';
import { copyOfTable } from './copies.ts';
import { DUPLICATE_GAP_MS } from './fate-of.ts';
import { copyNumberOf } from './flight-id.ts';
import { otherThan } from './lists.ts';
import { record } from './record.ts';
import type { Flight, Table } from './table.ts';

/*
 * What a link does to what is on its way, and to the cable. Each takes the virtual instant at which it
 * happens and returns the next table.
 */

/** The link takes a flight out of the air. */
export function dropFlight(table: Table, flight: Flight, ms: number): Table {
  const { from, seg, sent: id } = flight;
  const told = record(without(table, flight), {
    ms,
    kind: 'touch',
    id: flight.id,
    from,
    touch: 'drop',
    by: 'player',
  });
  return record(told, { ms, kind: 'lost', from, id, seg, why: 'touch' });
}

/** A second copy follows the first, or goes ahead if the first is in the link's hand. */
export function duplicateFlight(table: Table, flight: Flight, ms: number): Table {
  const numbers = table.flights.filter(({ sent }) => sent === flight.sent).map(({ id }) => copyNumberOf(id));
  const copy: Flight = {
    ...flight,
    id: `${flight.sent}.${Math.max(...numbers) + 1}`,
    arrivesMs: flight.held ? ms + left(flight, ms) : flight.arrivesMs + DUPLICATE_GAP_MS,
    held: null,
  };
  const { from } = flight;
  const told = record(table, { ms, kind: 'touch', id: flight.id, from, touch: 'duplicate', by: 'player' });
  return { ...told, flights: [...told.flights, copy] };
}

export function holdFlight(table: Table, flight: Flight, ms: number): Table {
  const held: Flight = { ...flight, held: { sinceMs: ms, untilMs: null } };
  const told = record(table, {
    ms,
    kind: 'touch',
    id: flight.id,
    from: flight.from,
    touch: 'hold',
    by: 'player',
  });
  return exchanged(told, flight, held);
}

/** Let go, a flight has as far to go as when it was caught. */
export function releaseFlight(table: Table, flight: Flight, by: 'player' | 'script', ms: number): Table {
  const free: Flight = { ...flight, arrivesMs: ms + left(flight, ms), held: null };
  const told = record(table, { ms, kind: 'touch', id: flight.id, from: flight.from, touch: 'release', by });
  return exchanged(told, flight, free);
}

function left({ arrivesMs, held }: Flight, ms: number): number {
  return Math.max(0, arrivesMs - (held?.sinceMs ?? ms));
}

/** Whatever is on its way dies, in the link's hand or not. */
export function cutCable(table: Table, ms: number): Table {
  let next = record({ ...table, cableUp: false, flights: [] }, { ms, kind: 'cable', up: false });
  for (const { from, seg, sent: id } of table.flights) {
    next = record(next, { ms, kind: 'lost', from, id, seg, why: 'cable' });
  }
  return { ...next, wires: { client: purge(next.wires.client), server: purge(next.wires.server) } };
}

export function mendCable(table: Table, ms: number): Table {
  return record({ ...table, cableUp: true }, { ms, kind: 'cable', up: true });
}

function without(table: Table, flight: Flight): Table {
  const next = copyOfTable(table);
  next.flights = otherThan(table.flights, flight);
  return next;
}

export function exchanged(table: Table, flight: Flight, by: Flight): Table {
  return { ...table, flights: table.flights.map((one) => (one === flight ? by : one)) };
}
