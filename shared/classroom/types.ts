import type { QuestionView } from '../scenario/question-view.ts';
import type { Question, Side, Text } from '../scenario/types.ts';
import type { Clock } from '../table/clock.ts';
import type { Command } from '../table/command.ts';
import type { Phase } from '../table/phase.ts';
import type { ExtraTime, Holder, SeatName, Seats } from '../table/seats.ts';
import type { FaultCode } from '../tcp/verdict.ts';

/** One person of a classroom, as the log keeps it. */
export interface Player {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the rejoin token, hex. */
  readonly tokenHash: string;
  /** The devices that they came with, as the server knows them again: a keyed hash that means nothing in another classroom. */
  readonly devices: readonly string[];
  /** Stays out, by token, link, name and device, until an instructor lets them back in. */
  readonly removed: boolean;
  /** Factor on this player's time; null: no limit. */
  readonly extraTime: ExtraTime;
  /** The roster's entry that they have proven to be; null: nobody knows who they are, and an export says so. */
  readonly rosterName: string | null;
  /** A link by which a new device may take their place, once. `expiresAt`: epoch ms. */
  readonly rejoin: { readonly linkHash: string; readonly expiresAt: number } | null;
}

/** One who may join where only a roster may. */
export interface RosterEntry {
  readonly name: string;
  /** Of the personal PIN; salted and slow, the server's to make and to compare. */
  readonly pinHash: string;
}

export interface ClassroomSettings {
  /** Whether people choose their names, are given one, or prove by a PIN that they are on the roster. */
  readonly names: 'free' | 'generated' | 'roster';
  /** Whoever comes while a round runs: takes a bot's seat (or sits down with bots at a table more) at once, or waits for the next round. */
  readonly late: 'at-once' | 'next-round';
}

/** How a round seats people: two to a table, three with one at the link, four with a referee, or one with bots. */
export type Seating = 'pairs' | 'triples' | 'fours' | 'alone';

export interface RoundTable {
  readonly tableId: string;
  readonly seats: Seats;
}

/** What a round may have otherwise than its scenario; absent: as the scenario says. */
export interface RoundOptions {
  /** The bots' skill, 0 to 1: the share of answers they get right. By default 1. */
  readonly skill?: number;
  /** Time limit, virtual ms since the start. */
  readonly endsAfterMs?: number;
  /** By default `send` where a referee sits: there must be something to call. */
  readonly onWrong?: 'block' | 'send';
  /** Bluffs that each end may try. */
  readonly bluffsPerEnd?: number;
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
  /** The rate at which it runs, or goes on after a pause. */
  readonly pace: number;
  /** Epoch ms; the tables are opened as of this instant, so that opening one twice gives the same entry. */
  readonly preparedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The round's own clock, which its tables follow. */
  readonly clock: Clock;
  readonly endsAfterMs: number | null;
  readonly options: RoundOptions;
}

/** What may be asked of all tables of the running round at once. */
export type EveryTableCommand = Extract<
  Command,
  { readonly type: 'set-conditions' | 'storm' | 'cut' | 'mend' | 'inject' | 'nudge' }
>;

/** What the projector shows. */
export interface Screen {
  readonly show: 'code' | 'progress' | 'table' | 'poll' | 'debrief' | 'blank';
  /** For `table`; for `debrief` of one table. */
  readonly tableId?: string;
  /** The moment of the table, virtual ms; absent: live, or the end. */
  readonly atMs?: number;
  /** Whether people's names may be shown. */
  readonly names: boolean;
}

/** A question to everybody: voted on alone, and perhaps once more after talking (peer instruction). */
export interface Poll {
  readonly id: string;
  readonly scenarioId: string;
  readonly question: Question;
  readonly phase: 'first' | 'second' | 'revealed' | 'closed';
  /** It was, closed by now or not: the class knows the answer. */
  readonly revealed: boolean;
  /** What each player chose: a choice's id by the player's. */
  readonly first: Readonly<Record<string, string>>;
  readonly second: Readonly<Record<string, string>>;
}

export type ClassroomCommand =
  | { readonly type: 'rename'; readonly player: string; readonly name: string }
  | { readonly type: 'remove'; readonly player: string }
  /** Lets somebody back in who was removed. */
  | { readonly type: 'readmit'; readonly player: string }
  | { readonly type: 'lock'; readonly locked: boolean }
  | { readonly type: 'set-settings'; readonly settings: ClassroomSettings }
  | { readonly type: 'set-extra-time'; readonly player: string; readonly extraTime: ExtraTime }
  /** Draws up a round: everyone here is seated, free seats become bots; may be changed until it starts. */
  | {
      readonly type: 'prepare-round';
      readonly scenarioId: string;
      readonly seating: Seating;
      readonly options?: RoundOptions;
    }
  | { readonly type: 'seat'; readonly tableId: string; readonly seat: SeatName; readonly holder: Holder }
  /** `round`, here and below: the one that is meant; another page may have gone on to the next meanwhile. */
  | { readonly type: 'start-round'; readonly round?: string }
  | { readonly type: 'set-clock'; readonly rate: number; readonly round?: string }
  /** A new time limit for the running round, or the prepared one, virtual ms since its start; null: none. */
  | { readonly type: 'set-limit'; readonly endsAfterMs: number | null; readonly round?: string }
  | { readonly type: 'end-round'; readonly round?: string }
  | { readonly type: 'every-table'; readonly command: EveryTableCommand }
  | { readonly type: 'set-screen'; readonly screen: Screen }
  /** Closes the poll that is open, if one is. */
  | { readonly type: 'open-poll'; readonly scenarioId: string; readonly questionId: string }
  /** The second vote, after talking. `poll`, here and below: the one that is meant. */
  | { readonly type: 'discuss-poll'; readonly poll?: string }
  | { readonly type: 'reveal-poll'; readonly poll?: string }
  | { readonly type: 'close-poll'; readonly poll?: string }
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
        /** What the QR code carries beside the code, 64 bits. */
        readonly secret?: string;
      }
    | {
        readonly type: 'player-joined';
        readonly player: string;
        readonly name: string;
        readonly tokenHash: string;
        readonly rosterName?: string;
        readonly device?: string;
      }
    | { readonly type: 'player-renamed'; readonly player: string; readonly name: string }
    | { readonly type: 'player-removed'; readonly player: string }
    | { readonly type: 'player-readmitted'; readonly player: string }
    | {
        readonly type: 'rejoin-issued';
        readonly player: string;
        readonly linkHash: string;
        readonly expiresAt: number;
      }
    /** Another device has taken the player's place: by a link, or by the PIN. The old token is worth nothing any more. */
    | {
        readonly type: 'player-rejoined';
        readonly player: string;
        readonly tokenHash: string;
        readonly device?: string;
      }
    | { readonly type: 'extra-time-set'; readonly player: string; readonly extraTime: ExtraTime }
    | { readonly type: 'lock-set'; readonly locked: boolean }
    | { readonly type: 'settings-set'; readonly settings: ClassroomSettings }
    | { readonly type: 'roster-set'; readonly roster: readonly RosterEntry[] }
    | {
        readonly type: 'round-prepared';
        readonly round: string;
        readonly scenarioId: string;
        readonly seating: Seating;
        readonly seed: string;
        readonly tables: readonly RoundTable[];
        readonly options?: RoundOptions;
      }
    /** For those who came late. */
    | { readonly type: 'table-added'; readonly round: string; readonly table: RoundTable }
    | {
        readonly type: 'seat-assigned';
        readonly tableId: string;
        readonly seat: SeatName;
        readonly holder: Holder;
      }
    | { readonly type: 'round-started' }
    | { readonly type: 'round-clock-set'; readonly rate: number }
    | { readonly type: 'round-limit-set'; readonly round: string; readonly endsAfterMs: number | null }
    | { readonly type: 'round-ended' }
    /** The tables' logs have what it did to each. */
    | { readonly type: 'every-table-asked'; readonly round: string; readonly command: EveryTableCommand }
    | { readonly type: 'screen-set'; readonly screen: Screen }
    | {
        readonly type: 'poll-opened';
        readonly poll: string;
        readonly scenarioId: string;
        readonly question: Question;
      }
    | {
        readonly type: 'poll-answered';
        readonly poll: string;
        readonly player: string;
        readonly choice: string;
      }
    | { readonly type: 'poll-discussed'; readonly poll: string }
    | { readonly type: 'poll-revealed'; readonly poll: string }
    | { readonly type: 'poll-closed'; readonly poll: string }
    | { readonly type: 'classroom-closed' }
  );

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

/** A person as others may see them. `here`: a socket of theirs is connected now. */
export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly here: boolean;
}

/** How often each choice was taken, by its id. */
export type Votes = Readonly<Record<string, number>>;

/** A poll as a student or the projector may see it. */
export interface PollView {
  readonly poll: string;
  readonly phase: 'first' | 'second' | 'revealed';
  readonly text: Text;
  /** With the answers only once revealed. */
  readonly choices: QuestionView['choices'];
  /** How many have voted in this phase, of how many. */
  readonly answered: number;
  readonly people: number;
  /** Only once revealed. `second` is empty if there was no second vote. */
  readonly votes?: { readonly first: Votes; readonly second: Votes };
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
  /** The round in which this student has a seat (the one that is going on, or else the newest), and who sits with them. */
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

/** What the instructor's page knows of an open poll: the votes as they come in. */
export interface TeacherPollView {
  readonly poll: string;
  readonly scenarioId: string;
  readonly phase: Poll['phase'];
  readonly question: Question;
  readonly answered: number;
  readonly people: number;
  readonly votes: { readonly first: Votes; readonly second: Votes };
  /** Share of right votes in the vote that is going on (or was the last), 0 to 100; null: nobody has voted. */
  readonly rightPct: number | null;
  /** 30 to 70 % are right: those who know can convince those who do not. */
  readonly goodToDiscuss: boolean;
}

/** Somebody tries out what they do not know. `at`: the last try, epoch ms. */
export type Alert =
  /** PINs of one of the roster. */
  | { readonly kind: 'pins'; readonly name: string; readonly tries: number; readonly at: number }
  /** Codes of classrooms, so many that every typed code has to wait; a scanned one does not. */
  | { readonly kind: 'codes'; readonly tries: number; readonly at: number };

/** A round as the instructor's page knows it: without the seed, from which everything that is still to be lost could be told. */
export type RoundView = Omit<Round, 'seed'>;

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

/** One table on the projector. `names`: who sits at the ends, where names may be shown. */
export interface ScreenTable {
  readonly tableId: string;
  /** From 1, in the round's order. */
  readonly number: number;
  readonly phase: Phase;
  /** Null: not known yet, or an exam's. */
  readonly states: Readonly<Record<Side, string>> | null;
  /** Absent in an exam that is not over. */
  readonly right?: number;
  readonly wrong?: number;
  readonly names?: readonly string[];
}

/** What the projector's page knows. Everybody reads it: no names unless allowed, nothing that a seat may not know. */
export interface ScreenView {
  readonly classroomId: string;
  readonly at: number;
  readonly show: Screen['show'];
  readonly here: number;
  /** The newest round that has started. */
  readonly round: {
    readonly scenarioId: string;
    readonly title: Text;
    readonly phase: Phase;
    readonly clock: Clock;
    readonly endsAfterMs: number | null;
  } | null;
  /** An exam is going on: what was put up of it is shown once it is over. */
  readonly sealed?: true;
  /** With `code`. */
  readonly join?: { readonly code: string; readonly joinUrl: string; readonly locked: boolean };
  /** With `code`, if names may be shown. */
  readonly names?: readonly string[];
  /** With `progress`. */
  readonly tables?: readonly ScreenTable[];
  /** With `table`, and `debrief` of one: to be watched by `table:watch`. */
  readonly table?: {
    readonly tableId: string;
    /** From 1, in its round's order. */
    readonly number: number;
    readonly atMs: number | null;
    readonly names?: readonly string[];
  };
  /** With `poll`. */
  readonly poll?: PollView;
  /** With `debrief`: what went wrong, and how often. */
  readonly misconceptions?: readonly {
    readonly code: FaultCode;
    readonly people: number;
    readonly times: number;
  }[];
}
