import type { Rubric } from '../scenario/types.ts';
import type { SeatName } from '../table/seats.ts';
import type { Verdict } from '../tcp/verdict.ts';
import type { Credit } from './mark.ts';
import { pointOf } from './point-of.ts';
import { playerAt } from './told.ts';
import type { Told } from './told.ts';

const WORTH = 2;

/** A wrong segment that went past somebody who may call it. */
interface Bait {
  readonly seat: SeatName;
  readonly player: string;
  readonly id: string;
  readonly at: Told;
  /** Where it was called; null: it was not. */
  readonly called: Told | null;
}

/**
 * What the referee's calls, and in a bluff round the ends', are worth: each wrong segment that they saw is
 * one to be called; to call a right one costs as much as a right call gives.
 */
export function gradeCalls(steps: readonly Told[], rubric: Rubric, bluffs: boolean): readonly Credit[] {
  const worth = rubric.call ?? WORTH;
  const wrong = new Set<string>();
  const credits: Credit[] = [];
  let baits: readonly Bait[] = [];

  const pass = (at: Told, seat: SeatName, id: string): void => {
    const player = playerAt(at.holder(seat));
    // Two copies of one segment are one.
    if (player === null || baits.some((bait) => bait.seat === seat && bait.id === id)) return;
    baits = [...baits, { seat, player, id, at, called: null }];
  };
  const call = (at: Told, seat: SeatName, id: string, { verdict, faults }: Verdict): void => {
    const player = playerAt(at.holder(seat));
    if (player === null) return;
    if (verdict === 'wrong') {
      credits.push({ player, seat, point: pointOf(at, 'false-call', -worth, 0, faults[0]?.code ?? null) });
      return;
    }
    baits = baits.map((bait) =>
      bait.seat === seat && bait.id === id && bait.player === player && bait.called === null
        ? { ...bait, called: at }
        : bait,
    );
  };

  for (const at of steps) {
    const { it } = at;
    if (it.kind === 'sent' && it.verdict.verdict === 'wrong') {
      wrong.add(it.id);
      pass(at, 'referee', it.id);
    }
    if (it.kind === 'arrived' && bluffs && wrong.has(it.id)) pass(at, it.side, it.id);
    if (it.kind === 'called-out') call(at, 'referee', it.id, it.verdict);
    if (it.kind === 'bluff-called') call(at, it.side, it.id, it.verdict);
  }
  for (const { player, seat, at, called } of baits) {
    credits.push({ player, seat, point: pointOf(called ?? at, 'call', called ? worth : 0, worth, null) });
  }
  return credits;
}
