import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import type { LogStore } from './log-store.ts';
import { Turns } from './turns.ts';

/** How entries make a state. */
export interface Fold<S, E> {
  /** From the whole log, brought to epoch ms `at`. */
  readonly replay: (log: readonly E[], at: number) => S;
  /** One entry more, not stamped earlier than the instant the state was brought to. */
  readonly evolve: (state: S, entry: E) => S;
}

/** What a log has come to, kept in memory. */
export interface Live<S> {
  readonly id: string;
  state: S;
  version: number;
  /** The instant the state was brought to, epoch ms: at least the last entry's. */
  at: number;
}

/** What is to be added to a log, and the state with it. */
export interface Change<S, E> {
  readonly entries: readonly E[];
  readonly state: S;
}

/** How often a command is decided again because another node was faster. */
const ATTEMPTS = 10;

/**
 * The states of the logs in use. A change is decided on the state in memory, appended, and only then seen by
 * anyone; when another node has appended first, the entries not yet known are read and it is decided again.
 * All work on one log goes through `turn`, one piece at a time.
 */
export class LiveLogs<S, E extends { readonly at: number }> {
  readonly #log: LogStore<E>;
  readonly #fold: Fold<S, E>;
  readonly #live = new Map<string, Live<S>>();
  readonly #turns = new Turns();

  constructor(log: LogStore<E>, fold: Fold<S, E>) {
    this.#log = log;
    this.#fold = fold;
  }

  turn<T>(id: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(id, work);
  }

  /** What is in memory; within a turn it is right unless another node has appended. */
  peek(id: string): Live<S> | undefined {
    return this.#live.get(id);
  }

  /** Within a turn. Null: there is no such log. */
  async load(id: string, now: number): Promise<Live<S> | null> {
    return this.#live.get(id) ?? this.#reload(id, now);
  }

  /** Within a turn: begins a log. One that exists already stays as it is. */
  async open(id: string, entries: readonly E[], now: number): Promise<Result<Live<S>, Refusal>> {
    const outcome = await this.#log.append(id, 0, entries);
    if (outcome === 'storage-full') return refuse({ code: 'server/storage-full' });
    if (outcome === 'conflict') {
      const live = await this.load(id, now);
      if (!live) throw new Error(`the log of ${id} is neither there nor not`);
      return ok(live);
    }
    return ok(this.#keep(id, entries, now));
  }

  /** Resolves when it is worth deciding: what is asked for until then can be written together. */
  ready(): Promise<void> {
    return this.#log.ready?.() ?? Promise.resolve();
  }

  /** Within a turn: decides, appends, and brings the state up to date. `decide` may be asked again. */
  change(
    live: Live<S>,
    decide: (live: Live<S>) => Result<readonly E[], Refusal>,
  ): Promise<Result<null, Refusal>> {
    return this.commit(live, () => {
      const decided = decide(live);
      if (!decided.ok) return decided;
      const entries = decided.value;
      return ok({ entries, state: entries.reduce(this.#fold.evolve, live.state) });
    });
  }

  /** The same for one who knows what the entries make of the state. */
  async commit(
    live: Live<S>,
    decide: (live: Live<S>) => Result<Change<S, E>, Refusal>,
  ): Promise<Result<null, Refusal>> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const decided = decide(live);
      if (!decided.ok) return decided;
      const { entries, state } = decided.value;
      const last = entries.at(-1);
      if (!last) return ok(null);
      const outcome = await this.#append(live, entries);
      if (outcome === 'storage-full') return refuse({ code: 'server/storage-full' });
      if (outcome === 'ok') {
        live.state = state;
        live.at = Math.max(live.at, last.at);
        live.version += entries.length;
        return ok(null);
      }
      await this.#catchUp(live);
    }
    return refuse({ code: 'server/busy' });
  }

  /** Takes a log out of memory, unless somebody is at it. True if it is out. */
  forget(id: string): boolean {
    if (this.#turns.busy(id)) return false;
    this.#live.delete(id);
    return true;
  }

  ids(): Iterable<string> {
    return this.#live.keys();
  }

  /** Resolves once all turns are over. */
  idle(): Promise<void> {
    return this.#turns.idle();
  }

  async #append(live: Live<S>, entries: readonly E[]) {
    try {
      return await this.#log.append(live.id, live.version, entries);
    } catch (error) {
      // Not known whether it was kept: the next one to come reads what there is.
      this.#live.delete(live.id);
      throw error;
    }
  }

  async #catchUp(live: Live<S>): Promise<void> {
    const entries = await this.#log.read(live.id, live.version);
    const first = entries[0];
    if (first && first.at >= live.at) {
      this.#add(live, entries);
      return;
    }
    // Brought further than the other node was when it appended: what time brought must be worked out again.
    const all = await this.#log.read(live.id);
    live.at = Math.max(live.at, all.at(-1)?.at ?? 0);
    live.state = this.#fold.replay(all, live.at);
    live.version = all.length;
  }

  #add(live: Live<S>, entries: readonly E[]): void {
    for (const entry of entries) {
      live.state = this.#fold.evolve(live.state, entry);
      live.at = Math.max(live.at, entry.at);
    }
    live.version += entries.length;
  }

  async #reload(id: string, now: number): Promise<Live<S> | null> {
    const entries = await this.#log.read(id);
    return entries.length === 0 ? null : this.#keep(id, entries, now);
  }

  #keep(id: string, entries: readonly E[], now: number): Live<S> {
    const at = Math.max(now, entries.at(-1)?.at ?? 0);
    const live = { id, state: this.#fold.replay(entries, at), version: entries.length, at };
    this.#live.set(id, live);
    return live;
  }
}
