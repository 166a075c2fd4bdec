import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry } from '../../shared/table/entry.ts';
import { openStore } from '../store/open-store.ts';
import { cpuMs } from './cpu-time.ts';

export interface StoringRow {
  /** Appends that wait for the disk at the same time. */
  readonly waiting: number;
  readonly perS: number;
  /** Both threads, µs per append. */
  readonly cpuUs: number;
}

/** Durable appends of one entry of the usual size, each to a log of its own. */
export async function storing(waiting: number, forMs: number): Promise<StoringRow> {
  const dir = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  const store = await openStore(join(dir, 'lab.sqlite'));
  const entry: Entry = {
    at: 1_700_000_000_000,
    by: '0123456789ab',
    cmd: 'k12345',
    type: 'segment-sent',
    side: 'client',
    seg: { seq: 1234567890, ack: 987654321, flags: 16, wnd: 64_240, dataOctets: 0 },
    verdict: { verdict: 'legal', why: 'duplicate-ack', causes: [], faults: [] },
    fate: {
      n: 1,
      copies: [{ arrivesMs: 100, corrupted: false }],
      lost: null,
      conditionsVersion: 1,
      rolls: {},
    },
  };
  let done = 0;
  let running = true;
  const writer = async (stream: string) => {
    for (let version = 0; running; version++) {
      if ((await store.tables.append(stream, version, [entry])) !== 'ok') throw new Error('an append failed');
      done++;
    }
  };
  const writers = Array.from({ length: waiting }, (_, i) => writer(`0123456789ab_0123456789ab_${i}`));
  await new Promise((resolve) => setTimeout(resolve, forMs / 4));
  const before = { cpuMs: cpuMs(), at: performance.now(), done };
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const appends = done - before.done;
  const row = {
    waiting,
    perS: (appends / (performance.now() - before.at)) * 1000,
    cpuUs: ((cpuMs() - before.cpuMs) * 1000) / appends,
  };
  running = false;
  await Promise.all(writers);
  await store.close();
  rmSync(dir, { recursive: true, force: true });
  return row;
}
