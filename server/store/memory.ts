import type { AppendOutcome, LogStore } from './log-store.ts';

/** Keeps logs in memory: for tests, and as the plainest statement of what a log store does. */
export class MemoryLog<E> implements LogStore<E> {
  #streams = new Map<string, string[]>();
  /** Entries that fit in all; more are `storage-full`. */
  capacity: number = Infinity;

  async append(stream: string, expectedVersion: number, entries: readonly E[]): Promise<AppendOutcome> {
    const kept = this.#streams.get(stream) ?? [];
    if (kept.length !== expectedVersion) return 'conflict';
    const size = [...this.#streams.values()].reduce((sum, log) => sum + log.length, 0);
    if (size + entries.length > this.capacity) return 'storage-full';
    // As text, so that nobody keeps a hand on what is in the log.
    this.#streams.set(stream, [...kept, ...entries.map((entry) => JSON.stringify(entry))]);
    return 'ok';
  }

  async read(stream: string, from = 0): Promise<E[]> {
    return (this.#streams.get(stream) ?? []).slice(from).map((text) => JSON.parse(text) as E);
  }
}
