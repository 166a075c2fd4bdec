import type { Clock } from './clock.ts';

interface Failed {
  readonly times: number;
  readonly lastAt: number;
}

export interface FailureLimits {
  /** So many tries cost nothing. */
  readonly free: number;
  /** What the next one has to wait; twice as long after each further one. */
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Nothing is held against anybody after a day without failure. */
const FORGET_MS = 24 * 3_600_000;
const MOST_KEYS = 10_000;

/**
 * Counts failures by key, an account or a person's PIN, and makes each try after the free ones wait longer.
 * In memory.
 */
export class Failures {
  readonly #clock: Clock;
  readonly #limits: FailureLimits;
  readonly #failed = new Map<string, Failed>();

  constructor(clock: Clock, limits: FailureLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Ms until another try is looked at. */
  waitMs(key: string): number {
    const failed = this.#failed.get(key);
    const { free, firstMs, mostMs } = this.#limits;
    if (!failed || failed.times < free) return 0;
    const delayMs = Math.min(mostMs, firstMs * 2 ** (failed.times - free));
    return Math.max(0, failed.lastAt + delayMs - this.#clock.now());
  }

  /** Before the try is looked at, so that many at once do not slip through; `forgive` if it was right. */
  charge(key: string): void {
    const lastAt = this.#clock.now();
    const before = this.#failed.get(key);
    const times = before && lastAt - before.lastAt < FORGET_MS ? before.times : 0;
    // Last in the map's order: the oldest ones go first when there are too many.
    this.#failed.delete(key);
    this.#failed.set(key, { times: times + 1, lastAt });
    if (this.#failed.size > MOST_KEYS) this.#dropOne();
  }

  forgive(key: string): void {
    this.#failed.delete(key);
  }

  /** The oldest that does not wait: to wait until it is forgotten must not be quicker than to wait. */
  #dropOne(): void {
    let oldest: string | undefined;
    for (const key of this.#failed.keys()) {
      oldest ??= key;
      if (this.waitMs(key) > 0) continue;
      this.#failed.delete(key);
      return;
    }
    if (oldest !== undefined) this.#failed.delete(oldest);
  }
}
