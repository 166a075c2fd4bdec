/**
 * A list that only grows at its end and shares everything before it: adding costs the same however long it
 * is, and whoever holds an older value keeps it as it was.
 */
export type Chain<T> = Block<T> | null;

/**
 * The newest items of a chain, and the full blocks before them. All the values of one chain share their
 * blocks' items: each knows how many of them are its own, and where a chain has two futures, the second to go
 * on takes a copy. With a link for every item a command left 722 octets in its table instead of 625.
 */
interface Block<T> {
  readonly items: T[];
  readonly before: Chain<T>;
  readonly length: number;
}

/** What V8 makes room for when a second item is added to a list of one. */
const BLOCK = 17;

export function append<T>(chain: Chain<T>, item: T): Chain<T> {
  if (chain === null) return { items: [item], before: null, length: 1 };
  const { items, before, length } = chain;
  const own = length - lengthOf(before);
  if (own === BLOCK) return { items: [item], before: chain, length: length + 1 };
  const next = items.length === own ? items : items.slice(0, own);
  next.push(item);
  return { items: next, before, length: length + 1 };
}

export function lengthOf(chain: Chain<unknown>): number {
  return chain === null ? 0 : chain.length;
}

/** From the newest to the oldest. */
export function newestFirst<T>(chain: Chain<T>): Iterable<T> {
  return { [Symbol.iterator]: () => new NewestFirst(chain) };
}

/**
 * Not a generator: to make one, and an object for each item that it yields, was 400 octets a command of what
 * the server allocated.
 */
class NewestFirst<T> implements Iterator<T, undefined> {
  #block: Chain<T>;
  #at: number;

  constructor(chain: Chain<T>) {
    this.#block = chain;
    this.#at = chain === null ? 0 : chain.length - lengthOf(chain.before) - 1;
  }

  next(): IteratorResult<T, undefined> {
    if (this.#block === null) return { done: true, value: undefined };
    const { items, before } = this.#block;
    const value = items[this.#at]!;
    this.#at -= 1;
    if (this.#at < 0) {
      this.#block = before;
      this.#at = BLOCK - 1;
    }
    return { done: false, value };
  }
}

/** From the oldest to the newest, without the first so many; costs the length of what is asked for. */
export function toArray<T>(chain: Chain<T>, without = 0): T[] {
  const items = new Array<T>(Math.max(0, lengthOf(chain) - without));
  for (let block = chain; block !== null && block.length > without; block = block.before) {
    const begin = lengthOf(block.before);
    for (let at = Math.max(begin, without); at < block.length; at++) {
      items[at - without] = block.items[at - begin]!;
    }
  }
  return items;
}
