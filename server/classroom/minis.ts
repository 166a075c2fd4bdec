import type { Classroom, Round, TableMini } from '../../shared/classroom/types.ts';
import { ok } from '../../shared/result.ts';
import { miniOf } from '../../shared/table/mini.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Clock } from '../clock.ts';
import type { Tables } from '../table/tables.ts';
import { Throttle } from './throttle.ts';

type Send = (minis: readonly TableMini[]) => void;

interface Feed {
  readonly watchers: Set<Send>;
  readonly stops: Map<string, () => void>;
  /** Changed since the last time that minis were sent. */
  readonly changed: Map<string, Table>;
  readonly sent: Map<string, string>;
}

/** At most four times a second and classroom. */
const EVERY_MS = 250;

/** Live miniatures of a classroom's newest round for its instructor: only the tables whose miniature changed. */
export class Minis {
  readonly #tables: Tables;
  readonly #feeds = new Map<string, Feed>();
  readonly #throttle: Throttle;

  constructor(tables: Tables, clock: Clock) {
    this.#tables = tables;
    this.#throttle = new Throttle(clock, EVERY_MS, (classroomId) => this.#flush(classroomId));
  }

  /** All miniatures as they are now, and from then on those that change. */
  async watch(classroom: Classroom, send: Send): Promise<readonly TableMini[]> {
    const feed = this.#feeds.get(classroom.id) ?? {
      watchers: new Set(),
      stops: new Map(),
      changed: new Map(),
      sent: new Map(),
    };
    this.#feeds.set(classroom.id, feed);
    feed.watchers.add(send);
    this.follow(classroom);
    const round = shownRound(classroom);
    const minis = await Promise.all(
      (round?.tables ?? []).map(({ tableId }) => this.#tables.read(tableId, (table) => ok(miniOf(table)))),
    );
    return minis.flatMap((mini) => (mini.ok ? [mini.value] : []));
  }

  leave(classroomId: string, send: Send): void {
    const feed = this.#feeds.get(classroomId);
    feed?.watchers.delete(send);
    if (!feed || feed.watchers.size > 0) return;
    for (const stop of feed.stops.values()) stop();
    this.#feeds.delete(classroomId);
  }

  /** Whether any instructor looks at this classroom. */
  isWatched(classroomId: string): boolean {
    return this.#feeds.has(classroomId);
  }

  /** Listens to the tables of the round that is shown, and to no others. */
  follow(classroom: Classroom): void {
    const feed = this.#feeds.get(classroom.id);
    if (!feed) return;
    const wanted = new Set(shownRound(classroom)?.tables.map(({ tableId }) => tableId));
    for (const [tableId, stop] of feed.stops) {
      if (wanted.has(tableId)) continue;
      stop();
      feed.stops.delete(tableId);
      feed.changed.delete(tableId);
      feed.sent.delete(tableId);
    }
    for (const tableId of wanted) {
      if (feed.stops.has(tableId)) continue;
      const stop = this.#tables.listen(tableId, (table) => {
        feed.changed.set(tableId, table);
        this.#throttle.ask(classroom.id);
      });
      feed.stops.set(tableId, stop);
    }
  }

  stop(): void {
    this.#throttle.stop();
  }

  #flush(classroomId: string): void {
    const feed = this.#feeds.get(classroomId);
    if (!feed) return;
    const minis: TableMini[] = [];
    for (const [tableId, table] of feed.changed) {
      const mini = miniOf(table);
      const text = JSON.stringify(mini);
      if (feed.sent.get(tableId) === text) continue;
      feed.sent.set(tableId, text);
      minis.push(mini);
    }
    feed.changed.clear();
    if (minis.length > 0) for (const send of feed.watchers) send(minis);
  }
}

/** The newest round that was started; one that is being prepared has no tables yet. */
function shownRound(classroom: Classroom): Round | undefined {
  return classroom.rounds.findLast((round) => round.startedAt !== null);
}
