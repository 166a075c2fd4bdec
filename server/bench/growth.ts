import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeKlass, forEach } from './klass.ts';
import { labKlass, play, post, sitDown, teacher, type LabAddress, type Seated } from './lab-klass.ts';
import { capacity, commandsEach } from './loads.ts';
import { startLab, withLab } from './sockets.ts';
import type { Spawned } from './spawned.ts';
import { WireClient } from './wire-client.ts';

export interface GrowthRow {
  readonly of: number;
  /** CPU time of the server per command, µs. */
  readonly cpuUs: number;
  readonly perS: number;
}

/** Opened, the clock set going, the conditions of both directions set. */
const ENTRIES_AT_START = 4;

/** Tables at work while the others stand idle. */
const BUSY_PEOPLE = 40;

/**
 * The cost of a command at ten busy tables, with more and more idle tables beside them, each in a classroom
 * of its own.
 */
export function growthByTables(counts: readonly number[]): Promise<readonly GrowthRow[]> {
  return withLab(async (lab) => {
    const teaching = await teacher(lab.ready);
    const klass = await labKlass(lab.ready.port, teaching, BUSY_PEOPLE);
    teaching.close();
    const rows: GrowthRow[] = [];
    let tables = BUSY_PEOPLE / 4;
    for (const of of counts) {
      await idleTables(lab.ready.port, of - tables);
      tables = of;
      const { cpuUs, perS } = await capacity(klass, lab, { warmMs: 1000, forMs: 2000 });
      rows.push({ of, cpuUs, perS });
    }
    closeKlass(klass);
    return rows;
  });
}

/** Tables of people who practise alone and have gone for a coffee. */
async function idleTables(port: number, count: number): Promise<void> {
  await forEach(
    Array.from({ length: Math.max(0, count) }),
    async () => {
      const { body } = await post<{ token: string }>(port, '/api/practice', {});
      const client = await WireClient.open({ port, namespace: '/play', auth: { token: body.token } });
      const request = { id: 'p', scenarioId: 'close-by-client', seat: 'client' };
      const { tableId } = await client.ask<{ tableId: string }>('practice:start', request);
      await client.ask('table:watch', { tableId });
      client.close();
    },
    16,
  );
}

export interface AgeRow extends GrowthRow {
  /** Bytes of the snapshot's connection, all told. */
  readonly snapshotOctets: number;
  /** A page that comes back: from the first octet of its connection to the snapshot of its table, ms. */
  readonly reconnectMs: number;
  /** The same from a server that has just been started and knows the table only by its log. */
  readonly revivedMs: number;
}

/**
 * What a command costs when its table has so many entries, and what coming back to it costs. Ten tables grow
 * old together; at each age one of them stays behind to be looked at.
 */
export async function growthByAge(ages: readonly number[]): Promise<readonly AgeRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  let lab: Spawned<LabAddress> = await startLab(dataDir);
  try {
    const { port } = lab.ready;
    const teaching = await teacher(lab.ready);
    const warm = await labKlass(port, teaching, BUSY_PEOPLE);
    await capacity(warm, lab, { warmMs: 1000, forMs: 500 });
    closeKlass(warm);
    const klass = await labKlass(port, teaching, BUSY_PEOPLE);
    teaching.close();

    const costs: GrowthRow[] = [];
    const left: Seated[] = [];
    let desks = klass.desks;
    let entries = ENTRIES_AT_START;
    for (const of of ages) {
      // Half of a table's commands come from each of its ends.
      const window = Math.max(2, Math.round(of / 10));
      const grow = Math.max(0, Math.round((of - entries - window) / 2));
      if (grow > 0) await commandsEach({ desks, clients: klass.clients }, lab, grow);
      costs.push({ of, ...(await commandsEach({ desks, clients: klass.clients }, lab, window)) });
      entries += 2 * (grow + window);
      const staying = klass.seated.find(({ client }) => client === desks[0]?.client);
      if (staying) left.push(staying);
      desks = desks.slice(2);
    }

    const live = await forEach(left, ({ token }) => comeBack(port, token), 1);
    closeKlass(klass);
    await lab.stop();
    lab = await startLab(dataDir);
    const revived = await forEach(left, ({ token }) => comeBack(lab.ready.port, token), 1);
    return costs.map((cost, i) => ({
      ...cost,
      snapshotOctets: live[i]?.octets ?? NaN,
      reconnectMs: live[i]?.ms ?? NaN,
      revivedMs: revived[i]?.ms ?? NaN,
    }));
  } finally {
    await lab.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function comeBack(port: number, token: string): Promise<{ ms: number; octets: number }> {
  const startedAt = performance.now();
  const { client } = await sitDown(await play(port, token), token);
  const ms = performance.now() - startedAt;
  const { octets } = client;
  client.close();
  return { ms, octets };
}
