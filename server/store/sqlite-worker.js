/*
 * One SQLite connection on a thread of its own, so that waiting for the disk never stops the event loop.
 * It runs statements in the order they come and knows nothing of what they mean.
 * Plain JavaScript, because Node starts it as a file and a thread is not served by the bundler's loader.
 */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';

/** Null: it was given up, and the next statement opens another. */
let database = opened(workerData.file);

function opened(file) {
  try {
    const database = new Database(file);
    // First of all: another process may be at the same file from its first moment on.
    database.exec('PRAGMA busy_timeout = 5000');
    database.prepare('PRAGMA journal_mode = WAL').all();
    // In WAL mode only FULL waits for the disk at every commit: what is acknowledged outlives a power cut.
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA foreign_keys = ON');
    return database;
  } catch (error) {
    // An error of the library's own kind loses its message on the way to another thread.
    throw new Error(`${file}: ${error.message}`, { cause: error });
  }
}

/** Statements are few and recur; the map drops its oldest so that odd ones cannot fill it. */
const prepared = new Map();
const MOST_PREPARED = 200;

function prepare(sql) {
  let statement = prepared.get(sql);
  if (!statement) {
    database ??= opened(workerData.file);
    statement = database.prepare(sql);
    if (prepared.size >= MOST_PREPARED) prepared.delete(prepared.keys().next().value);
    prepared.set(sql, statement);
  }
  return statement;
}

/**
 * A statement that another process kept waiting for too long is left half done by the library: it is in the
 * way of every COMMIT to come, and nothing but running it to its end would have it out. So the connection
 * goes, and with it whatever it has begun.
 */
function giveUp() {
  prepared.clear();
  if (database?.inTransaction) database.exec('ROLLBACK');
  database?.close();
  database = null;
}

parentPort.on('message', ({ id, sql, parameters }) => {
  if (sql === null) {
    prepared.clear();
    database?.close();
    parentPort.postMessage({ id, rows: [], changes: 0 });
    parentPort.close();
    return;
  }
  try {
    const statement = prepare(sql);
    if (statement.reader) {
      parentPort.postMessage({ id, rows: statement.all(parameters), changes: 0 });
    } else {
      parentPort.postMessage({ id, rows: [], changes: statement.run(parameters).changes });
    }
  } catch (error) {
    if (error.code?.startsWith('SQLITE_BUSY')) giveUp();
    parentPort.postMessage({ id, error: { message: error.message, code: error.code ?? '' } });
  }
});
