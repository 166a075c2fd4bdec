import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { advance, nextChangeAt } from '../../shared/classroom/advance.ts';
import type { Classroom } from '../../shared/classroom/classroom.ts';
import { decide, type ClassroomAsk } from '../../shared/classroom/decide.ts';
import type { ClassroomEntry } from '../../shared/classroom/entry.ts';
import { evolve } from '../../shared/classroom/evolve.ts';
import { replay } from '../../shared/classroom/replay.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Clock, Timer } from '../clock.ts';
import type { ClassroomIndex } from '../store/classroom-index.ts';
import { LiveLogs, type Live } from '../store/live-logs.ts';
import type { LogStore } from '../store/log-store.ts';
import { Alarms } from '../table/alarms.ts';
import {
  classroomOfTable,
  idFor,
  newClassroomId,
  newClassroomSecret,
  newCode,
  newRoundId,
  newSeed,
} from './ids.ts';

export interface ClassroomsDeps {
  readonly log: LogStore<ClassroomEntry>;
  readonly index: ClassroomIndex;
  readonly clock: Clock;
  /** An instructor's name; null: there is no such account. */
  readonly nameOf: (instructor: string) => Promise<string | null>;
  /** The players whose devices are connected now. */
  readonly here: (classroomId: string) => readonly string[];
  /** Told of every change, once it is durable. */
  readonly changed: (classroom: Classroom) => void;
  /** Told, besides, when it was time that ended a round. */
  readonly timeUp: (classroom: Classroom) => void;
  /** Told of what went wrong where nobody waits for an answer. */
  readonly fault: (error: unknown, classroomId: string) => void;
}

export interface AskedBy {
  /** Instructor's or player's id; the lab's own acts have none. */
  readonly by?: string;
  readonly cmd?: string;
  /** Ids of the tables that have ended, where that matters. */
  readonly over?: readonly string[];
}

const CODE_ATTEMPTS = 20;
/** A classroom where nobody is leaves the memory at the next sweep. */
const SWEEP_MS = 10 * 60_000;

/**
 * The classrooms in use on this node: the same pipeline as a table's. All that time brings them is the end of
 * a round.
 */
export class Classrooms {
  readonly #deps: ClassroomsDeps;
  readonly #logs: LiveLogs<Classroom, ClassroomEntry>;
  readonly #alarms: Alarms;
  #sweep: Timer;

  constructor(deps: ClassroomsDeps) {
    this.#deps = deps;
    this.#logs = new LiveLogs(deps.log, { replay, evolve });
    this.#alarms = new Alarms(deps.clock, (id) => this.#onAlarm(id));
    this.#sweep = deps.clock.after(SWEEP_MS, () => this.#onSweep());
  }

  async get(id: string): Promise<Classroom | null> {
    const known = this.#logs.peek(id);
    if (known) return advance(known.state, this.#deps.clock.now());
    return this.#logs.turn(id, async () => {
      const live = await this.#load(id);
      if (live) this.#arm(live);
      return live?.state ?? null;
    });
  }

  async byCode(code: string): Promise<Classroom | null> {
    const id = await this.#deps.index.idOf(code);
    return id === null ? null : this.get(id);
  }

  async ownedBy(instructor: string): Promise<{ classroom: Classroom; openedAt: number }[]> {
    const rows = await this.#deps.index.ownedBy(instructor);
    const found = await Promise.all(
      rows.map(async ({ id, openedAt }) => {
        const classroom = await this.get(id);
        return classroom ? [{ classroom, openedAt }] : [];
      }),
    );
    return found.flat();
  }

  /** A classroom with a code, for an instructor. The same command id gives the same classroom. */
  async open(owner: string, cmd: string): Promise<Result<Classroom, Refusal>> {
    const id = idFor(owner, cmd);
    const { index, clock } = this.#deps;
    const kept = await this.get(id);
    if (kept) return ok(kept);
    // The code is set aside first: a server that stops here leaves a code that leads nowhere, and no
    // classroom without one.
    let code = await index.codeOf(id);
    for (let attempt = 1; code === null && attempt <= CODE_ATTEMPTS; attempt++) {
      const drawn = newCode();
      if (await index.add({ id, code: drawn, owner, openedAt: clock.now() })) code = drawn;
      else code = await index.codeOf(id);
    }
    if (code === null) throw new Error('no free code was found');
    return this.#begin({
      type: 'classroom-opened',
      at: clock.now(),
      by: owner,
      cmd,
      classroom: id,
      code,
      kind: 'class',
      owner,
      secret: newClassroomSecret(),
    });
  }

  /** A classroom of one, without code or instructor. */
  openPractice(): Promise<Result<Classroom, Refusal>> {
    const at = this.#deps.clock.now();
    const classroom = newClassroomId();
    return this.#begin({ type: 'classroom-opened', at, classroom, code: '', kind: 'practice', owner: null });
  }

  /** `ok` with the classroom as it is once what was asked is durable. */
  async ask(
    id: string,
    ask: ClassroomAsk,
    { by, cmd, over }: AskedBy = {},
  ): Promise<Result<Classroom, Refusal>> {
    const teachers = ask.type === 'join' || ask.type === 'rename' ? await this.#teachersOf(id) : [];
    return this.#change(id, (classroom, now) =>
      decide(classroom, ask, {
        now,
        ...(by !== undefined && { by }),
        ...(cmd !== undefined && { cmd }),
        here: this.#deps.here(id),
        fresh: { round: newRoundId(id, by ?? '', cmd ?? newSeed()), seed: newSeed() },
        scenarioById,
        teachers,
        ...(over && { over }),
      }),
    );
  }

  /** What the lab does without anybody asking. */
  amend(
    id: string,
    entriesFor: (classroom: Classroom, now: number) => readonly ClassroomEntry[],
  ): Promise<Result<Classroom, Refusal>> {
    return this.#change(id, (classroom, now) => ok(entriesFor(classroom, now)));
  }

  stop(): void {
    this.#sweep.cancel();
    this.#alarms.clearAll();
  }

  /** Resolves once nothing is under way. */
  settled(): Promise<void> {
    return this.#logs.idle();
  }

  #change(
    id: string,
    decideNow: (classroom: Classroom, now: number) => Result<readonly ClassroomEntry[], Refusal>,
  ): Promise<Result<Classroom, Refusal>> {
    const { clock, changed } = this.#deps;
    return this.#logs.turn(id, async () => {
      const live = await this.#load(id);
      if (!live) return refuse({ code: 'classroom/not-found' });
      const before = live.version;
      const done = await this.#logs.change(live, () => {
        live.at = Math.max(live.at, clock.now());
        return decideNow(live.state, live.at);
      });
      if (!done.ok) return done;
      if (live.version !== before) {
        this.#arm(live);
        changed(live.state);
      }
      return ok(live.state);
    });
  }

  /** Within a turn. A table's id, though it leads to a log as well, is no classroom's. */
  async #load(id: string): Promise<Live<Classroom> | null> {
    return classroomOfTable(id) === id ? this.#logs.load(id, this.#deps.clock.now()) : null;
  }

  #begin(entry: ClassroomEntry & { type: 'classroom-opened' }): Promise<Result<Classroom, Refusal>> {
    return this.#logs.turn(entry.classroom, async () => {
      const live = await this.#logs.open(entry.classroom, [entry], entry.at);
      return live.ok ? ok(live.value.state) : live;
    });
  }

  async #teachersOf(id: string): Promise<readonly string[]> {
    const owner = (await this.get(id))?.owner ?? null;
    const name = owner === null ? null : await this.#deps.nameOf(owner);
    return name === null ? [] : [name];
  }

  #arm({ id, state }: Live<Classroom>): void {
    this.#alarms.set(id, nextChangeAt(state));
  }

  /** A round's time is up. */
  #onAlarm(id: string): void {
    const { clock, changed, timeUp, fault } = this.#deps;
    this.#logs
      .turn(id, async () => {
        const live = await this.#load(id);
        if (!live) return;
        live.at = Math.max(live.at, clock.now());
        const before = live.state;
        live.state = advance(before, live.at);
        this.#arm(live);
        if (live.state === before) return;
        changed(live.state);
        timeUp(live.state);
      })
      .catch((error: unknown) => fault(error, id));
  }

  #onSweep(): void {
    for (const id of [...this.#logs.ids()]) {
      const live = this.#logs.peek(id);
      // A round that will end by itself has to be told to whoever looks on.
      const quiet = !live || nextChangeAt(live.state) === null;
      if (quiet && this.#deps.here(id).length === 0) this.#logs.forget(id);
    }
    this.#sweep = this.#deps.clock.after(SWEEP_MS, () => this.#onSweep());
  }
}
