import type { Classroom } from '../../shared/classroom/classroom.ts';
import { pollMisconceptions } from '../../shared/classroom/poll-misconceptions.ts';
import type { Round } from '../../shared/classroom/round.ts';
import { MisconceptionTally } from '../../shared/grading/misconception-tally.ts';
import { misconceptionsOf } from '../../shared/grading/misconceptions.ts';
import { ok } from '../../shared/result.ts';
import { miniOf } from '../../shared/table/mini.ts';
import type { TableMini } from '../../shared/table/mini.ts';
import type { MisconceptionCount } from '../../shared/table/misconception-count.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Clock } from '../clock.ts';
import type { Tables } from '../table/tables.ts';
import { Throttle } from './throttle.ts';

/** Somebody who looks at a whole round as it goes. */
export interface RoundWatcher {
  /** Only the tables whose miniature changed. */
  readonly minis: (minis: readonly TableMini[]) => void;
  /**
   * All of the round's, and what votes in polls betray, whenever they changed. For the instructor: votes may
   * not be revealed yet.
   */
  readonly misconceptions: (round: string, counts: readonly MisconceptionCount[]) => void;
}

/** What is known of one table of the round. */
interface Followed {
  readonly stop: () => void;
  /** Not yet looked at since it changed; null: nothing is new. */
  forMini: Table | null;
  forCounts: Table | null;
  mini: TableMini | null;
  text: string;
  /**
   * What was misunderstood there, and up to which instant it is counted: each piece of its history is looked
   * through once.
   */
  counted: Table | null;
  readonly tally: MisconceptionTally;
}

interface Feed {
  round: string;
  /** The classroom's polls when they were last looked at, and what the votes betray. */
  polls: Classroom['polls'];
  voted: readonly MisconceptionCount[];
  readonly watchers: Map<RoundWatcher, { counts: string }>;
  readonly tables: Map<string, Followed>;
}

/**
 * Miniatures at most four times a second, and each of many tables about once: eyes do not follow two hundred.
 */
const MINIS_MS = 250;
const MINIS_MS_PER_TABLE = 5;
const COUNTS_MS = 1000;

/**
 * The newest round of each classroom that somebody looks at: its tables in the small, and what its people
 * misunderstand. A table is looked through only if something happened there, and at most once a second,
 * however many look at it.
 */
export class LiveRounds {
  readonly #tables: Tables;
  readonly #feeds = new Map<string, Feed>();
  readonly #minis: Throttle;
  readonly #counts: Throttle;

  constructor(tables: Tables, clock: Clock) {
    this.#tables = tables;
    const minisMs = (classroomId: string) =>
      Math.max(MINIS_MS, MINIS_MS_PER_TABLE * (this.#feeds.get(classroomId)?.tables.size ?? 0));
    this.#minis = new Throttle(clock, minisMs, (classroomId) => this.#flushMinis(classroomId));
    this.#counts = new Throttle(clock, COUNTS_MS, (classroomId) => this.#flushCounts(classroomId));
  }

  /** All miniatures as they are now; from then on those that change, and the misconceptions. */
  async watch(classroom: Classroom, watcher: RoundWatcher): Promise<readonly TableMini[]> {
    const { id } = classroom;
    const feed: Feed = this.#feeds.get(id) ?? {
      round: '',
      polls: [],
      voted: [],
      watchers: new Map(),
      tables: new Map(),
    };
    this.#feeds.set(id, feed);
    feed.watchers.set(watcher, { counts: '' });
    this.follow(classroom);
    const minis = await Promise.all(
      [...feed.tables].map(([tableId, followed]) =>
        this.#tables.read(tableId, (table) => {
          followed.forCounts ??= table;
          return ok(miniOf(table));
        }),
      ),
    );
    // Whoever asked has its answer by then.
    setImmediate(() => this.#counts.ask(id));
    return minis.flatMap((mini) => (mini.ok ? [mini.value] : []));
  }

  leave(classroomId: string, watcher: RoundWatcher): void {
    const feed = this.#feeds.get(classroomId);
    feed?.watchers.delete(watcher);
    if (!feed || feed.watchers.size > 0) return;
    for (const { stop } of feed.tables.values()) stop();
    this.#feeds.delete(classroomId);
  }

  /** Listens to the tables of the round that is shown, and to no others. */
  follow(classroom: Classroom): void {
    const feed = this.#feeds.get(classroom.id);
    if (!feed) return;
    const round = shownRound(classroom);
    const wanted = new Set(round?.tables.map(({ tableId }) => tableId));
    for (const [tableId, { stop }] of feed.tables) {
      if (wanted.has(tableId)) continue;
      stop();
      feed.tables.delete(tableId);
    }
    for (const tableId of wanted) {
      if (!feed.tables.has(tableId)) feed.tables.set(tableId, this.#begin(classroom.id, tableId));
    }
    if (feed.round === (round?.id ?? '') && feed.polls === classroom.polls) return;
    feed.round = round?.id ?? '';
    feed.polls = classroom.polls;
    feed.voted = pollMisconceptions(classroom.polls);
    this.#counts.ask(classroom.id);
  }

  /** The miniatures as they were last sent. */
  minisOf(classroomId: string): readonly TableMini[] {
    const tables = this.#feeds.get(classroomId)?.tables.values() ?? [];
    return [...tables].flatMap(({ mini }) => (mini ? [mini] : []));
  }

  /** What was misunderstood, by how many: in the round, or at one of its tables. */
  countsOf(classroomId: string, tableId?: string): readonly MisconceptionCount[] {
    const tables = this.#feeds.get(classroomId)?.tables ?? new Map<string, Followed>();
    return MisconceptionTally.count(
      [...tables].flatMap(([id, { tally }]) => (tableId === undefined || id === tableId ? [tally] : [])),
    );
  }

  stop(): void {
    this.#minis.stop();
    this.#counts.stop();
  }

  #begin(classroomId: string, tableId: string): Followed {
    const followed: Followed = {
      stop: this.#tables.listen(tableId, (table) => {
        followed.forMini = table;
        followed.forCounts = table;
        this.#minis.ask(classroomId);
        this.#counts.ask(classroomId);
      }),
      forMini: null,
      forCounts: null,
      mini: null,
      text: '',
      counted: null,
      tally: new MisconceptionTally(),
    };
    return followed;
  }

  #flushMinis(classroomId: string): void {
    const feed = this.#feeds.get(classroomId);
    if (!feed) return;
    const minis: TableMini[] = [];
    for (const followed of feed.tables.values()) {
      if (!followed.forMini) continue;
      const mini = miniOf(followed.forMini);
      followed.forMini = null;
      const text = JSON.stringify(mini);
      if (followed.text === text) continue;
      followed.text = text;
      followed.mini = mini;
      minis.push(mini);
    }
    if (minis.length > 0) for (const watcher of [...feed.watchers.keys()]) watcher.minis(minis);
  }

  #flushCounts(classroomId: string): void {
    const feed = this.#feeds.get(classroomId);
    if (!feed) return;
    for (const followed of feed.tables.values()) {
      const table = followed.forCounts;
      followed.forCounts = null;
      if (!table || table.witnessed.full === followed.counted?.witnessed.full) continue;
      followed.tally.add(misconceptionsOf(table, followed.counted));
      followed.counted = table;
      followed.mini ??= miniOf(table);
    }
    const counts = together(this.countsOf(classroomId), feed.voted);
    const text = JSON.stringify([feed.round, counts]);
    for (const [watcher, sent] of [...feed.watchers]) {
      if (sent.counts === text) continue;
      sent.counts = text;
      watcher.misconceptions(feed.round, counts);
    }
  }
}

/** Who votes and plays by the same misconception is one person: of two counts the higher one is certain. */
function together(
  played: readonly MisconceptionCount[],
  voted: readonly MisconceptionCount[],
): readonly MisconceptionCount[] {
  const both = played.map((one) => {
    const vote = voted.find(({ code }) => code === one.code);
    if (!vote) return one;
    return { ...one, people: Math.max(one.people, vote.people), times: one.times + vote.times };
  });
  const votedOnly = voted.filter(({ code }) => played.every((one) => one.code !== code));
  return [...both, ...votedOnly].sort((a, b) => b.people - a.people || b.times - a.times);
}

/** The newest round that was started; one that is being prepared has no tables yet. */
function shownRound(classroom: Classroom): Round | undefined {
  return classroom.rounds.findLast((round) => round.startedAt !== null);
}
