import type { Kysely } from 'kysely';
import { LogRows, type LogRow } from './log-rows.ts';
import type { AppendOutcome, LogStore } from './log-store.ts';
import type { Schema } from './schema.ts';
import { StorageFullError } from './storage-full-error.ts';

interface Waiting extends LogRow {
  /** How many entries it adds. */
  readonly count: number;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Rows of one INSERT at most: four parameters each, and SQLite takes 32,766. */
const MOST_ROWS = 1000;

/**
 * So many rows are listed at a time: it takes 2 to 8 ms (of 50 to 1000 streams), and to look through as many
 * that are not listed 1.5.
 */
const ROWS_A_LISTING = 4000;

/** Streams whose lengths are remembered: more than play in a day. */
const MOST_LENGTHS = 20_000;

/**
 * Logs in SQLite, one row for each append. What is appended in one turn of the event loop, or while the
 * commit before is under way, is written by one INSERT: one wait for the disk for all of them.
 */
export class SqlLog<E> implements LogStore<E> {
  readonly #db: Kysely<Schema>;
  readonly #rows: LogRows;
  readonly #rowsAListing: number;
  #waiting: Waiting[] = [];
  #busy = false;
  /** What opens to those who wait for the next group. */
  #gate: { readonly opened: Promise<void>; readonly open: () => void } | null = null;
  /** How many entries the streams have that were written to, as long as there is no row behind `#last`. */
  readonly #lengths = new Map<string, number>();
  #last: number | null = null;
  #unlisted = 0;

  constructor(db: Kysely<Schema>, rowsAListing = ROWS_A_LISTING) {
    this.#db = db;
    this.#rows = new LogRows(db);
    this.#rowsAListing = rowsAListing;
  }

  append(stream: string, expectedVersion: number, entries: readonly E[]): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        stream,
        version: expectedVersion,
        entries: JSON.stringify(entries),
        count: entries.length,
        resolve,
        reject,
      });
      this.#begin();
    });
  }

  ready(): Promise<void> {
    if (this.#gate === null) {
      let open = (): void => {};
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      this.#gate = { opened, open };
      this.#begin();
    }
    return this.#gate.opened;
  }

  async read(stream: string, from = 0): Promise<E[]> {
    const rows = await this.#rows.read(stream, from);
    return rows.flatMap((entries) => JSON.parse(entries) as E[]);
  }

  /** Lists where the rows are, which makes reading them quick. On a full disk it waits for room. */
  async list(): Promise<void> {
    this.#unlisted = 0;
    if (this.#lengths.size > MOST_LENGTHS) this.#lengths.clear();
    try {
      await this.#rows.list();
    } catch (error) {
      if (!(error instanceof StorageFullError)) throw error;
    }
  }

  #begin(): void {
    if (this.#busy) return;
    this.#busy = true;
    void this.#commitAll();
  }

  async #commitAll(): Promise<void> {
    while (this.#waiting.length > 0 || this.#gate !== null) {
      setImmediate(() => this.#openGate());
      // Behind the gate's: those who waited there have appended by then.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, MOST_ROWS));
    }
    this.#busy = false;
  }

  #openGate(): void {
    this.#gate?.open();
    this.#gate = null;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      if (await this.#insertAll(group)) for (const one of group) one.resolve('ok');
      else {
        const won = await this.#insertWhatFits(group);
        for (const one of group) one.resolve(won.has(one) ? 'ok' : 'conflict');
      }
      if (this.#unlisted >= this.#rowsAListing) await this.list();
    } catch (error) {
      // What was kept of it is not known; the next group asks. Those that were answered stay so.
      this.#last = null;
      for (const one of group) {
        if (error instanceof StorageFullError) one.resolve('storage-full');
        else one.reject(error);
      }
    }
  }

  /** False: one of them does not fit, or another node has written, and none was inserted. */
  async #insertAll(group: readonly Waiting[]): Promise<boolean> {
    if (this.#last === null) return false;
    const fitting = await this.#fit(group, this.#rows);
    return fitting.length === group.length && this.#insert(this.#last, group, this.#rows);
  }

  /**
   * Another node was faster with one of them, or two of them are for the same place: asked while nobody else
   * can write.
   */
  async #insertWhatFits(group: readonly Waiting[]): Promise<ReadonlySet<Waiting>> {
    return this.#db.transaction().execute(async (transaction) => {
      const rows = new LogRows(transaction);
      this.#last = await rows.last();
      this.#lengths.clear();
      const fitting = await this.#fit(group, rows);
      if (fitting.length > 0) await this.#insert(this.#last, fitting, rows);
      return new Set(fitting);
    });
  }

  /** Those that continue their streams, the first of two for the same place. */
  async #fit(group: readonly Waiting[], rows: LogRows): Promise<readonly Waiting[]> {
    const unknown = group.filter(({ stream }) => !this.#lengths.has(stream)).map(({ stream }) => stream);
    if (unknown.length > 0) {
      const lengths = await rows.lengths(unknown);
      for (const stream of unknown) this.#lengths.set(stream, lengths.get(stream) ?? 0);
    }
    const after = new Map<string, number>();
    return group.filter(({ stream, version, count }) => {
      if (version !== (after.get(stream) ?? this.#lengths.get(stream))) return false;
      after.set(stream, version + count);
      return true;
    });
  }

  async #insert(last: number, fitting: readonly Waiting[], rows: LogRows): Promise<boolean> {
    if (!(await rows.insert(last, fitting))) return false;
    this.#last = last + fitting.length;
    for (const { stream, version, count } of fitting) this.#lengths.set(stream, version + count);
    this.#unlisted += fitting.length;
    return true;
  }
}
