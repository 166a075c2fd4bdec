import type { Classroom } from '../../shared/classroom/types.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Clock } from '../clock.ts';
import { Failures } from '../failures.ts';
import { hashPin } from '../secrets/slow-hash.ts';
import { newSecret } from '../secrets/tokens.ts';
import type { Store } from '../store/open-store.ts';
import { TableViews } from '../table/publish.ts';
import { Tables } from '../table/tables.ts';
import { Classrooms } from './classrooms.ts';
import { Minis } from './minis.ts';
import { plansFrom } from './plans.ts';
import { Presence } from './presence.ts';
import { ClassroomViews } from './publish.ts';

/** The classrooms and tables of this node, and those who look at them. */
export interface Lab {
  readonly clock: Clock;
  readonly classrooms: Classrooms;
  readonly classroomViews: ClassroomViews;
  readonly presence: Presence;
  readonly minis: Minis;
  readonly tables: Tables;
  readonly tableViews: TableViews;
  /** What tokens are derived with that may have to be given once more. */
  readonly tokenKey: string;
  /** Wrong PINs: of one device for one name, and of all devices together. */
  readonly pins: { readonly ofDevice: Failures; readonly ofAll: Failures };
  /** The hash of a PIN that nobody has, so that unknown names take as long as known ones. */
  readonly noPin: Promise<string>;
  /** Resolves once everything under way is durable. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
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
  const minis = new Minis(tables, clock);
  const presence = new Presence((classroomId) => classroomViews.changed(classroomId));
  const classroomViews = new ClassroomViews({ clock, presence, classroomById, baseUrl, fault });
  const classrooms = new Classrooms({
    log: store.classrooms,
    index: store.index,
    clock,
    here: (classroomId) => [...presence.occupants(classroomId).keys()],
    changed: (classroom) => {
      sendOff(classroom, presence);
      minis.follow(classroom);
      classroomViews.changed(classroom.id);
    },
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
    presence,
    minis,
    tables,
    tableViews: new TableViews(tables),
    tokenKey,
    pins: {
      ofDevice: new Failures(clock, PINS_OF_DEVICE),
      ofAll: new Failures(clock, PINS_OF_ALL),
    },
    noPin: noPin(),
    settled,
    close: async () => {
      classroomViews.stop();
      minis.stop();
      classrooms.stop();
      tables.stop();
      await settled();
    },
  };
}

function noPin(): Promise<string> {
  const made = hashPin(newSecret());
  made.catch(() => {});
  return made;
}

/** Those who were removed, or all if the classroom was closed. */
function sendOff({ id, closed, players }: Classroom, presence: Presence): void {
  for (const [player, occupant] of [...presence.occupants(id)]) {
    if (closed) occupant.sentOff('closed');
    else if (players.some((one) => one.id === player && one.removed)) occupant.sentOff('removed');
  }
}
