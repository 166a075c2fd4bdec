/**
 * A list that only grows at its end and shares everything before it: adding costs the same however long it is,
 * and whoever holds an older value keeps it as it was.
 */
export type Chain<T> = Link<T> | null;

interface Link<T> {
  readonly item: T;
  readonly before: Chain<T>;
  readonly length: number;
}

export function append<T>(chain: Chain<T>, item: T): Chain<T> {
  return { item, before: chain, length: lengthOf(chain) + 1 };
}

export function lengthOf(chain: Chain<unknown>): number {
  return chain === null ? 0 : chain.length;
}

/** From the newest to the oldest. */
export function* newestFirst<T>(chain: Chain<T>): Generator<T, void, undefined> {
  for (let link = chain; link !== null; link = link.before) yield link.item;
}

/** From the oldest to the newest, without the first so many; costs the length of what is asked for. */
export function toArray<T>(chain: Chain<T>, without = 0): T[] {
  const items = new Array<T>(Math.max(0, lengthOf(chain) - without));
  for (let link = chain; link !== null && link.length > without; link = link.before) {
    items[link.length - 1 - without] = link.item;
  }
  return items;
}
