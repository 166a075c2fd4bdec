import type { Refusal } from '../../shared/refusals.ts';
import { StorageBusyError } from './storage-busy-error.ts';
import { StorageFullError } from './storage-full-error.ts';

/** What is told when something failed: that nothing could be written just now, or else that it is a fault. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof StorageFullError) return { code: 'server/storage-full' };
  if (error instanceof StorageBusyError) return { code: 'server/busy' };
  return { code: 'server/fault' };
}
