import type { Conditions } from './conditions.ts';
import { dueOf } from './fate.ts';
import type { Fate } from './fate.ts';

/** One direction of the link. Two directions are two of these. Plain JSON. */
export interface Wire {
  readonly conditions: Conditions;
  /** From 1; each change counts one up, and every fate carries the version it was drawn from. */
  readonly conditionsVersion: number;
  /** Segments that this direction was given so far. */
  readonly sent: number;
  /** How the last roll for loss went; null: no roll yet under this kind of loss. */
  readonly lastLost: boolean | null;
  /** When each segment still inside leaves it, virtual ms before rounding, ascending. */
  readonly queue: readonly number[];
}

export function newWire(conditions: Conditions): Wire {
  return { conditions, conditionsVersion: 1, sent: 0, lastLost: null, queue: [] };
}

/**
 * Replaces the conditions, all of them. What is inside keeps its due time; under a rate, what comes later
 * queues behind it. A run of losses goes on unless loss itself was changed.
 */
export function setConditions(wire: Wire, conditions: Conditions): Wire {
  const { lossPct, burstSegments } = wire.conditions;
  const sameLoss = conditions.lossPct === lossPct && conditions.burstSegments === burstSegments;
  return {
    conditions,
    conditionsVersion: wire.conditionsVersion + 1,
    sent: wire.sent,
    lastLost: sameLoss ? wire.lastLost : null,
    queue: wire.queue,
  };
}

/** Cutting the cable takes with it whatever was inside. */
export function purge(wire: Wire): Wire {
  return { ...wire, queue: [] };
}

/**
 * The wire after a segment with this fate was sent at `nowMs`. It reads the fate alone, so a log is replayed
 * without drawing again.
 */
export function wireAfter(wire: Wire, fate: Fate, nowMs: number): Wire {
  return {
    conditions: wire.conditions,
    conditionsVersion: wire.conditionsVersion,
    sent: fate.n,
    lastLost: rolledLoss(fate.rolls) ?? wire.lastLost,
    queue: queueAfter(wire.queue, fate.copies, nowMs),
  };
}

function queueAfter(queue: Wire['queue'], copies: Fate['copies'], nowMs: number): Wire['queue'] {
  const isInside = (due: number): boolean => due > nowMs;
  const stay = queue.every(isInside) ? queue : queue.filter(isInside);
  // One that was sent past the queue is out already.
  const come = copies.map(dueOf).filter(isInside);
  return come.length === 0 ? stay : [...stay, ...come].sort((a, b) => a - b);
}

/** The copy's roll came last. */
function rolledLoss({ loss, lossBelow, copyLoss, copyLossBelow }: Fate['rolls']): boolean | null {
  if (copyLoss !== undefined && copyLossBelow !== undefined) return copyLoss < copyLossBelow;
  return loss === undefined || lossBelow === undefined ? null : loss < lossBelow;
}
