import { createHash } from 'node:crypto';
import type { Alert } from '../../shared/classroom/alert.ts';
import type { Classroom } from '../../shared/classroom/classroom.ts';
import { screenView } from '../../shared/classroom/screen-view.ts';
import type { ScreenView } from '../../shared/classroom/screen-view.ts';
import type { StudentClassroomView } from '../../shared/classroom/student-classroom-view.ts';
import { studentView } from '../../shared/classroom/student-view.ts';
import type { TeacherClassroomView } from '../../shared/classroom/teacher-classroom-view.ts';
import { teacherView } from '../../shared/classroom/teacher-view.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Clock } from '../clock.ts';
import type { LiveRounds } from './live-rounds.ts';
import type { Presence } from './presence.ts';
import { Throttle } from './throttle.ts';

/** Somebody who looks at a classroom: what they may see of it, and what they were sent last. */
interface Watcher {
  readonly show: (classroom: Classroom, here: ReadonlySet<string>, at: number) => void;
}

interface ClassroomViewsDeps {
  readonly clock: Clock;
  readonly presence: Presence;
  readonly liveRounds: LiveRounds;
  readonly classroomById: (id: string) => Promise<Classroom | null>;
  readonly baseUrl: () => string;
  /** What an instructor is to know of people who guess. */
  readonly alertsOf: (classroomId: string) => readonly Alert[];
  readonly fault: (error: unknown, classroomId: string) => void;
}

/** At most four times a second and classroom, however many come and go. */
const EVERY_MS = 250;

/**
 * Shows classrooms to those who are in them, their instructors or their projectors; only what changed for
 * each of them is sent.
 */
export class ClassroomViews {
  readonly #deps: ClassroomViewsDeps;
  readonly #watchers = new Map<string, Set<Watcher>>();
  readonly #throttle: Throttle;

  constructor(deps: ClassroomViewsDeps) {
    this.#deps = deps;
    this.#throttle = new Throttle(deps.clock, EVERY_MS, (id) => this.#show(id));
  }

  /** The view as it is now (null: not of this classroom), then what changes, until `stop`. */
  watchAsStudent(
    classroom: Classroom,
    player: string,
    send: (view: StudentClassroomView) => void,
  ): { view: StudentClassroomView | null; stop: () => void } {
    return this.#watch(classroom, send, (now, here, at) => studentView(now, player, here, at));
  }

  watchAsTeacher(
    classroom: Classroom,
    send: (view: TeacherClassroomView) => void,
  ): { view: TeacherClassroomView | null; stop: () => void } {
    const { baseUrl, alertsOf } = this.#deps;
    return this.#watch(classroom, send, (now, here, at) =>
      teacherView(now, here, at, baseUrl(), alertsOf(now.id)),
    );
  }

  watchAsScreen(
    classroom: Classroom,
    send: (view: ScreenView) => void,
    closed: () => void,
  ): { view: ScreenView | null; stop: () => void } {
    const { baseUrl, liveRounds } = this.#deps;
    return this.#watch(classroom, send, (now, here, at) => {
      if (now.closed) closed();
      return screenView(now, {
        here,
        at,
        baseUrl: baseUrl(),
        scenarioById,
        minis: liveRounds.minisOf(now.id),
        misconceptions: liveRounds.countsOf(now.id, now.screen.tableId),
      });
    });
  }

  changed(classroomId: string): void {
    if (this.#watchers.has(classroomId)) this.#throttle.ask(classroomId);
  }

  /** Something that concerns every classroom. */
  allChanged(): void {
    for (const classroomId of this.#watchers.keys()) this.changed(classroomId);
  }

  stop(): void {
    this.#throttle.stop();
  }

  #watch<V extends { readonly at: number }>(
    classroom: Classroom,
    send: (view: V) => void,
    viewOf: (classroom: Classroom, here: ReadonlySet<string>, at: number) => V | null,
  ): { view: V | null; stop: () => void } {
    const view = viewOf(classroom, this.#here(classroom.id), this.#deps.clock.now());
    let sent = markOf(view);
    const watcher: Watcher = {
      show: (now, here, at) => {
        const next = viewOf(now, here, at);
        const mark = markOf(next);
        if (next === null || mark === sent) return;
        sent = mark;
        send(next);
      },
    };
    const watchers = this.#watchers.get(classroom.id) ?? new Set();
    this.#watchers.set(classroom.id, watchers.add(watcher));
    const stop = () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.#watchers.get(classroom.id) === watchers) {
        this.#watchers.delete(classroom.id);
      }
    };
    return { view, stop };
  }

  #here(classroomId: string): ReadonlySet<string> {
    return new Set(this.#deps.presence.occupants(classroomId).keys());
  }

  #show(classroomId: string): void {
    const { classroomById, clock, fault } = this.#deps;
    classroomById(classroomId)
      .then((classroom) => {
        if (!classroom) return;
        const here = this.#here(classroomId);
        for (const watcher of [...(this.#watchers.get(classroomId) ?? [])]) {
          watcher.show(classroom, here, clock.now());
        }
      })
      .catch((error: unknown) => fault(error, classroomId));
  }
}

/**
 * By which a view is known again, whatever instant it was made at. A digest, because everybody's view names
 * everybody: in a class of forty the texts took 9 of the 47 KB that a table of four takes beyond its
 * connections (`npm run bench`).
 */
function markOf(view: { readonly at: number } | null): string {
  return createHash('sha256')
    .update(JSON.stringify(view && { ...view, at: 0 }))
    .digest('base64');
}
