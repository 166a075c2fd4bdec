import type { MisconceptionCount } from '../table/misconception-count.ts';
import type { MisconceptionCode } from '../tcp/verdict.ts';
import type { Poll } from './poll.ts';

/** What the first votes betray: nobody had talked to anybody yet. There is no segment to look at. */
export function pollMisconceptions(polls: readonly Poll[]): readonly MisconceptionCount[] {
  const voters = new Map<MisconceptionCode, string[]>();
  for (const { question, first } of polls) {
    for (const [player, vote] of Object.entries(first)) {
      const code = question.choices.find(({ id }) => id === vote)?.misconception;
      if (code) voters.set(code, [...(voters.get(code) ?? []), player]);
    }
  }
  return [...voters].map(([code, players]) => ({
    code,
    people: new Set(players).size,
    times: players.length,
    seen: [],
  }));
}
