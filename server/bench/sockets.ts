import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareKlass, closeKlass, type Klass } from './klass.ts';
import { labKlass, teacher, type LabAddress } from './lab-klass.ts';
import { capacity, latency, quantile, type Capacity, type Latency } from './loads.ts';
import type { Usage } from './measured.ts';
import { Spawned } from './spawned.ts';

export const SERVERS = ['bare', 'bare, corked', 'lab'] as const;
export type ServerName = (typeof SERVERS)[number];

export interface SocketsRow extends Capacity {
  readonly server: ServerName;
  readonly people: number;
  readonly fixed: Latency;
  /**
   * Live memory that the people and their tables add to a server at which others play already: once seated,
   * and after playing; octets.
   */
  readonly seatedOctets: number;
  readonly playedOctets: number;
}

const RATE_PER_S = 2000;

/**
 * How long latency is looked at: so long that a pause for all of the memory, a tenth of a second, is less
 * than a hundredth of it.
 */
const LATENCY_MS = 15_000;

/**
 * People who are there and have played before memory is looked at, and who stay. What a server takes once,
 * whoever comes, above all what it has compiled, is not the price of a table, and V8 throws it away with the
 * last object that it was compiled for.
 */
const WARMING = 40;

/** How long a server is used before it is timed: so long it compiles what it needs. */
const WARM_MS = 3000;

/** How long people play before the memory of it is looked at. */
const PLAYED_MS = 5000;

/** How often the servers take turns at answering as much as they can, each for `ROUND_MS`. */
const ROUNDS = 9;
const ROUND_MS = 1000;

interface Opened {
  readonly name: ServerName;
  readonly server: Spawned<unknown>;
  readonly seat: Seat;
}

/**
 * Servers with so many people at tables of four: what they take, and side by side how fast they are. They
 * take turns by the second, because a machine is faster in one minute than in the next.
 */
export async function sockets(names: readonly ServerName[], people: number): Promise<SocketsRow[]> {
  // In servers of their own: to collect on demand throws away what was compiled for objects that have gone,
  // and seconds go by compiling.
  const memory = new Map<ServerName, Memory>();
  for (const name of names) {
    memory.set(name, await withServer(name, (server, seat) => memoryOf(server, seat, people)));
  }
  const rows = await withServers(names, (opened) => speedOf(opened, people));
  return rows.map((row) => ({ ...row, ...(memory.get(row.server) as Memory) }));
}

/** All of them at once. */
function withServers<T>(
  [name, ...names]: readonly ServerName[],
  work: (opened: readonly Opened[]) => Promise<T>,
  opened: readonly Opened[] = [],
): Promise<T> {
  if (name === undefined) return work(opened);
  return withServer(name, (server, seat) => withServers(names, work, [...opened, { name, server, seat }]));
}

type Seat = (people: number) => Promise<Klass>;

async function withServer<T>(
  name: ServerName,
  work: (server: Spawned<unknown>, seat: Seat) => Promise<T>,
): Promise<T> {
  if (name === 'lab') {
    return withLab(async (lab) => {
      const teaching = await teacher(lab.ready);
      return work(lab, (people) => labKlass(lab.ready.port, teaching, people));
    });
  }
  const args = name === 'bare' ? [] : ['--corked'];
  const bare = await Spawned.start<{ port: number }>('bench-bare.js', args);
  try {
    return await work(bare, (people) => bareKlass(bare.ready.port, people));
  } finally {
    await bare.stop();
  }
}

/** The lab with its data in a folder of its own, gone afterwards. */
export async function withLab<T>(work: (lab: Spawned<LabAddress>) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  const lab = await startLab(dataDir);
  try {
    return await work(lab);
  } finally {
    await lab.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export function startLab(dataDir: string): Promise<Spawned<LabAddress>> {
  return Spawned.start<LabAddress>('bench-lab.js', [], {
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    BASE_PATH: '',
    PUBLIC_URL: '',
    TRUST_PROXY: '',
  });
}

type Memory = Pick<SocketsRow, 'seatedOctets' | 'playedOctets'>;

async function memoryOf(server: Spawned<unknown>, seat: Seat, people: number): Promise<Memory> {
  const warming = await seat(WARMING);
  await capacity(warming, server, { warmMs: 700, forMs: 300 });
  const before = await server.usage(true);
  const klass = await seat(people);
  const seated = await server.usage(true);
  await latency(klass, { ratePerS: RATE_PER_S, warmMs: 0, forMs: PLAYED_MS });
  const played = await server.usage(true);
  closeKlass(klass);
  closeKlass(warming);
  const grown = ({ liveOctets }: Usage) => liveOctets - before.liveOctets;
  return { seatedOctets: grown(seated), playedOctets: grown(played) };
}

async function speedOf(opened: readonly Opened[], people: number): Promise<Omit<SocketsRow, keyof Memory>[]> {
  const all: {
    name: ServerName;
    server: Spawned<unknown>;
    klass: Klass;
    fixed: Latency;
    rounds: Capacity[];
  }[] = [];
  for (const { name, server, seat } of opened) {
    const klass = await seat(people);
    await capacity(klass, server, { warmMs: WARM_MS, forMs: 500 });
    const fixed = await latency(klass, { ratePerS: RATE_PER_S, warmMs: 1000, forMs: LATENCY_MS });
    all.push({ name, server, klass, fixed, rounds: [] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { klass, server, rounds } of all) {
      rounds.push(await capacity(klass, server, { warmMs: 300, forMs: ROUND_MS }));
    }
  }
  for (const { klass } of all) closeKlass(klass);
  return all.map(({ name, fixed, rounds }) => {
    const median = (figure: keyof Capacity) =>
      quantile(
        rounds.map((round) => round[figure]),
        0.5,
      );
    return {
      server: name,
      people,
      fixed,
      perS: median('perS'),
      cpuUs: median('cpuUs'),
      octets: median('octets'),
      viewOctets: median('viewOctets'),
    };
  });
}
