import type { Refusal } from '../../shared/refusals.ts';
import type { Result } from '../../shared/result.ts';
import type { Entry } from '../../shared/table/entry.ts';
import type { Seats } from '../../shared/table/seats.ts';

/**
 * What its round wants of a table. A table follows its round: this is enough to open it and to bring it into
 * line.
 */
export interface Plan {
  readonly opening: Entry;
  readonly seats: Seats;
  /** Virtual ms per ms; 0: paused. */
  readonly rate: number;
  /** The round's time limit, virtual ms since its start; null: none. */
  readonly endsAfterMs: number | null;
  readonly ended: boolean;
}

/** Refuses with `table/not-found` or `table/not-started`. */
export type Plans = (tableId: string) => Promise<Result<Plan, Refusal>>;
