import type { RefusalCode } from '../../shared/refusals.ts';

/** Refusals of a moment: the same is asked again a little later. */
const PASSING: readonly RefusalCode[] = ['server/busy', 'server/fault', 'message/too-fast'];

export function isPassing(code: RefusalCode): boolean {
  return PASSING.includes(code);
}
