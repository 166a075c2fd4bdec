import type { Holder } from './seats.ts';

/** The skill with which a bot plays this seat, its own or one that is lent to it; null: no bot plays here. */
export function botSkill(holder: Holder): number | null {
  if (holder.kind === 'bot') return holder.skill;
  // Whoever is away finds that nothing was spoilt for them.
  return holder.kind === 'player' && holder.away ? 1 : null;
}

/** Whether a person sits here and is not away. */
export function isPerson(holder: Holder): boolean {
  return holder.kind === 'player' && !holder.away;
}
