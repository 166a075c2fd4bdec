import type { Classroom } from '../../shared/classroom/classroom.ts';
import { isGoing } from '../../shared/classroom/is-going.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { SEAT_NAMES, seatOf } from '../../shared/table/seat-of.ts';
import type { SeatName } from '../../shared/table/seats.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Clock } from '../clock.ts';
import { Alarms } from '../table/alarms.ts';
import type { Tables } from '../table/tables.ts';

interface AbsencesDeps {
  readonly clock: Clock;
  readonly tables: Tables;
  readonly isHere: (classroomId: string, player: string) => boolean;
  readonly classroomById: (id: string) => Promise<Classroom | null>;
  readonly fault: (error: unknown, where: string) => void;
}

interface Seated {
  readonly tableId: string;
  readonly seat: SeatName;
  readonly player: string;
}

/**
 * So long a seat of a class waits for its owner; a practice of one's own waits for ever. Phones lock, and the
 * wireless of a school comes and goes.
 */
const LEND_AFTER_MS = 120_000;
/**
 * A table that could not be changed just now (the disk is full, another node was faster) is asked again after
 * this time.
 */
const AGAIN_MS = 1000;

/**
 * Seats of a round that is going whose owners have no connection: after a while a bot plays for them, and
 * they have their seat back the moment they return. After a restart everybody counts as gone since then.
 */
export class Absences {
  readonly #deps: AbsencesDeps;
  /** By classroom and player: since when they are gone, epoch ms. */
  readonly #since = new Map<string, Map<string, number>>();
  /** Seats that were lent, by classroom, so that nothing is asked of a table twice. */
  readonly #lent = new Map<string, Set<string>>();
  /** Seats that could not be given back yet, by classroom. */
  readonly #owed = new Map<string, Set<string>>();
  readonly #alarms: Alarms;
  #stopped = false;

  constructor(deps: AbsencesDeps) {
    this.#deps = deps;
    this.#alarms = new Alarms(deps.clock, (classroomId) => this.#onAlarm(classroomId));
  }

  left(classroomId: string, player: string): void {
    const since = this.#since.get(classroomId) ?? new Map<string, number>();
    this.#since.set(classroomId, since.set(player, this.#deps.clock.now()));
    this.#onAlarm(classroomId);
  }

  /** Whoever comes has their seat back, lent by this server or by one before it. */
  came(classroomId: string, player: string): void {
    this.#since.get(classroomId)?.delete(player);
    const { classroomById, fault } = this.#deps;
    classroomById(classroomId)
      .then((classroom) => {
        if (!classroom) return;
        for (const one of seatedIn(classroom)) {
          if (one.player === player) this.#ask(classroomId, one, 'return-seat');
        }
        this.look(classroom);
      })
      .catch((error: unknown) => fault(error, classroomId));
  }

  /** To be called whenever the classroom has changed. */
  look(classroom: Classroom): void {
    const { clock, isHere } = this.#deps;
    const { id } = classroom;
    if (classroom.closed || classroom.kind === 'practice') {
      this.#forget(id);
      return;
    }
    const now = clock.now();
    const since = this.#since.get(id) ?? new Map<string, number>();
    const owed = this.#owed.get(id);
    const lent = new Set<string>();
    let next: number | null = null;
    for (const one of seatedIn(classroom)) {
      if (isHere(id, one.player)) {
        if (owed?.delete(keyOf(one))) this.#ask(id, one, 'return-seat');
        continue;
      }
      const goneAt = since.get(one.player) ?? now;
      since.set(one.player, goneAt);
      const dueAt = goneAt + LEND_AFTER_MS;
      if (dueAt > now) {
        next = Math.min(next ?? dueAt, dueAt);
        continue;
      }
      const key = keyOf(one);
      lent.add(key);
      if (!this.#lent.get(id)?.has(key)) this.#ask(id, one, 'lend-seat');
    }
    if (since.size > 0) this.#since.set(id, since);
    if (lent.size > 0) this.#lent.set(id, lent);
    else this.#lent.delete(id);
    this.#alarms.set(id, next);
  }

  stop(): void {
    this.#stopped = true;
    this.#alarms.clearAll();
  }

  #forget(classroomId: string): void {
    this.#since.delete(classroomId);
    this.#lent.delete(classroomId);
    this.#owed.delete(classroomId);
    this.#alarms.set(classroomId, null);
  }

  #onAlarm(classroomId: string): void {
    const { classroomById, fault } = this.#deps;
    classroomById(classroomId)
      .then((classroom) => classroom && this.look(classroom))
      .catch((error: unknown) => fault(error, classroomId));
  }

  #ask(classroomId: string, seated: Seated, type: 'lend-seat' | 'return-seat'): void {
    const { tables, isHere, fault } = this.#deps;
    const { tableId, seat, player } = seated;
    const wanted = type === 'return-seat';
    // As it is when its turn comes: they may have come back, or another may sit there by then.
    const roleAt = (table: Table): Result<'instructor', Refusal> =>
      isHere(classroomId, player) === wanted && seatOf(table.seats, player) === seat
        ? ok('instructor')
        : refuse({ code: 'seat/not-yours' });
    tables.command(tableId, { type, seat }, { roleAt }).then(
      (done) => {
        if (!done.ok && done.error.code.startsWith('server/')) this.#again(classroomId, seated, type);
      },
      (error: unknown) => {
        fault(error, tableId);
        this.#again(classroomId, seated, type);
      },
    );
  }

  /** At the next change of the classroom, or after a while. */
  #again(classroomId: string, seated: Seated, type: 'lend-seat' | 'return-seat'): void {
    if (this.#stopped) return;
    const key = keyOf(seated);
    if (type === 'lend-seat') this.#lent.get(classroomId)?.delete(key);
    else this.#owed.set(classroomId, (this.#owed.get(classroomId) ?? new Set()).add(key));
    this.#alarms.set(classroomId, this.#deps.clock.now() + AGAIN_MS);
  }
}

/** Who sits where in rounds that are going. */
function seatedIn({ rounds }: Classroom): Seated[] {
  return rounds.filter(isGoing).flatMap(({ tables }) =>
    tables.flatMap(({ tableId, seats }) =>
      SEAT_NAMES.flatMap((seat) => {
        const holder = seats[seat];
        return holder.kind === 'player' ? [{ tableId, seat, player: holder.id }] : [];
      }),
    ),
  );
}

function keyOf({ tableId, seat, player }: Seated): string {
  return `${tableId} ${seat} ${player}`;
}
