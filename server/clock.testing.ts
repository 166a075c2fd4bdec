import type { Clock } from './clock.ts';

interface Waiting {
  readonly at: number;
  readonly call: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  #waiting: Waiting[] = [];

  constructor(now = 1_000_000) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly after: Clock['after'] = (ms, call) => {
    const waiting = { at: this.#now + Math.max(0, ms), call };
    this.#waiting.push(waiting);
    return { cancel: () => void (this.#waiting = this.#waiting.filter((other) => other !== waiting)) };
  };

  /** Moves on by `ms`, calling on the way what falls due, each at its instant. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#waiting.toSorted((a, b) => a.at - b.at).find(({ at }) => at <= until);
      if (!next) break;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
    }
    this.#now = until;
  }

  /**
   * Lets time pass, `stepMs` for each turn of the event loop, until `promise` is settled: for work that waits
   * for the clock and for the world in turn.
   */
  async passUntil<T>(promise: Promise<T>, stepMs = 1): Promise<T> {
    let settled = false;
    const done = () => void (settled = true);
    promise.then(done, done);
    while (!settled) {
      await new Promise((resolve) => setImmediate(resolve));
      this.advance(stepMs);
    }
    return promise;
  }

  /** How many timers run. */
  get timers(): number {
    return this.#waiting.length;
  }
}
