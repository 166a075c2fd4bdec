import type { Side } from '../../../shared/scenario/types.ts';
import type { TableMini } from '../../../shared/table/mini.ts';

/** Waiting is told in steps of this, so that the order of the tables does not change with every second. */
const STEP_MS = 15_000;
/** One owes an answer for a while without being in trouble: virtual ms. */
const PATIENCE_MS = 20_000;
/** A further wrong try at the answer that is open weighs as much as this much waiting. */
const ATTEMPT_MS = 20_000;

/** Who owes an answer for longest, and since when (virtual ms). */
export function owing(mini: TableMini): { readonly side: Side; readonly sinceMs: number } | null {
  const { client, server } = mini.owesSinceMs;
  if (client === null && server === null) return null;
  if (server === null || (client !== null && client <= server))
    return { side: 'client', sinceMs: client ?? 0 };
  return { side: 'server', sinceMs: server };
}

/**
 * How much a table needs help at a virtual instant of its own: more is more, 0 is not at all. What was wrong
 * and has been put right does not count: whoever stumbled once would need help for ever.
 */
export function needOfHelp(mini: TableMini, nowMs: number): number {
  if (mini.phase === 'ended') return 0;
  const since = owing(mini)?.sinceMs ?? nowMs;
  const waiting = Math.floor(Math.max(0, nowMs - since - PATIENCE_MS) / STEP_MS) * STEP_MS;
  const again = Math.max(0, mini.attempts.client - 1) + Math.max(0, mini.attempts.server - 1);
  return waiting + again * ATTEMPT_MS;
}

/** How many answers were wrong, right in the end or not. */
export const wrongAnswers = ({ wrong }: TableMini): number => wrong.client + wrong.server;
