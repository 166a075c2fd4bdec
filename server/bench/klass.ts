import { WireClient, type WireOptions } from './wire-client.ts';

/**
 * An end of a table: who commands, who sits at the far end, and what to say (the inside of a message's JSON
 * array).
 */
export interface Desk {
  readonly client: WireClient;
  readonly mate: WireClient;
  readonly command: (n: number) => string;
}

/** A connected class at tables of four. Two of the four command, all four are shown what comes of it. */
export interface Klass {
  readonly desks: readonly Desk[];
  readonly clients: readonly WireClient[];
}

const AT_A_TIME = 50;

/** Does something for each, a few at a time; the results in order. */
export async function forEach<T, R>(
  items: readonly T[],
  work: (item: T, i: number) => Promise<R>,
  atATime = AT_A_TIME,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as T, i);
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, worker));
  return results;
}

export function closeKlass({ clients }: Klass): void {
  for (const client of clients) client.close();
}

/** Students of the bare server: who names the same table is in its room. */
export async function bareKlass(port: number, people: number): Promise<Klass> {
  const options = (i: number): WireOptions => ({
    port,
    namespace: '/play',
    auth: { table: `t${Math.floor(i / 4)}` },
  });
  const clients = await forEach(Array.from({ length: people }), (_, i) => WireClient.open(options(i)));
  const seg = { seq: 1234567890, ack: 987654321, flags: 16, wnd: 64240, dataOctets: 0 };
  const command = (i: number) => (n: number) =>
    `"table:command",${JSON.stringify({ tableId: `0123456789ab_0123456789ab_${i}`, id: `b${n}`, command: { type: 'send', seg } })}`;
  const desks = clients.flatMap((client, i) => {
    if (i % 4 !== 0) return [];
    const far = clients[i + 1]!;
    return [
      { client, mate: far, command: command(i) },
      { client: far, mate: client, command: command(i) },
    ];
  });
  return { desks, clients };
}
