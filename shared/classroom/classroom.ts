import type { Player } from './player.ts';
import type { Poll } from './poll.ts';
import type { RosterEntry } from './roster-entry.ts';
import type { Round } from './round.ts';
import type { Screen } from './screen.ts';
import type { ClassroomSettings } from './settings.ts';

/** `classroom = replay(log, now)`. */
export interface Classroom {
  readonly id: string;
  readonly code: string;
  readonly secret: string | null;
  readonly kind: 'class' | 'practice';
  readonly owner: string | null;
  readonly version: number;
  readonly locked: boolean;
  readonly closed: boolean;
  readonly settings: ClassroomSettings;
  readonly roster: readonly RosterEntry[];
  readonly players: readonly Player[];
  readonly rounds: readonly Round[];
  readonly screen: Screen;
  /** The newest is the one that may be open. */
  readonly polls: readonly Poll[];
  readonly commands: ReadonlySet<string>;
}
