import type { Desk, Klass } from './klass.ts';
import type { Spawned } from './spawned.ts';

export interface Capacity {
  /** Commands answered per second. */
  readonly perS: number;
  /** CPU time of the server's process per command, µs. */
  readonly cpuUs: number;
  /** What all clients together received per command, bytes on the wire. */
  readonly octets: number;
  /** The median view, bytes on the wire. */
  readonly viewOctets: number;
}

export interface Latency {
  readonly perS: number;
  /** From command to ack and from command to the far end's view, ms. */
  readonly ack: Spread;
  readonly view: Spread;
}

interface Spread {
  readonly p50: number;
  readonly p99: number;
}

/** Every command has an id of its own, whoever sends it. */
let commands = 0;

/** Closed loop: each end sends its next command as soon as the one before is answered. */
export async function capacity<R>(
  klass: Klass,
  server: Spawned<R>,
  { warmMs, forMs }: { readonly warmMs: number; readonly forMs: number },
): Promise<Capacity> {
  let answered = 0;
  let running = true;
  let refused = 0;
  const views: number[] = [];
  for (const { client, command } of klass.desks) {
    client.onAck = (_id, ok) => {
      answered++;
      if (!ok) refused++;
      if (running) client.send(command(++commands));
    };
  }
  for (const client of klass.clients) client.onView = (octets) => void views.push(octets);
  for (const { client, command } of klass.desks) client.send(command(++commands));
  await pause(warmMs);

  const octetsNow = () => klass.clients.reduce((sum, { octets }) => sum + octets, 0);
  const before = { ...(await server.usage()), octets: octetsNow(), answered, at: performance.now() };
  views.length = 0;
  await pause(forMs);
  const done = answered - before.answered;
  const seconds = (performance.now() - before.at) / 1000;
  const octets = octetsNow() - before.octets;
  const after = await server.usage();
  running = false;
  await pause(100);
  quiet(klass);
  if (refused > 0) throw new Error(`${refused} commands were refused`);
  return {
    perS: done / seconds,
    cpuUs: (after.cpuUs - before.cpuUs) / done,
    octets: octets / done,
    viewOctets: quantile(views, 0.5),
  };
}

/** Each end sends so many commands, one after the other. */
export async function commandsEach<R>(
  klass: Klass,
  server: Spawned<R>,
  each: number,
): Promise<Pick<Capacity, 'perS' | 'cpuUs'>> {
  const before = { ...(await server.usage()), at: performance.now() };
  await Promise.all(
    klass.desks.map(
      ({ client, command }) =>
        new Promise<void>((resolve, reject) => {
          let left = each;
          client.onAck = (_id, ok) => {
            if (!ok) reject(new Error('a command was refused'));
            else if (--left > 0) client.send(command(++commands));
            else resolve();
          };
          client.send(command(++commands));
        }),
    ),
  );
  const seconds = (performance.now() - before.at) / 1000;
  const after = await server.usage();
  quiet(klass);
  const done = each * klass.desks.length;
  return { perS: done / seconds, cpuUs: (after.cpuUs - before.cpuUs) / done };
}

/**
 * At a fixed rate, evenly spread; what a late server keeps waiting counts from when it should have been sent.
 */
export async function latency(
  klass: Klass,
  { ratePerS, warmMs, forMs }: { readonly ratePerS: number; readonly warmMs: number; readonly forMs: number },
): Promise<Latency> {
  const acks: number[] = [];
  const views: number[] = [];
  // One command of a table at a time: the next view at the far end is the one of this command.
  const free: Desk[] = klass.desks.filter((_, i) => i % 2 === 0);
  const late: number[] = [];
  let refused = 0;

  const send = (desk: Desk, dueAt: number) => {
    const { client, mate, command } = desk;
    let open = 2;
    const done = () => {
      if (--open > 0) return;
      const due = late.shift();
      if (due === undefined) free.push(desk);
      else send(desk, due);
    };
    client.onAck = (_id, ok) => {
      if (!ok) refused++;
      acks.push(performance.now() - dueAt);
      done();
    };
    mate.onView = () => {
      mate.onView = () => {};
      views.push(performance.now() - dueAt);
      done();
    };
    client.send(command(++commands));
  };

  const startedAt = performance.now();
  const untilMs = warmMs + forMs;
  let sent = 0;
  for (let warm = true; ;) {
    const ms = performance.now() - startedAt;
    if (ms >= untilMs) break;
    if (warm && ms >= warmMs) {
      warm = false;
      acks.length = views.length = 0;
    }
    for (; sent < (ms * ratePerS) / 1000; sent++) {
      const desk = free.shift();
      if (desk) send(desk, performance.now());
      else late.push(performance.now());
    }
    await pause(1);
  }
  const perS = acks.length / (forMs / 1000);
  await pause(200);
  quiet(klass);
  if (refused > 0) throw new Error(`${refused} commands were refused`);
  const spread = (of: number[]): Spread => ({ p50: quantile(of, 0.5), p99: quantile(of, 0.99) });
  return { perS, ack: spread(acks), view: spread(views) };
}

function quiet({ clients }: Klass): void {
  for (const client of clients) {
    client.onAck = () => {};
    client.onView = () => {};
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}
