import type { Clock } from './clock.ts';
import type { Rate } from './limits.ts';

/** A token bucket: a burst at once, then so many a second. */
export class Bucket {
  readonly #clock: Clock;
  readonly #rate: Rate;
  readonly #leastTokens: number;
  #tokens: number;
  #at: number;

  /** `mostWaitMs`: no debt takes longer to pay off. */
  constructor(clock: Clock, rate: Rate, mostWaitMs = Infinity) {
    this.#clock = clock;
    this.#rate = rate;
    this.#leastTokens = 1 - (mostWaitMs / 1000) * rate.perS;
    this.#tokens = rate.burst;
    this.#at = clock.now();
  }

  /** False if there is none left; then nothing is taken. */
  take(): boolean {
    if (this.#fill() < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Takes one in any case, into debt if need be. */
  charge(): void {
    this.#tokens = Math.max(this.#leastTokens, this.#fill() - 1);
  }

  /** Ms until one could be taken. */
  waitMs(): number {
    const tokens = this.#fill();
    return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / this.#rate.perS) * 1000);
  }

  /** As if it were new. */
  get isFull(): boolean {
    return this.#fill() >= this.#rate.burst;
  }

  #fill(): number {
    const { burst, perS } = this.#rate;
    const now = this.#clock.now();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * perS);
    this.#at = now;
    return this.#tokens;
  }
}
