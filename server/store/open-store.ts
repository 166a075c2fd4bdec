import { Kysely } from 'kysely';
import type { ClassroomEntry } from '../../shared/classroom/entry.ts';
import type { Entry } from '../../shared/table/entry.ts';
import { ClassroomIndex } from './classroom-index.ts';
import { Instructors } from './instructors.ts';
import type { LogStore } from './log-store.ts';
import { migrate } from './migrate.ts';
import { newestAt } from './newest-at.ts';
import type { Schema } from './schema.ts';
import { Screens } from './screens.ts';
import { Sessions } from './sessions.ts';
import { Settings } from './settings.ts';
import { SetupLinks } from './setup-links.ts';
import { SqlLog } from './sql-log.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

/**
 * Everything that outlives the process. Tables and classrooms are streams of one log: their ids do not meet.
 */
export interface Store {
  readonly tables: LogStore<Entry>;
  readonly classrooms: LogStore<ClassroomEntry>;
  /** For what this release has no query for: tests, and the command line. */
  readonly db: Kysely<Schema>;
  readonly index: ClassroomIndex;
  readonly instructors: Instructors;
  readonly sessions: Sessions;
  readonly setupLinks: SetupLinks;
  readonly screens: Screens;
  readonly settings: Settings;
  /** The newest instant that was written down, epoch ms; 0: none. */
  readonly newestAt: () => Promise<number>;
  /** Resolves once the database has shown that it can be written; nothing is, unless it was full. */
  readonly ping: () => Promise<void>;
  /** After what is being written has been written. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the database in `file` (`:memory:` for one that is forgotten) and brings it to this release's schema.
 * `onlost`: it has gone for good, without being closed.
 */
export async function openStore(file: string, onlost?: (error: Error) => void): Promise<Store> {
  /** Something was not written for want of room; that there is some again only writing can show. */
  let full = false;
  const onfull = () => {
    full = true;
  };
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file, { onlost, onfull }) });
  const log = new SqlLog<unknown>(db);
  try {
    await migrate(db);
    await log.list();
  } catch (error) {
    await db.destroy();
    // SQLite's own words name no file; and here somebody has to do something about it.
    if (error instanceof Error && 'code' in error) error.message = `${file}: ${error.message}`;
    throw error;
  }
  let pinged: Promise<void> | null = null;
  // However many ask: while somebody else is writing each of them would have everybody wait once more.
  const ping = () =>
    (pinged ??= db
      .transaction()
      .execute((transaction) => (full ? tryRoom(new Settings(transaction)) : Promise.resolve()))
      .then(() => {
        full = false;
      })
      .finally(() => (pinged = null)));
  return {
    tables: log as LogStore<Entry>,
    classrooms: log as LogStore<ClassroomEntry>,
    db,
    index: new ClassroomIndex(db),
    instructors: new Instructors(db),
    sessions: new Sessions(db),
    setupLinks: new SetupLinks(db),
    screens: new Screens(db),
    settings: new Settings(db),
    newestAt: () => newestAt(db),
    ping,
    close: () => db.destroy(),
  };
}

/** More than fits beside what is there already: two pages of SQLite's. */
const ROOM = 'x'.repeat(8192);

/** Leaves nothing behind; what it takes is the room that an entry takes. */
async function tryRoom(settings: Settings): Promise<void> {
  await settings.set('room', ROOM);
  await settings.remove('room');
}
