import type { ExtraTime } from '../../../shared/table/seats.ts';
import { m } from '../../paraglide/messages.js';

/** From the shortest to no limit at all. */
export const EXTRA_TIMES: readonly ExtraTime[] = [1, 1.25, 1.5, 2, null];

export function extraTimeName(extraTime: ExtraTime): string {
  if (extraTime === null) return m.teach_time_unlimited();
  return extraTime === 1 ? m.teach_time_usual() : m.teach_time_factor({ factor: extraTime });
}
