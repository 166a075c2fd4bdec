import { SvelteMap } from 'svelte/reactivity';
import type { ClassroomCommand } from '../../shared/classroom/command.ts';
import type { TeacherClassroomView } from '../../shared/classroom/teacher-classroom-view.ts';
import type { ScenarioCard, TeachToServer } from '../../shared/protocol/messages.ts';
import type { Refusal } from '../../shared/refusals.ts';
import type { Result } from '../../shared/result.ts';
import { refuse } from '../../shared/result.ts';
import type { Scenario } from '../../shared/scenario/types.ts';
import type { Command } from '../../shared/table/command.ts';
import type { TableMini } from '../../shared/table/mini.ts';
import type { MisconceptionCount } from '../../shared/table/misconception-count.ts';
import { post } from '../net/http.ts';
import { newId } from '../net/id.ts';
import { LabSocket } from '../net/socket.ts';
import type { Status, TeachSocket } from '../net/socket.ts';
import { account } from './account.svelte.ts';
import type { TableState } from './table.svelte.ts';
import { WatchedTable } from './watched-table.ts';

type Answer<E extends keyof TeachToServer> = Parameters<Parameters<TeachToServer[E]>[1]>[0];
type Value<E extends keyof TeachToServer> = Extract<Answer<E>, { ok: true }>['value'];

/** The cookie that a change of the password brings may come after the word that the old session is over. */
const NEW_COOKIE_WITHIN_MS = 800;

/**
 * An instructor's side of the lab: their classrooms, the one that is open here, and the table that is looked
 * into.
 */
export class Teach {
  readonly #watched = new WatchedTable();
  /** Each changes by itself, so that one table's news draws one thumbnail. */
  readonly minis = new SvelteMap<string, TableMini>();
  /** Scenarios that were asked for in full, with what they do and ask. */
  readonly scenariosRead = new SvelteMap<string, Scenario>();
  #status = $state<Status>('connecting');
  #refusal = $state.raw<Refusal | null>(null);
  #wasIn = $state(false);
  #restarting = $state(false);
  #listed = $state.raw<Value<'classrooms:list'> | null>(null);
  #scenarios = $state.raw<readonly ScenarioCard[]>([]);
  #classroomId = $state<string | null>(null);
  #classroom = $state.raw<TeacherClassroomView | null>(null);
  #missing = $state(false);
  #misconceptions = $state.raw<{
    readonly round: string;
    readonly counts: readonly MisconceptionCount[];
  } | null>(null);
  #closed = false;
  #socket: TeachSocket;

  constructor() {
    this.#socket = this.#connect();
  }

  /** The table that is looked into; its lens is `full`. */
  get table(): TableState {
    return this.#watched.table;
  }
  get status(): Status {
    return this.#status;
  }
  /** Why the server will not have us. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }
  /** There is no session, or no more: logging in helps. */
  get mustLogIn(): boolean {
    const code = this.#refusal?.code;
    return this.#status === 'refused' && (code === 'session/required' || code === 'session/expired');
  }
  /** This page has been logged in before. */
  get wasIn(): boolean {
    return this.#wasIn;
  }
  get restarting(): boolean {
    return this.#restarting;
  }
  /** Newest first; null: not known yet. */
  get listed(): Value<'classrooms:list'> | null {
    return this.#listed;
  }
  get scenarios(): readonly ScenarioCard[] {
    return this.#scenarios;
  }
  get classroom(): TeacherClassroomView | null {
    return this.#classroom;
  }
  /** There is no such classroom, or it is somebody else's. */
  get missing(): boolean {
    return this.#missing;
  }
  /** Of the newest round; null: nothing has been heard. */
  get misconceptions(): { readonly round: string; readonly counts: readonly MisconceptionCount[] } | null {
    return this.#misconceptions;
  }

  /** Looks at another classroom; null: at none. */
  turnTo(classroomId: string | null): void {
    if (classroomId === this.#classroomId) return;
    this.#classroomId = classroomId;
    this.#classroom = null;
    this.#missing = false;
    this.#misconceptions = null;
    this.minis.clear();
    this.look(null);
    if (this.#status !== 'online') return;
    void this.#watch();
    void this.#list();
  }

  open(): Promise<Result<{ classroomId: string }, Refusal>> {
    return this.#socket.ask('classroom:open', { id: newId() });
  }

  /** One command to the classroom, under one id until it is answered. */
  command(command: ClassroomCommand): Promise<Result<null, Refusal>> {
    return this.#inClassroom((classroomId) =>
      this.#socket.ask('classroom:command', { classroomId, id: newId(), command }),
    );
  }

  /** One command to the table that is looked into. */
  tableCommand(command: Command): Promise<Result<null, Refusal>> {
    const tableId = this.table.id;
    if (tableId === null) return Promise.resolve(refuse({ code: 'table/not-found' }));
    return this.#socket.ask('table:command', { tableId, id: newId(), command });
  }

  setRoster(students: { name: string; pin: string }[]): Promise<Result<null, Refusal>> {
    return this.#inClassroom((classroomId) =>
      post<null>(`api/classrooms/${classroomId}/roster`, { id: newId(), students }),
    );
  }

  rejoinLink(player: string): Promise<Result<Value<'classroom:rejoin-link'>, Refusal>> {
    return this.#inClassroom((classroomId) =>
      this.#socket.ask('classroom:rejoin-link', { classroomId, id: newId(), player }),
    );
  }

  /** Where the projector's page is to be opened, once. */
  screenLink(): Promise<Result<Value<'screen:link'>, Refusal>> {
    return this.#inClassroom((classroomId) => this.#socket.ask('screen:link', { classroomId, id: newId() }));
  }

  marks(round: string): Promise<Result<Value<'round:marks'>, Refusal>> {
    return this.#inClassroom((classroomId) => this.#socket.ask('round:marks', { classroomId, round }));
  }

  /** Asks for a scenario in full, unless it is here already. */
  async read(scenarioId: string): Promise<void> {
    if (this.scenariosRead.has(scenarioId)) return;
    const reply = await this.#socket.ask('scenario:read', { scenarioId });
    if (reply.ok) this.scenariosRead.set(scenarioId, reply.value);
  }

  /** Looks into a table; null leaves it. */
  look(tableId: string | null): void {
    this.#watched.turnTo(tableId);
  }

  /** Logged in anew: everything that was looked at is taken up where it was. */
  reconnect(): void {
    this.#socket.close();
    if (!this.#closed) this.#socket = this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#watched.stop();
    this.#socket.close();
  }

  #connect(): TeachSocket {
    const socket: TeachSocket = new LabSocket('/teach', {}, (status, refusal) => {
      this.#status = status;
      this.#refusal = refusal;
      if (status !== 'online') return;
      this.#restarting = false;
      this.#wasIn = true;
    });
    socket.on('classroom:view', (view) => this.#show(view));
    socket.on('classroom:minis', ({ classroomId, minis }) => {
      if (classroomId === this.#classroomId) this.#showMinis(minis);
    });
    socket.on('classroom:misconceptions', ({ classroomId, round, counts }) => {
      if (classroomId === this.#classroomId) this.#misconceptions = { round, counts };
    });
    this.#watched.over(socket);
    socket.on('session:ended', () => {
      socket.close();
      this.#status = 'connecting';
      setTimeout(() => void this.#doubt(), NEW_COOKIE_WITHIN_MS);
    });
    socket.on('server:restarting', () => {
      this.#restarting = true;
    });
    socket.onconnect(() => {
      void account.look();
      void this.#list();
      void this.#watch();
    });
    return socket;
  }

  /** The session has ended: perhaps because this browser has a new one already. */
  async #doubt(): Promise<void> {
    const still = await account.look();
    if (this.#closed || this.#status === 'online') return;
    if (still) return this.reconnect();
    this.#status = 'refused';
    this.#refusal = { code: 'session/expired' };
  }

  #inClassroom<T>(ask: (classroomId: string) => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> {
    const classroomId = this.#classroomId;
    return classroomId === null ? Promise.resolve(refuse({ code: 'classroom/not-found' })) : ask(classroomId);
  }

  async #list(): Promise<void> {
    const [listed, scenarios] = await Promise.all([
      this.#socket.ask('classrooms:list', {}),
      this.#socket.ask('scenarios:list', {}),
    ]);
    if (listed.ok) this.#listed = [...listed.value].sort((a, b) => b.openedAt - a.openedAt);
    if (scenarios.ok) this.#scenarios = scenarios.value;
  }

  async #watch(): Promise<void> {
    const classroomId = this.#classroomId;
    if (classroomId === null) return;
    const reply = await this.#socket.ask('classroom:watch', { classroomId });
    if (classroomId !== this.#classroomId) return;
    this.#missing = !reply.ok && reply.error.code === 'classroom/not-found';
    if (!reply.ok) return;
    this.#show(reply.value.view);
    this.#showMinis(reply.value.minis);
  }

  #show(view: TeacherClassroomView): void {
    if (view.classroomId !== this.#classroomId) return;
    if (this.#classroom && view.at < this.#classroom.at) return;
    this.#classroom = view;
  }

  #showMinis(minis: readonly TableMini[]): void {
    for (const mini of minis) this.minis.set(mini.tableId, mini);
  }
}
