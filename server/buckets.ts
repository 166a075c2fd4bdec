import type { Clock } from './clock.ts';
import type { Rate } from './limits.ts';

/** Token buckets by key, in memory only; one that is full again is forgotten. */
export class Buckets {
  readonly #clock: Clock;
  readonly #rate: Rate;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  #sweptAt: number;

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#sweptAt = clock.now();
  }

  /** False if there is none left; then nothing is taken. */
  take(key: string): boolean {
    const bucket = this.#fill(key);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** Takes one in any case, into debt if need be. */
  charge(key: string): void {
    this.#fill(key).tokens -= 1;
  }

  /** Ms until one could be taken. */
  waitMs(key: string): number {
    const { tokens } = this.#fill(key);
    return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / this.#rate.perS) * 1000);
  }

  #fill(key: string): { tokens: number; at: number } {
    const now = this.#clock.now();
    this.#sweep(now);
    const { burst, perS } = this.#rate;
    let bucket = this.#buckets.get(key);
    if (!bucket) {
      bucket = { tokens: burst, at: now };
      this.#buckets.set(key, bucket);
    }
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perS);
    bucket.at = now;
    return bucket;
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < 60_000) return;
    this.#sweptAt = now;
    const { burst, perS } = this.#rate;
    for (const [key, { tokens, at }] of this.#buckets) {
      if (tokens + ((now - at) / 1000) * perS >= burst) this.#buckets.delete(key);
    }
  }
}
