import type { ClassroomCommand } from '../classroom/command.ts';
import type { ScreenView } from '../classroom/screen-view.ts';
import type { StudentClassroomView } from '../classroom/student-classroom-view.ts';
import type { TeacherClassroomView } from '../classroom/teacher-classroom-view.ts';
import type { Mark } from '../grading/mark.ts';
import type { Refusal } from '../refusals.ts';
import type { Result } from '../result.ts';
import type { Level, Locale, Scenario, Text } from '../scenario/types.ts';
import type { Command } from '../table/command.ts';
import type { TableMini } from '../table/mini.ts';
import type { MisconceptionCount } from '../table/misconception-count.ts';
import type { PracticeSeat } from '../table/seats.ts';
import type { TableSnapshot, TableView } from '../table/table-view.ts';

/**
 * Every message is answered, refusals included; a client without an answer in time sends the same `id` again.
 */
export type Ack<T> = (reply: Result<T, Refusal>) => void;

/** A scenario as the lists show it. */
export interface ScenarioCard {
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly level: Level;
}

interface Common {
  /** The server's clock, epoch ms: the browser estimates its offset from it. */
  'clock:read': (req: Record<string, never>, ack: Ack<{ at: number }>) => void;
  /** Begins (or resumes) the views of one table for this socket; a socket watches one table at a time. */
  'table:watch': (req: { tableId: string }, ack: Ack<TableSnapshot>) => void;
  'table:leave': (req: { tableId: string }, ack: Ack<null>) => void;
  /** `id` is the client's own, unique per command; sending it twice is the same as sending it once. */
  'table:command': (req: { tableId: string; id: string; command: Command }, ack: Ack<null>) => void;
}

/** Namespace /play: a student, known by the rejoin token in the handshake's `auth`. */
export interface PlayToServer extends Common {
  'classroom:watch': (req: Record<string, never>, ack: Ack<StudentClassroomView>) => void;
  /** Practice only: a table with this scenario, me at `seat`, bots at the others. */
  'practice:start': (
    req: { id: string; scenarioId: string; seat: PracticeSeat },
    ack: Ack<{ tableId: string }>,
  ) => void;
  'scenarios:list': (req: Record<string, never>, ack: Ack<readonly ScenarioCard[]>) => void;
  /**
   * One's own at a table that has ended (`marks/not-yet` before), one for each seat that one has had there;
   * nobody else's.
   */
  'table:marks': (req: { tableId: string }, ack: Ack<readonly Mark[]>) => void;
  /** A vote in the open poll; until the vote is over it may be changed. */
  'poll:answer': (req: { id: string; poll: string; choice: string }, ack: Ack<null>) => void;
}

export interface ServerToPlay {
  'classroom:view': (msg: StudentClassroomView) => void;
  'table:view': (msg: TableView) => void;
  /** Another tab or device of the same student has taken over. */
  'seat:moved': (msg: Record<string, never>) => void;
  /** The instructor has removed this student, or closed the classroom. */
  'seat:removed': (msg: { reason: 'removed' | 'closed' }) => void;
  'server:restarting': (msg: Record<string, never>) => void;
}

/** Namespace /teach: an instructor, known by the session cookie. */
export interface TeachToServer extends Common {
  'scenarios:list': (req: Record<string, never>, ack: Ack<readonly ScenarioCard[]>) => void;
  /** The whole document, for the preview and the questions. */
  'scenario:read': (req: { scenarioId: string }, ack: Ack<Scenario>) => void;
  'classrooms:list': (
    req: Record<string, never>,
    ack: Ack<
      readonly { classroomId: string; code: string; openedAt: number; people: number; closed: boolean }[]
    >,
  ) => void;
  'classroom:open': (req: { id: string }, ack: Ack<{ classroomId: string }>) => void;
  'classroom:watch': (
    req: { classroomId: string },
    ack: Ack<{ view: TeacherClassroomView; minis: readonly TableMini[] }>,
  ) => void;
  'classroom:command': (
    req: { classroomId: string; id: string; command: ClassroomCommand },
    ack: Ack<null>,
  ) => void;
  /** A link by which a student's new device takes the old one's place, once. */
  'classroom:rejoin-link': (
    req: { classroomId: string; id: string; player: string },
    ack: Ack<{ url: string; expiresAt: number }>,
  ) => void;
  /** Where the projector's page is to be opened: once, within ten minutes. */
  'screen:link': (req: { classroomId: string; id: string }, ack: Ack<{ url: string }>) => void;
  /** Marks so far, or final once the round has ended. */
  'round:marks': (
    req: { classroomId: string; round: string },
    ack: Ack<readonly (Mark & { readonly tableId: string })[]>,
  ) => void;
  /** A table of what happened, as CSV. */
  'round:export': (
    req: { classroomId: string; round: string; locale: Locale },
    ack: Ack<{ fileName: string; csv: string }>,
  ) => void;
}

export interface ServerToTeach {
  'classroom:view': (msg: TeacherClassroomView) => void;
  /** Only the tables that changed. */
  'classroom:minis': (msg: { classroomId: string; minis: readonly TableMini[] }) => void;
  /** Of the newest round, whenever it changes; counts with most people first. */
  'classroom:misconceptions': (msg: {
    classroomId: string;
    round: string;
    counts: readonly MisconceptionCount[];
  }) => void;
  'table:view': (msg: TableView) => void;
  'session:ended': (msg: Record<string, never>) => void;
  'server:restarting': (msg: Record<string, never>) => void;
}

/**
 * Namespace /screen: the projector's page, known by the token in the handshake's `auth` (`{ screen: token
 * }`). It asks for nothing but to see.
 */
export interface ScreenToServer {
  'clock:read': Common['clock:read'];
  'screen:watch': (req: Record<string, never>, ack: Ack<ScreenView>) => void;
  /** Only the table that was put up; `screen/not-shown` otherwise. As an observer. */
  'table:watch': Common['table:watch'];
  'table:leave': Common['table:leave'];
}

export interface ServerToScreen {
  'screen:view': (msg: ScreenView) => void;
  'table:view': (msg: TableView) => void;
  /** The classroom was closed. */
  'screen:ended': (msg: Record<string, never>) => void;
  'server:restarting': (msg: Record<string, never>) => void;
}

/**
 * HTTP, JSON. POST /api/join. What is needed beside the code depends on the classroom, and is found out by
 * trying: `name/empty` (free names), `pin/required` (roster: name and PIN); generated names need neither.
 */
export interface JoinRequest {
  readonly code: string;
  readonly name: string;
  readonly pin?: string;
  /** From the QR code: who has it need not wait behind those who guess codes. */
  readonly secret?: string;
  /** The language of a generated name. */
  readonly locale?: Locale;
  /**
   * Made by the client, hard to guess, and the same when it asks again after a lost reply: it gets the same
   * seat and token.
   */
  readonly id?: string;
}
/**
 * POST /api/classrooms/<id>/roster, with the instructor's session: the whole roster, up to 1000 names; who
 * joined as one of the old one stays who they are. The server keeps the PINs as hashes only. `id` as with any
 * command.
 */
export interface RosterRequest {
  readonly id: string;
  readonly students: { name: string; pin: string }[];
}
/** POST /api/rejoin: the secret of a rejoin link. Answered with a {@link JoinReply}. */
export interface RejoinRequest {
  readonly link: string;
  readonly id?: string;
}
/** POST /api/screen: the secret of a screen link. */
export interface ScreenRequest {
  readonly link: string;
}
/** The token goes into sessionStorage and into the socket's `auth`. */
export interface ScreenReply {
  readonly classroomId: string;
  readonly token: string;
}
/** The token goes into sessionStorage and into the socket's `auth`, never into an address. */
export interface JoinReply {
  readonly classroomId: string;
  readonly playerId: string;
  readonly token: string;
}
