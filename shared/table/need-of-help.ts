import type { TableMini } from './types.ts';

/** One may think about an answer for so long without being in trouble, virtual ms. */
const PATIENCE_MS = 20_000;
/** A wrong try at the answer that is open, and a wrong answer of before, weigh as much as so much waiting, virtual ms. */
const ATTEMPT_MS = 30_000;
const WRONG_MS = 10_000;
/** Waiting is told in steps of this, so that the order of the tables does not change with every second. */
const STEP_MS = 15_000;

/**
 * How much a table needs help at a virtual instant of its own; more is more. Counts what people owe and for how long, what they have tried
 * in vain, and, when a table stopped because nothing could happen any more, that. One that has ended as it should needs none (−1).
 */
export function needOfHelp(mini: TableMini, nowMs: number): number {
  if (mini.phase === 'ended') return mini.endedBy === 'stuck' ? 0 : -1;
  const waited = mini.waits.map(({ sinceMs }) => Math.max(0, nowMs - sinceMs - PATIENCE_MS));
  const waiting = Math.floor(Math.max(0, ...waited) / STEP_MS) * STEP_MS;
  const { attempts, wrong } = mini;
  const tried = (attempts.client + attempts.server) * ATTEMPT_MS;
  return waiting + tried + (wrong.client + wrong.server) * WRONG_MS;
}
