import type { Holder } from './seats.ts';

/**
 * Whether two holders of a seat are the same, in the eyes of a round: whether its owner is away for a while
 * does not matter to it.
 */
export function sameHolder(a: Holder, b: Holder): boolean {
  if (a.kind === 'player') return b.kind === 'player' && a.id === b.id && a.time === b.time;
  if (a.kind === 'bot') return b.kind === 'bot' && a.skill === b.skill;
  return b.kind === 'empty';
}
