import type { StudentClassroomView } from '../../shared/classroom/student-classroom-view.ts';
import type { Mark } from '../../shared/grading/mark.ts';
import type { ScenarioCard } from '../../shared/protocol/messages.ts';
import type { Refusal } from '../../shared/refusals.ts';
import type { Result } from '../../shared/result.ts';
import type { Command } from '../../shared/table/command.ts';
import type { PracticeSeat } from '../../shared/table/seats.ts';
import { refuse } from '../../shared/result.ts';
import { newId } from '../net/id.ts';
import { LabSocket } from '../net/socket.ts';
import type { PlaySocket, Status } from '../net/socket.ts';
import { dropIdentity, keepIdentity } from './identity.ts';
import type { Identity, Kind } from './identity.ts';
import type { TableState } from './table.svelte.ts';
import { WatchedTable } from './watched-table.ts';

/** Why this tab has lost its seat. */
export type Gone = 'moved' | 'removed' | 'closed' | 'unknown';

/** A student's side of the lab: one classroom (or practice), and the table one sits at. */
export class Play {
  readonly kind: Kind;
  readonly identity: Identity;
  readonly #watched = new WatchedTable({ onended: (tableId) => this.#askForMarks(tableId) });
  #status = $state<Status>('connecting');
  #classroom = $state.raw<StudentClassroomView | null>(null);
  #gone = $state<Gone | null>(null);
  #restarting = $state(false);
  #refusal = $state.raw<Refusal | null>(null);
  #marks = $state.raw<{ readonly tableId: string; readonly list: readonly Mark[] } | null>(null);
  /** The poll whose answer the debrief knows. */
  #revealed: string | null = null;
  readonly #socket: PlaySocket;

  constructor(kind: Kind, identity: Identity) {
    this.kind = kind;
    this.identity = identity;
    keepIdentity(kind, { ...identity, usedAt: Date.now() });
    this.#socket = new LabSocket('/play', { token: identity.token }, (status, refusal) =>
      this.#onstatus(status, refusal),
    );
    this.#socket.on('classroom:view', (view) => this.#show(view));
    this.#watched.over(this.#socket);
    this.#socket.on('seat:moved', () => this.#leave('moved'));
    this.#socket.on('seat:removed', ({ reason }) => this.#leave(reason));
    this.#socket.on('server:restarting', () => {
      this.#restarting = true;
    });
    this.#socket.onconnect(() => void this.#watchClassroom());
  }

  get table(): TableState {
    return this.#watched.table;
  }
  get status(): Status {
    return this.#status;
  }
  /** Why the server does not let us in. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }
  get restarting(): boolean {
    return this.#restarting;
  }
  get classroom(): StudentClassroomView | null {
    return this.#classroom;
  }
  /** What the table that has ended was worth to us; none in practice, where nothing is graded. */
  get marks(): readonly Mark[] {
    return this.#marks !== null && this.#marks.tableId === this.table.id ? this.#marks.list : [];
  }
  get gone(): Gone | null {
    return this.#gone;
  }

  /** One command to the table, under one id until it is answered. */
  command(command: Command): Promise<Result<null, Refusal>> {
    const tableId = this.table.id;
    if (tableId === null) return Promise.resolve(refuse({ code: 'table/not-found' }));
    return this.#socket.ask('table:command', { tableId, id: newId(), command });
  }

  /** One's vote in the poll that is open; it may be given again until that is over. */
  vote(poll: string, choice: string): Promise<Result<null, Refusal>> {
    return this.#socket.ask('poll:answer', { id: newId(), poll, choice });
  }

  scenarios(): Promise<Result<readonly ScenarioCard[], Refusal>> {
    return this.#socket.ask('scenarios:list', {});
  }

  /** Practice: a table with this scenario, bots at the other seats. */
  async practise(scenarioId: string, seat: PracticeSeat): Promise<Result<{ tableId: string }, Refusal>> {
    const reply = await this.#socket.ask('practice:start', { id: newId(), scenarioId, seat });
    if (reply.ok) this.sitAt(reply.value.tableId);
    return reply;
  }

  /** Looks at a table; null leaves it. */
  sitAt(tableId: string | null): void {
    this.#watched.turnTo(tableId);
  }

  close(): void {
    this.#watched.stop();
    this.#socket.close();
  }

  async #watchClassroom(): Promise<void> {
    const reply = await this.#socket.ask('classroom:watch', {});
    if (reply.ok) this.#show(reply.value);
  }

  #askForMarks(tableId: string): void {
    if (this.kind === 'practice' || this.#marks?.tableId === tableId) return;
    void this.#socket.ask('table:marks', { tableId }).then((reply) => {
      if (reply.ok) this.#marks = { tableId, list: reply.value };
    });
  }

  #show(view: StudentClassroomView): void {
    if (this.#classroom && view.at < this.#classroom.at) return;
    this.#classroom = view;
    const { code, me, poll } = view;
    // The lab may have given the name, and the teacher may have changed it.
    keepIdentity(this.kind, { ...this.identity, code, name: me.name, usedAt: Date.now() });
    if (poll?.phase === 'revealed' && poll.poll !== this.#revealed) {
      this.#revealed = poll.poll;
      // The debrief says by now what is right.
      if (this.table.now?.as === 'full') void this.#watched.ask();
    }
    // A table that is being looked back at stays until the next one begins.
    const { round } = view;
    if (!round || (round.phase === 'prepared' && this.table.now?.as === 'full')) return;
    if (this.table.id !== round.tableId) this.sitAt(round.tableId);
    else if (this.table.now === null && round.phase !== 'prepared') void this.#watched.ask();
  }

  #onstatus(status: Status, refusal: Refusal | null): void {
    this.#status = status;
    this.#refusal = refusal;
    if (status === 'online') this.#restarting = false;
    switch (refusal?.code) {
      case 'player/removed':
        return this.#leave('removed');
      case 'classroom/closed':
        return this.#leave('closed');
      case 'session/required':
      case 'session/expired':
      case 'player/not-found':
      case 'classroom/not-found':
        return this.#leave('unknown');
    }
  }

  #leave(why: Gone): void {
    this.#gone = why;
    // Another tab of ours holds the seat now, under the same identity: only this tab forgets nothing.
    if (why !== 'moved') dropIdentity(this.kind);
    this.close();
  }
}
