import type {
  ClassroomCommand,
  StudentClassroomView,
  TableMini,
  TeacherClassroomView,
} from '../classroom/types.ts';
import type { Refusal } from '../refusals.ts';
import type { Result } from '../result.ts';
import type { Level, Text } from '../scenario/types.ts';
import type { Command, TableSnapshot, TableView } from '../table/types.ts';

/** Every message is answered, refusals included; a client without an answer in time sends the same `id` again. */
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
    req: { id: string; scenarioId: string; seat: 'client' | 'server' | 'link' },
    ack: Ack<{ tableId: string }>,
  ) => void;
  'scenarios:list': (req: Record<string, never>, ack: Ack<readonly ScenarioCard[]>) => void;
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
}

export interface ServerToTeach {
  'classroom:view': (msg: TeacherClassroomView) => void;
  /** Only the tables that changed. */
  'classroom:minis': (msg: { classroomId: string; minis: readonly TableMini[] }) => void;
  'table:view': (msg: TableView) => void;
  'session:ended': (msg: Record<string, never>) => void;
  'server:restarting': (msg: Record<string, never>) => void;
}

/** HTTP, JSON. POST /api/join */
export interface JoinRequest {
  readonly code: string;
  readonly name: string;
}
/** The token goes into sessionStorage and into the socket's `auth`, never into an address. */
export interface JoinReply {
  readonly classroomId: string;
  readonly playerId: string;
  readonly token: string;
}
