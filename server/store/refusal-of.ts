import type { Refusal } from '../../shared/refusals.ts';
import { StorageBusyError } from './storage-busy-error.ts';
import { StorageFullError } from './storage-full-error.ts';

/** What is told when nothing could be written just now; null: it is something else, and a fault. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof StorageFullError) return { code: 'server/storage-full' };
  return error instanceof StorageBusyError ? { code: 'server/busy' } : null;
}
