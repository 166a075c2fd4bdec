import type { ExtraTime } from '../table/seats.ts';
import type { Alert } from './alert.ts';
import type { PersonView } from './person-view.ts';
import type { TeacherPollView } from './poll.ts';
import type { RoundView } from './round.ts';
import type { Screen } from './screen.ts';
import type { ClassroomSettings } from './settings.ts';

/** What the instructor's page knows of the classroom; the minis come beside it. */
export interface TeacherClassroomView {
  readonly classroomId: string;
  readonly at: number;
  readonly code: string;
  /** With the secret, for the QR code. */
  readonly joinUrl: string;
  readonly locked: boolean;
  readonly closed: boolean;
  readonly people: readonly (PersonView & {
    readonly extraTime: ExtraTime;
    /** Proven by PIN to be this one of the roster. */
    readonly verified: boolean;
    /** No seat in the round that is running. */
    readonly waiting: boolean;
  })[];
  /** Who was removed and may be let back in. */
  readonly removed: readonly { readonly id: string; readonly name: string }[];
  readonly rounds: readonly RoundView[];
  readonly settings: ClassroomSettings;
  /** Who of the roster is not here yet. */
  readonly roster: readonly { readonly name: string; readonly joined: boolean }[];
  readonly screen: Screen;
  readonly poll: TeacherPollView | null;
  readonly alerts: readonly Alert[];
}
