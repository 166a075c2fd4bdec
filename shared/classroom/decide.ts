import type { Refusal } from '../refusals.ts';
import type { Result } from '../result.ts';
import type { SeatName } from '../table/types.ts';
import type { Classroom, ClassroomCommand, ClassroomEntry } from './types.ts';

/** What the server asks besides what instructors may: a student comes in; somebody practises alone. */
export type ClassroomAsk =
  | ClassroomCommand
  | { readonly type: 'join'; readonly player: string; readonly name: string; readonly tokenHash: string }
  /** Practice classrooms only: a round of one table, begun at once; a round that runs is ended. */
  | {
      readonly type: 'practise';
      readonly player: string;
      readonly scenarioId: string;
      readonly seat: Extract<SeatName, 'client' | 'server' | 'link'>;
    };

export interface ClassroomAsking {
  /** Epoch ms. */
  readonly now: number;
  /** Who: instructor's or player's id; absent: the lab. */
  readonly by?: string;
  readonly cmd?: string;
  /** Ids of the players whose sockets are connected; `prepare-round` seats these. */
  readonly here: readonly string[];
  /** Chance for a new round, drawn by the caller: its id (the tables are `id-1`, `id-2`, …) and its seed. */
  readonly fresh: { readonly round: string; readonly seed: string };
}

/** What this would add to the classroom's log; no entries if the command (by its id) was accepted before. */
export function decide(
  _classroom: Classroom,
  _ask: ClassroomAsk,
  _asking: ClassroomAsking,
): Result<readonly ClassroomEntry[], Refusal> {
  throw new Error('not yet');
}
