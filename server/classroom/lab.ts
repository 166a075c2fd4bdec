import type { Classroom } from '../../shared/classroom/classroom.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Clock } from '../clock.ts';
import { Failures } from '../failures.ts';
import { hashPin } from '../secrets/slow-hash.ts';
import { newSecret } from '../secrets/tokens.ts';
import type { Store } from '../store/open-store.ts';
import { TableViews } from '../table/publish.ts';
import { Tables } from '../table/tables.ts';
import { Absences } from './absences.ts';
import { Alerts } from './alerts.ts';
import { Classrooms } from './classrooms.ts';
import { LiveRounds } from './live-rounds.ts';
import { plansFrom } from './plans.ts';
import { Presence } from './presence.ts';
import { ClassroomViews } from './publish.ts';

/** The classrooms and tables of this node, and those who look at them. */
export interface Lab {
  readonly clock: Clock;
  readonly classrooms: Classrooms;
  readonly classroomViews: ClassroomViews;
  /**
   * Projectors' views, which change with the tables: apart, so that they make nobody else's be looked at
   * again.
   */
  readonly screenViews: ClassroomViews;
  readonly presence: Presence;
  readonly alerts: Alerts;
  readonly absences: Absences;
  readonly liveRounds: LiveRounds;
  readonly tables: Tables;
  readonly tableViews: TableViews;
  /** What tokens are derived with that may have to be given once more. */
  readonly tokenKey: string;
  /**
   * Wrong PINs, and apart those for names that are on no roster: made up by the thousand, they would have the
   * others forgotten.
   */
  readonly pins: { readonly listed: WrongPins; readonly others: WrongPins };
  /** The hash of a PIN that nobody has, so that unknown names take as long as known ones. */
  readonly noPin: Promise<string>;
  /** Resolves once everything under way is durable. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Of one device for one name, and of all devices together. */
export interface WrongPins {
  readonly ofDevice: Failures;
  readonly ofAll: Failures;
}

interface LabDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly tokenKey: string;
  /** Where browsers find the lab, without a slash at the end. */
  readonly baseUrl: () => string;
  /** Told of what went wrong where nobody waits for an answer; `where` is an id, never a name. */
  readonly fault: (error: unknown, where: string) => void;
}

/** Nobody else's guessing keeps a student out for longer than a minute; four digits are 10,000. */
const PINS_OF_DEVICE = { free: 5, firstMs: 2000, mostMs: 10 * 60_000 };
const PINS_OF_ALL = { free: 30, firstMs: 1000, mostMs: 60_000 };

export function openLab({ store, clock, tokenKey, baseUrl, fault }: LabDeps): Lab {
  const classroomById = (id: string) => classrooms.get(id);
  const tables = new Tables({
    log: store.tables,
    clock,
    plans: plansFrom({ classroomById, scenarioById }),
    fault,
  });
  const liveRounds = new LiveRounds(tables, clock);
  const presence = new Presence({
    came(classroomId, player) {
      show(classroomId);
      absences.came(classroomId, player);
    },
    left(classroomId, player) {
      show(classroomId);
      absences.left(classroomId, player);
    },
  });
  const isHere = (classroomId: string, player: string) => presence.isHere(classroomId, player);
  const absences = new Absences({ clock, tables, isHere, classroomById, fault });
  const alerts = new Alerts(clock, (classroomId) => {
    if (classroomId === null) classroomViews.allChanged();
    else classroomViews.changed(classroomId);
  });
  const alertsOf = (classroomId: string) => alerts.of(classroomId);
  const views = { clock, presence, liveRounds, classroomById, baseUrl, alertsOf, fault };
  const classroomViews = new ClassroomViews(views);
  const screenViews = new ClassroomViews(views);
  const show = (classroomId: string) => {
    classroomViews.changed(classroomId);
    screenViews.changed(classroomId);
  };
  /** A round whose time is up has ended: its tables follow, whoever looks at them. */
  const endTables = (classroom: Classroom) => {
    for (const { tableId } of classroom.rounds.findLast(({ phase }) => phase === 'ended')?.tables ?? []) {
      tables.follow(tableId).catch((error: unknown) => fault(error, tableId));
    }
  };
  const classrooms = new Classrooms({
    log: store.classrooms,
    index: store.index,
    clock,
    nameOf: async (instructor) => (await store.instructors.byId(instructor))?.name ?? null,
    here: (classroomId) => [...presence.occupants(classroomId).keys()],
    changed: (classroom) => {
      if (classroom.closed) alerts.forget(classroom.id);
      sendOff(classroom, presence);
      liveRounds.follow(classroom);
      absences.look(classroom);
      show(classroom.id);
    },
    timeUp: endTables,
    fault,
  });

  const settled = async () => {
    await classrooms.settled();
    await tables.settled();
  };
  return {
    clock,
    classrooms,
    classroomViews,
    screenViews,
    presence,
    alerts,
    absences,
    liveRounds,
    tables,
    tableViews: new TableViews(tables),
    tokenKey,
    pins: { listed: wrongPins(clock), others: wrongPins(clock) },
    noPin: noPin(),
    settled,
    close: async () => {
      classroomViews.stop();
      screenViews.stop();
      liveRounds.stop();
      absences.stop();
      classrooms.stop();
      tables.stop();
      await settled();
    },
  };
}

function wrongPins(clock: Clock): WrongPins {
  return { ofDevice: new Failures(clock, PINS_OF_DEVICE), ofAll: new Failures(clock, PINS_OF_ALL) };
}

function noPin(): Promise<string> {
  const made = hashPin(newSecret());
  // It is awaited where it is needed, and throws there.
  made.catch(() => {});
  return made;
}

/** Those who were removed, or whose place another device has taken; all if the classroom was closed. */
function sendOff({ id, closed, players }: Classroom, presence: Presence): void {
  for (const [player, occupant] of [...presence.occupants(id)]) {
    if (closed) occupant.sentOff('closed');
    else if (isRemoved(players, player)) occupant.sentOff('removed');
    else if (players.some(({ id: is, tokenHash }) => is === player && tokenHash !== occupant.tokenHash)) {
      occupant.moved();
    }
  }
}

function isRemoved(players: Classroom['players'], player: string): boolean {
  return players.some(({ id, removed }) => id === player && removed);
}
