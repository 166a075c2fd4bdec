import type { Alert } from '../../shared/classroom/alert.ts';
import type { Clock } from '../clock.ts';

interface Tries {
  tries: number;
  at: number;
}

/** So many wrong PINs for one name are no slips any more. */
const PINS_FROM = 5;
/** What is older has been seen, or does not matter any more. */
const PINS_MS = 60 * 60_000;
const CODES_MS = 10 * 60_000;

/**
 * What instructors are to know of people who try out PINs and codes. In memory only, like the counters that
 * slow them down.
 */
export class Alerts {
  readonly #clock: Clock;
  readonly #changed: (classroomId: string | null) => void;
  /** By classroom and the roster's name. */
  readonly #pins = new Map<string, Map<string, Tries>>();
  #codes: Tries | null = null;
  /** So many wrong codes that everybody's typed code waits. */
  #slowAt: number | null = null;

  /** `changed`: told which classroom's alerts are others now; null: every classroom's. */
  constructor(clock: Clock, changed: (classroomId: string | null) => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  wrongPin(classroomId: string, name: string): void {
    const names = this.#pins.get(classroomId) ?? new Map<string, Tries>();
    this.#pins.set(classroomId, names);
    const tries = this.#count(names.get(name) ?? null, PINS_MS);
    names.set(name, tries);
    if (tries.tries >= PINS_FROM) this.#changed(classroomId);
  }

  /** A few slips before it do not matter; many tries do, all the more if the last one was right. */
  rightPin(classroomId: string, name: string): void {
    const names = this.#pins.get(classroomId);
    if ((names?.get(name)?.tries ?? 0) < PINS_FROM) names?.delete(name);
  }

  /**
   * `slow`: it was one too many, and codes are looked at more slowly now. A wrong code is no classroom's: all
   * are told.
   */
  wrongCode(slow: boolean): void {
    this.#codes = this.#count(this.#codes, CODES_MS);
    if (slow) this.#slowAt = this.#codes.at;
    if (slow) this.#changed(null);
  }

  of(classroomId: string): readonly Alert[] {
    const now = this.#clock.now();
    const pins = [...(this.#pins.get(classroomId) ?? [])].flatMap(([name, { tries, at }]): Alert[] =>
      tries >= PINS_FROM && now - at < PINS_MS ? [{ kind: 'pins', name, tries, at }] : [],
    );
    const { tries = 0 } = this.#codes ?? {};
    const slow = this.#slowAt !== null && now - this.#slowAt < CODES_MS;
    return slow ? [...pins, { kind: 'codes', tries, at: this.#slowAt ?? now }] : pins;
  }

  /** The classroom is over. */
  forget(classroomId: string): void {
    this.#pins.delete(classroomId);
  }

  #count(before: Tries | null, windowMs: number): Tries {
    const at = this.#clock.now();
    return { tries: before && at - before.at < windowMs ? before.tries + 1 : 1, at };
  }
}
