import type { Phase } from '../table/phase.ts';
import type { SeatName } from '../table/seats.ts';
import type { PersonView } from './person-view.ts';
import type { PollView } from './poll.ts';

/** What a student's device knows of the classroom. */
export interface StudentClassroomView {
  readonly classroomId: string;
  readonly at: number;
  readonly kind: 'class' | 'practice';
  readonly code: string;
  readonly locked: boolean;
  readonly closed: boolean;
  readonly me: PersonView;
  readonly people: readonly PersonView[];
  /**
   * The round in which this student has a seat (the one that is going on, or else the newest), and who sits
   * with them.
   */
  readonly round: {
    readonly id: string;
    readonly scenarioId: string;
    readonly phase: Phase;
    readonly tableId: string;
    readonly seat: SeatName;
    readonly mates: Readonly<Partial<Record<SeatName, string /* name, or 'bot' */>>>;
  } | null;
  /** A round is going on in which this student has no seat. */
  readonly waiting?: true;
  /** The open poll, with this student's own votes; null: none. */
  readonly poll: (PollView & { readonly mine: string | null; readonly mineFirst: string | null }) | null;
}
