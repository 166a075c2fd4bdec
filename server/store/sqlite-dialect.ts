import { Worker } from 'node:worker_threads';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { DuplicateKeyError } from './duplicate-key-error.ts';
import { StorageBusyError } from './storage-busy-error.ts';
import { StorageFullError } from './storage-full-error.ts';

interface Reply {
  readonly id: number;
  readonly rows?: unknown[];
  readonly changes?: number;
  readonly error?: { readonly message: string; readonly code: string };
}

/** Who is told of what happens to a database. */
export interface DatabaseWatcher {
  /** Its thread has ended though nobody closed it; nothing is written any more. */
  readonly onlost?: ((error: Error) => void) | undefined;
  /** Something could not be written for want of room. */
  readonly onfull?: () => void;
}

/** Kysely over SQLite on a worker thread. `file` may be `:memory:`. */
export function sqliteDialect(file: string, watcher: DatabaseWatcher = {}): Dialect {
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => new WorkerDriver(file, watcher),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class Adapter extends SqliteAdapter {
  /** SQLite undoes CREATE TABLE as it does anything else, so a migration that fails leaves nothing behind. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class WorkerDriver implements Driver {
  readonly #file: string;
  readonly #watcher: DatabaseWatcher;
  #connection: WorkerConnection | null = null;
  /** Settles when whoever has the only connection gives it back. */
  #free: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(file: string, watcher: DatabaseWatcher) {
    this.#file = file;
    this.#watcher = watcher;
  }

  async init(): Promise<void> {
    this.#connection = new WorkerConnection(this.#file, this.#watcher);
  }

  /** One at a time, so that nobody's statement slips into somebody else's transaction. */
  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#free;
    let release: () => void = () => {};
    this.#free = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    if (!this.#connection) {
      release();
      throw new Error('the database is closed');
    }
    this.#release = release;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as WorkerConnection).run('begin immediate');
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as WorkerConnection).run('commit');
  }

  /**
   * A full disk, among others, has SQLite roll back by itself; then there is nothing left to undo, and what
   * went wrong is told as it was.
   */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as WorkerConnection).run('rollback').catch((error: unknown) => {
      if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error;
    });
  }

  /** Waits for its turn like any statement: what was asked before is done, what waits behind it is told. */
  async destroy(): Promise<void> {
    const connection = (await this.acquireConnection()) as WorkerConnection;
    this.#connection = null;
    try {
      await connection.close();
    } finally {
      this.#release();
    }
  }
}

class WorkerConnection implements DatabaseConnection {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  #asked = 0;
  #broken: Error | null = null;
  #closing = false;
  readonly #exited: Promise<void>;

  constructor(file: string, { onlost, onfull }: DatabaseWatcher) {
    this.#worker = new Worker(new URL('./sqlite-worker.js', import.meta.url), {
      workerData: { file },
      execArgv: [], // what Node was started with concerns the main thread's program
    });
    this.#worker.on('message', (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if (reply.error) {
        const error = asError(reply.error);
        if (error instanceof StorageFullError) onfull?.();
        waiting?.reject(error);
      } else waiting?.resolve(reply);
    });
    this.#worker.on('error', (error) =>
      this.#break(error instanceof Error ? error : new Error(String(error))),
    );
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#break(new Error('the database thread has stopped'));
        if (!this.#closing && this.#broken) onlost?.(this.#broken);
        resolve();
      });
    });
  }

  #break(error: Error): void {
    this.#broken ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#broken);
    this.#waiting.clear();
  }

  #ask(sql: string | null, parameters: readonly unknown[]): Promise<Reply> {
    if (this.#broken) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      const id = ++this.#asked;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, sql, parameters });
    });
  }

  async run(sql: string): Promise<void> {
    await this.#ask(sql, []);
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const reply = await this.#ask(sql, parameters);
    return { rows: (reply.rows ?? []) as R[], numAffectedRows: BigInt(reply.changes ?? 0) };
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported');
  }

  /**
   * The thread ends by itself: cut short within a statement, its native code would abort the whole process.
   */
  async close(): Promise<void> {
    this.#closing = true;
    if (!this.#broken) await this.#ask(null, []);
    await this.#exited;
  }
}

function asError({ message, code }: { message: string; code: string }): Error {
  // SQLITE_IOERR_WRITE is what a file size limit or a quota looks like.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE') return new StorageFullError(message);
  if (code.startsWith('SQLITE_BUSY')) return new StorageBusyError(message);
  if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE') {
    return new DuplicateKeyError(message);
  }
  return Object.assign(new Error(message), { code });
}
