import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareKlass, closeKlass, type Klass } from './klass.ts';
import { labKlass, teacher, type LabAddress } from './lab-klass.ts';
import { capacity, latency, pause, type Capacity, type Latency } from './loads.ts';
import type { Usage } from './measured.ts';
import { Spawned } from './spawned.ts';

export const SERVERS = ['bare', 'bare, corked', 'lab'] as const;
export type ServerName = (typeof SERVERS)[number];

export interface SocketsRow extends Capacity {
  readonly server: ServerName;
  readonly people: number;
  readonly fixed: Latency;
  /** Live memory that the people and their tables add to a server that is warm: once seated, and after playing; octets. */
  readonly seatedOctets: number;
  readonly playedOctets: number;
}

const RATE_PER_S = 2000;

/** People whose play makes the server compile what it needs, before its memory is looked at. */
const WARMING = 40;

/** One server with so many people at tables of four: first the fixed rate, then as much as it can. */
export async function sockets(server: ServerName, people: number): Promise<SocketsRow> {
  if (server !== 'lab') return withBare(server, people);
  return withLab(async (lab) => {
    const teaching = await teacher(lab.ready);
    return measure(lab, server, people, ({ port }, students) => labKlass(port, teaching, students));
  });
}

async function withBare(server: ServerName, people: number): Promise<SocketsRow> {
  const bare = await Spawned.start<{ port: number }>('bench-bare.js', server === 'bare' ? [] : ['--corked']);
  try {
    return await measure(bare, server, people, ({ port }, students) => bareKlass(port, students));
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

async function measure<R>(
  server: Spawned<R>,
  name: ServerName,
  people: number,
  seat: (address: R, people: number) => Promise<Klass>,
): Promise<SocketsRow> {
  const warming = await seat(server.ready, WARMING);
  await capacity(warming, server, { warmMs: 700, forMs: 300 });
  closeKlass(warming);
  await pause(300);
  const empty = await server.usage(true);
  const klass = await seat(server.ready, people);
  const seated = await server.usage(true);
  const fixed = await latency(klass, { ratePerS: RATE_PER_S, warmMs: 1000, forMs: 4000 });
  const played = await server.usage(true);
  const most = await capacity(klass, server, { warmMs: 1500, forMs: 4000 });
  closeKlass(klass);
  const grown = ({ liveOctets }: Usage) => liveOctets - empty.liveOctets;
  return {
    server: name,
    people,
    ...most,
    fixed,
    seatedOctets: grown(seated),
    playedOctets: grown(played),
  };
}
