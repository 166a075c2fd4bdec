import type { Clock, Timer } from '../clock.ts';

/**
 * Does something for a key at once, and again at most once per interval however often it is asked for; never
 * forgets the last.
 */
export class Throttle {
  readonly #clock: Clock;
  readonly #everyMs: (key: string) => number;
  readonly #run: (key: string) => void;
  readonly #waiting = new Map<string, { asked: boolean; timer: Timer }>();

  constructor(clock: Clock, everyMs: number | ((key: string) => number), run: (key: string) => void) {
    this.#clock = clock;
    this.#everyMs = typeof everyMs === 'number' ? () => everyMs : everyMs;
    this.#run = run;
  }

  ask(key: string): void {
    const waiting = this.#waiting.get(key);
    if (waiting) {
      waiting.asked = true;
      return;
    }
    this.#wait(key);
    this.#run(key);
  }

  stop(): void {
    for (const { timer } of this.#waiting.values()) timer.cancel();
    this.#waiting.clear();
  }

  #wait(key: string): void {
    const timer = this.#clock.after(this.#everyMs(key), () => {
      const asked = this.#waiting.get(key)?.asked;
      this.#waiting.delete(key);
      if (asked) this.ask(key);
    });
    this.#waiting.set(key, { asked: false, timer });
  }
}
