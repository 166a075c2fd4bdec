import type { Holder, Phase, SeatName, Seats } from '../table/types.ts';

// A miniature is a table's; it stands here for whoever shows a classroom.
export type { TableMini } from '../table/types.ts';

/** One person of a classroom, as the log keeps it. */
export interface Player {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the rejoin token, hex. */
  readonly tokenHash: string;
  readonly removed: boolean;
  /** Factor on this player's time; null: no limit. */
  readonly extraTime: 1 | 1.25 | 1.5 | 2 | null;
}

/** How a round seats people: two to a table with the link a bot's (or quiet), three, four with a referee, or one with bots. */
export type Seating = 'pairs' | 'triples' | 'fours' | 'alone';

export interface RoundTable {
  readonly tableId: string;
  readonly seats: Seats;
}

/** One graded practice: the same scenario at every table. */
export interface Round {
  readonly id: string;
  readonly scenarioId: string;
  readonly seating: Seating;
  /** Every table's seed: the same segments are lost at all of them. */
  readonly seed: string;
  readonly tables: readonly RoundTable[];
  readonly phase: Phase;
  readonly rate: number;
  /** Epoch ms; the tables are opened as of this instant, so that opening one twice gives the same entry. */
  readonly preparedAt: number;
  readonly startedAt: number | null;
}

export type ClassroomCommand =
  | { readonly type: 'rename'; readonly player: string; readonly name: string }
  | { readonly type: 'remove'; readonly player: string }
  | { readonly type: 'lock'; readonly locked: boolean }
  /** Draws up a round: everyone here is seated, free seats become bots; may be changed until it starts. */
  | { readonly type: 'prepare-round'; readonly scenarioId: string; readonly seating: Seating }
  | { readonly type: 'seat'; readonly tableId: string; readonly seat: SeatName; readonly holder: Holder }
  | { readonly type: 'start-round' }
  | { readonly type: 'set-clock'; readonly rate: number }
  | { readonly type: 'end-round' }
  | { readonly type: 'close' };

/** On every entry: when (epoch ms, server), by whom (absent: the lab), for which command. */
export interface Stamp {
  readonly at: number;
  readonly by?: string;
  readonly cmd?: string;
}

export type ClassroomEntry = Stamp &
  (
    | {
        readonly type: 'classroom-opened';
        readonly classroom: string;
        readonly code: string;
        /** `practice`: one person with bots, no instructor, no code. */
        readonly kind: 'class' | 'practice';
        /** Instructor's id; null for practice. */
        readonly owner: string | null;
      }
    | {
        readonly type: 'player-joined';
        readonly player: string;
        readonly name: string;
        readonly tokenHash: string;
      }
    | { readonly type: 'player-renamed'; readonly player: string; readonly name: string }
    | { readonly type: 'player-removed'; readonly player: string }
    | { readonly type: 'lock-set'; readonly locked: boolean }
    | {
        readonly type: 'round-prepared';
        readonly round: string;
        readonly scenarioId: string;
        readonly seating: Seating;
        readonly seed: string;
        readonly tables: readonly RoundTable[];
      }
    | {
        readonly type: 'seat-assigned';
        readonly tableId: string;
        readonly seat: SeatName;
        readonly holder: Holder;
      }
    | { readonly type: 'round-started' }
    | { readonly type: 'round-clock-set'; readonly rate: number }
    | { readonly type: 'round-ended' }
    | { readonly type: 'classroom-closed' }
  );

/** `classroom = replay(log)`. */
export interface Classroom {
  readonly id: string;
  readonly code: string;
  readonly kind: 'class' | 'practice';
  readonly owner: string | null;
  readonly version: number;
  readonly locked: boolean;
  readonly closed: boolean;
  readonly players: readonly Player[];
  readonly rounds: readonly Round[];
  readonly commands: ReadonlySet<string>;
}

/** A person as others may see them. `here`: a socket of theirs is connected now. */
export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly here: boolean;
}

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
  /** The round in which this student has a seat (the newest), and who sits with them. */
  readonly round: {
    readonly id: string;
    readonly scenarioId: string;
    readonly phase: Phase;
    readonly tableId: string;
    readonly seat: SeatName;
    readonly mates: Readonly<Partial<Record<SeatName, string /* name, or 'bot' */>>>;
  } | null;
}

/** What the instructor's page knows of the classroom; the minis come beside it. */
export interface TeacherClassroomView {
  readonly classroomId: string;
  readonly at: number;
  readonly code: string;
  readonly joinUrl: string;
  readonly locked: boolean;
  readonly closed: boolean;
  readonly people: readonly (PersonView & { readonly extraTime: 1 | 1.25 | 1.5 | 2 | null })[];
  readonly rounds: readonly Round[];
}
