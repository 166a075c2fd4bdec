import type { FaultCode } from '../tcp/verdict.ts';
import type { SeatName } from './seats.ts';

/** Leads to the very answer. */
export interface MisconceptionRef {
  readonly code: FaultCode;
  readonly tableId: string;
  readonly seat: SeatName;
  /** Null: a bot. */
  readonly player: string | null;
  /** Virtual ms. */
  readonly ms: number;
  /** Number of the item in the table's full trace. */
  readonly item: number;
  /** The segment's id, if it went out. */
  readonly segment: string | null;
}

/** How often a misconception (or a plain mistake) showed, and where to look at it. */
export interface MisconceptionCount {
  readonly code: FaultCode;
  /** Different people; bots are not counted. */
  readonly people: number;
  readonly times: number;
  /** The newest first, at most 50. */
  readonly seen: readonly MisconceptionRef[];
}
