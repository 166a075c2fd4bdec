import { Bucket } from './bucket.ts';
import type { Clock } from './clock.ts';
import type { Rate } from './limits.ts';

const SWEEP_MS = 60_000;

/** Token buckets by key, in memory only; one that is full again is forgotten. */
export class Buckets {
  readonly #clock: Clock;
  readonly #rate: Rate;
  readonly #mostWaitMs: number;
  readonly #buckets = new Map<string, Bucket>();
  #sweptAt: number;

  /** `mostWaitMs`: no debt takes longer to pay off. */
  constructor(clock: Clock, rate: Rate, mostWaitMs = Infinity) {
    this.#clock = clock;
    this.#rate = rate;
    this.#mostWaitMs = mostWaitMs;
    this.#sweptAt = clock.now();
  }

  /** False if there is none left; then nothing is taken. */
  take(key: string): boolean {
    return this.#of(key).take();
  }

  /** Takes one in any case, into debt if need be. */
  charge(key: string): void {
    this.#of(key).charge();
  }

  /** Ms until one could be taken. */
  waitMs(key: string): number {
    return this.#of(key).waitMs();
  }

  #of(key: string): Bucket {
    this.#sweep();
    let bucket = this.#buckets.get(key);
    if (!bucket) {
      bucket = new Bucket(this.#clock, this.#rate, this.#mostWaitMs);
      this.#buckets.set(key, bucket);
    }
    return bucket;
  }

  #sweep(): void {
    const now = this.#clock.now();
    if (now - this.#sweptAt < SWEEP_MS) return;
    this.#sweptAt = now;
    for (const [key, bucket] of this.#buckets) if (bucket.isFull) this.#buckets.delete(key);
  }
}
