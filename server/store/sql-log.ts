import { CompiledQuery, type Kysely } from 'kysely';
import { DuplicateKeyError } from './duplicate-key-error.ts';
import type { AppendOutcome, LogStore } from './log-store.ts';
import type { Schema } from './schema.ts';
import { StorageFullError } from './storage-full-error.ts';

interface Waiting {
  readonly stream: string;
  readonly version: number;
  readonly entries: string;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Rows of one INSERT at most: three parameters each, and SQLite takes 32,766. */
const MOST_ROWS = 1000;

/**
 * Logs in the table `log`, one row for each append. What is appended in one turn of the event loop, or while the
 * commit before is under way, is written by one INSERT: one wait for the disk for all of them.
 */
export class SqlLog<E> implements LogStore<E> {
  readonly #db: Kysely<Schema>;
  #waiting: Waiting[] = [];
  #busy = false;
  /** What opens to those who wait for the next group. */
  #gate: { readonly opened: Promise<void>; readonly open: () => void } | null = null;
  /** The INSERT of so many rows, as SQL. */
  readonly #inserts = new Map<number, string>();

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  append(stream: string, expectedVersion: number, entries: readonly E[]): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        stream,
        version: expectedVersion,
        entries: JSON.stringify(entries),
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
    const rows = await this.#db
      .selectFrom('log')
      .select('entries')
      .where('stream', '=', stream)
      .where('version', '>=', from)
      .orderBy('version')
      .execute();
    return rows.flatMap((row) => JSON.parse(row.entries) as E[]);
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
      else await this.#insertWhatFits(group);
    } catch (error) {
      for (const one of group) {
        if (error instanceof StorageFullError) one.resolve('storage-full');
        else one.reject(error);
      }
    }
  }

  /** False: one of them did not fit, and none was inserted. To be told of each row that it is there takes longer than to write it. */
  async #insertAll(group: readonly Waiting[]): Promise<boolean> {
    const parameters = group.flatMap(({ stream, version, entries }) => [stream, version, entries]);
    try {
      await this.#db.executeQuery(CompiledQuery.raw(this.#insertOf(group.length), parameters));
      return true;
    } catch (error) {
      if (error instanceof DuplicateKeyError) return false;
      throw error;
    }
  }

  /** Another node was faster with one of them, or two of them are for the same place. */
  async #insertWhatFits(group: readonly Waiting[]): Promise<void> {
    const inserted = await this.#db
      .insertInto('log')
      .values(group.map(({ stream, version, entries }) => ({ stream, version, entries })))
      .onConflict((conflict) => conflict.doNothing())
      .returning(['stream', 'version'])
      .execute();
    const won = new Set(inserted.map((row) => key(row.stream, row.version)));
    // Of two in the same group the first one was inserted: `delete` lets only it win.
    for (const one of group) one.resolve(won.delete(key(one.stream, one.version)) ? 'ok' : 'conflict');
  }

  /** To compile an INSERT of many rows takes longer than to carry it out: each size is compiled once. */
  #insertOf(rows: number): string {
    let insert = this.#inserts.get(rows);
    if (insert === undefined) {
      insert = this.#db
        .insertInto('log')
        .values(Array.from({ length: rows }, () => ({ stream: '', version: 0, entries: '' })))
        .compile().sql;
      this.#inserts.set(rows, insert);
    }
    return insert;
  }
}

function key(stream: string, version: number): string {
  return `${version} ${stream}`;
}
