import type { Scenario } from '../scenario/types.ts';
import type { Round } from './round.ts';

/** Finds the scenario of a round; undefined: there is none by that id. */
export type ScenarioById = (id: string) => Scenario | undefined;

/**
 * Whether a round is an exam that is not over. All its tables play the same scenario with the same seed: what
 * one of them has come to would tell all the others what is right.
 */
export function isSealed({ phase, scenarioId }: Round, scenarioById: ScenarioById | undefined): boolean {
  return phase !== 'ended' && scenarioById?.(scenarioId)?.level === 'exam';
}
