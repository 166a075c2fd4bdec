import type { ScenarioCard } from '../../shared/protocol/messages.ts';
import { LIBRARY } from '../../shared/scenario/library/library.ts';

/** The library as the lists show it. */
export function scenarioCards(): readonly ScenarioCard[] {
  return LIBRARY.map(({ id, title, summary, level }) => ({ id, title, summary, level }));
}
