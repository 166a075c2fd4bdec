import { SvelteMap } from 'svelte/reactivity';
import type { ClassroomCommand, TableMini, TeacherClassroomView } from '../../shared/classroom/types.ts';
import type { ScenarioCard, TeachToServer } from '../../shared/protocol/messages.ts';
import type { Refusal } from '../../shared/refusals.ts';
import type { Result } from '../../shared/result.ts';
import { refuse } from '../../shared/result.ts';
import { newId } from '../net/id.ts';
import { LabSocket } from '../net/socket.ts';
import type { Status, TeachSocket } from '../net/socket.ts';
import { TableState } from './table.svelte.ts';

type Ack<E extends keyof TeachToServer> = Parameters<Parameters<TeachToServer[E]>[1]>[0];
type Listed = Extract<Ack<'classrooms:list'>, { ok: true }>['value'];

/** An instructor's side of the lab: their classrooms, the one that is open here, and the table that is looked into. */
export class Teach {
  /** The table that is looked into; its lens is `full`. */
  readonly table = new TableState();
  /** Each changes by itself, so that one table's news draws one thumbnail. */
  readonly minis = new SvelteMap<string, TableMini>();
  #status = $state<Status>('connecting');
  #refusal = $state.raw<Refusal | null>(null);
  #restarting = $state(false);
  #listed = $state.raw<Listed | null>(null);
  #scenarios = $state.raw<readonly ScenarioCard[]>([]);
  #classroomId = $state<string | null>(null);
  #classroom = $state.raw<TeacherClassroomView | null>(null);
  #missing = $state(false);
  readonly #socket: TeachSocket;

  constructor() {
    this.#socket = new LabSocket('/teach', {}, (status, refusal) => {
      this.#status = status;
      this.#refusal = refusal;
      if (status === 'online') this.#restarting = false;
    });
    this.#socket.on('classroom:view', (view) => this.#show(view));
    this.#socket.on('classroom:minis', ({ classroomId, minis }) => {
      if (classroomId === this.#classroomId) this.#showMinis(minis);
    });
    this.#socket.on('table:view', (view) => {
      if (!this.table.apply(view)) void this.#watchTable();
    });
    this.#socket.on('session:ended', () => {
      this.#socket.close();
      this.#status = 'refused';
      this.#refusal = { code: 'session/expired' };
    });
    this.#socket.on('server:restarting', () => {
      this.#restarting = true;
    });
    this.#socket.onconnect(() => {
      void this.#list();
      void this.#watch();
      void this.#watchTable();
    });
  }

  get status(): Status {
    return this.#status;
  }
  /** Why the server will not have us. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }
  get restarting(): boolean {
    return this.#restarting;
  }
  /** Newest first; null: not known yet. */
  get listed(): Listed | null {
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

  /** Looks at another classroom; null: at none. */
  turnTo(classroomId: string | null): void {
    if (classroomId === this.#classroomId) return;
    this.#classroomId = classroomId;
    this.#classroom = null;
    this.#missing = false;
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
    const classroomId = this.#classroomId;
    if (classroomId === null) return Promise.resolve(refuse({ code: 'classroom/not-found' }));
    return this.#socket.ask('classroom:command', { classroomId, id: newId(), command });
  }

  /** Looks into a table; null leaves it. */
  look(tableId: string | null): void {
    const left = this.table.id;
    if (left === tableId) return;
    this.table.turnTo(tableId);
    if (this.#status !== 'online') return;
    if (tableId !== null) void this.#watchTable();
    else if (left !== null) void this.#socket.ask('table:leave', { tableId: left });
  }

  close(): void {
    this.#socket.close();
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

  async #watchTable(): Promise<void> {
    const tableId = this.table.id;
    if (tableId === null) return;
    const reply = await this.#socket.ask('table:watch', { tableId });
    if (reply.ok) this.table.begin(reply.value);
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
