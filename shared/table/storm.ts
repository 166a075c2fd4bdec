import type { Conditions } from '../link/conditions.ts';
import { PRESETS } from '../link/presets.ts';
import { setConditions } from '../link/wire.ts';
import type { Refusal } from '../refusals.ts';
import type { Side } from '../scenario/types.ts';
import { record } from './record.ts';
import type { Table } from './table.ts';
import { SIDES } from '../scenario/sides.ts';

/** The preset, as classrooms have it. */
export const STORM: Conditions = presetStorm();

function presetStorm(): Conditions {
  const preset = PRESETS.find(({ id }) => id === 'storm');
  if (!preset) throw new Error('there is no preset for a storm');
  return preset.classroom;
}

/** Shortest and longest storm, virtual ms. */
const STORM_MS = { min: 1000, max: 10 * 60_000 } as const;

/** Null: a storm may last so long. */
export function checkStormMs(forMs: number): Refusal | null {
  const { min, max } = STORM_MS;
  if (forMs >= min && forMs <= max) return null;
  return { code: 'storm/invalid-length', with: { minS: min / 1000, maxS: max / 1000 } };
}

/** One direction's conditions from now on. */
export function turn(table: Table, from: Side, conditions: Conditions, ms: number): Table {
  const wire = setConditions(table.wires[from], conditions);
  const told = record(table, { ms, kind: 'conditions', from, conditions, version: wire.conditionsVersion });
  return { ...told, wires: { ...told.wires, [from]: wire } };
}

/** Conditions that somebody sets. In a storm they are the ones that stay when it is over. */
export function turnFor(table: Table, from: Side, conditions: Conditions, ms: number): Table {
  const next = turn(table, from, conditions, ms);
  const { storm } = next;
  return storm ? { ...next, storm: { ...storm, before: { ...storm.before, [from]: conditions } } } : next;
}

/** A storm breaks out in both directions; one that is going on lasts until the new one is over. */
export function stormUp(table: Table, conditions: Conditions, untilMs: number, ms: number): Table {
  const { client, server } = table.wires;
  const before = table.storm?.before ?? { client: client.conditions, server: server.conditions };
  const told = record(table, { ms, kind: 'storm', on: true });
  const blown = SIDES.reduce((next, side) => turn(next, side, conditions, ms), told);
  return { ...blown, storm: { untilMs, before } };
}

/** What was before the storm is again. */
export function calm(table: Table, ms: number): Table {
  if (table.storm === null) return table;
  const { before } = table.storm;
  const told = record({ ...table, storm: null }, { ms, kind: 'storm', on: false });
  return SIDES.reduce((next, side) => turn(next, side, before[side], ms), told);
}
