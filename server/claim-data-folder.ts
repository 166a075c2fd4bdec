import { join } from 'node:path';
import Database from 'libsql';
import { ok, refuse, type Result } from '../shared/result.ts';

/** A lab that is about to stop has it a little longer than that: see `serve`. */
const WAIT_MS = 10_000;
const AGAIN_MS = 100;

/** One that nobody holds on to would be closed at some time. */
const held = new Set<Database.Database>();

/**
 * Makes the folder this process's own, until it calls what it is given or ends, however it ends: SQLite's lock
 * of a file goes with its process. Two labs at one folder lose nothing, but neither hears of what is said at
 * the other, and each has bots play for those who are at the other. `say` is told why it takes a while.
 */
export async function claimDataFolder(
  dir: string,
  say: (line: string) => void = console.error,
  waitMs: number = WAIT_MS,
): Promise<Result<() => void, string>> {
  const elsewhere = 'choose another folder with --data FOLDER or DATA_DIR.';
  const file = join(dir, 'lab.lock');
  let said = false;
  for (const until = performance.now() + waitMs; ;) {
    const lock = lockFile(file);
    if (typeof lock === 'string') return refuse(`The file ${file} cannot be locked (${lock}): ${elsewhere}`);
    if (lock !== null) {
      held.add(lock);
      return ok(() => {
        held.delete(lock);
        lock.close();
      });
    }
    if (performance.now() >= until) {
      return refuse(
        `The data folder ${dir} is used by a lab that is running. Stop that one, or ${elsewhere}`,
      );
    }
    if (!said) say(`The data folder ${dir} is used by another lab. Waiting for that one to stop …`);
    said = true;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Null: somebody else has it. A text: why it cannot be had at all, such as another owner. */
function lockFile(file: string): Database.Database | string | null {
  let lock: Database.Database | null = null;
  try {
    lock = new Database(file);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    const { code, message } = error as { code?: string; message: string };
    return code === 'SQLITE_BUSY' ? null : message;
  }
}
