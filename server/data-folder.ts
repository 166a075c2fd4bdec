import { mkdirSync, rmdirSync, mkdtempSync } from 'node:fs';
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
    return ok(null);
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? code;
    return refuse(
      `The data folder ${dir} cannot be written (${reason}). Choose another one with --data FOLDER or DATA_DIR.`,
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'read-only file system',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'part of the path is a file',
  ENOSPC: 'no space left',
  EDQUOT: 'no space left',
};
