import { chmodSync, mkdirSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../shared/result.ts';

/**
 * Creates the folder, for its owner alone, and sees that it can be written; a refusal is one line for the
 * user.
 */
export function openDataFolder(dir: string): Result<null, string> {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    // Trying is the only way to know: permission bits say nothing of read-only mounts, quotas or full disks.
    rmdirSync(mkdtempSync(join(dir, '.probe-')));
    for (const name of DATABASE) closeToOthers(join(dir, name));
    return ok(null);
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? code;
    return refuse(
      `The data folder ${dir} cannot be written (${reason}). Choose another one with --data FOLDER or DATA_DIR.`,
    );
  }
}

/** The file and, as long as it is open or after a crash, what SQLite keeps beside it. */
const DATABASE = ['lab.sqlite', 'lab.sqlite-wal', 'lab.sqlite-shm'];

/**
 * Earlier releases left the database for anybody to read. Its group keeps what it may: somebody may have given
 * it that, for backups.
 */
function closeToOthers(file: string): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & OTHERS) === 0) return;
  try {
    chmodSync(file, mode & 0o7777 & ~OTHERS);
  } catch {
    // It is another user's, or on a disk that knows no owners.
  }
}

const OTHERS = 0o007;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'read-only file system',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'part of the path is a file',
  ENOSPC: 'no space left',
  EDQUOT: 'no space left',
};
