import type { Clock, Timer } from '../clock.ts';
import { Heap } from './heap.ts';

interface Alarm {
  readonly id: string;
  readonly at: number;
}

/**
 * At most one alarm for each id, all of them on one timer. An alarm that was set anew or cleared stays in the
 * heap and is passed over when its time comes: cheaper than finding it.
 */
export class Alarms {
  readonly #clock: Clock;
  readonly #ring: (id: string) => void;
  readonly #set = new Map<string, Alarm>();
  #heap = new Heap<Alarm>();
  #timer: { readonly at: number; readonly timer: Timer } | null = null;

  constructor(clock: Clock, ring: (id: string) => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  get size(): number {
    return this.#set.size;
  }

  /** `at`: epoch ms, replacing what was set for this id; null clears it. */
  set(id: string, at: number | null): void {
    if (at === null) {
      this.#set.delete(id);
      return;
    }
    if (this.#set.get(id)?.at === at) return;
    const alarm = { id, at };
    this.#set.set(id, alarm);
    this.#heap.add(at, alarm);
    if (this.#heap.size > 2 * this.#set.size + 1000) this.#rebuild();
    this.#arm();
  }

  clearAll(): void {
    this.#set.clear();
    this.#heap = new Heap();
    this.#timer?.timer.cancel();
    this.#timer = null;
  }

  #rebuild(): void {
    this.#heap = new Heap();
    for (const alarm of this.#set.values()) this.#heap.add(alarm.at, alarm);
  }

  #arm(): void {
    const first = this.#heap.first;
    if (!first || (this.#timer && this.#timer.at <= first.key)) return;
    this.#timer?.timer.cancel();
    const timer = this.#clock.after(first.key - this.#clock.now(), () => {
      this.#timer = null;
      this.#ringDue();
    });
    this.#timer = { at: first.key, timer };
  }

  /** A timer may fire a little early: then nothing is due yet, and it is armed for the rest. */
  #ringDue(): void {
    const now = this.#clock.now();
    for (let first = this.#heap.first; first && first.key <= now; first = this.#heap.first) {
      const alarm = this.#heap.takeFirst();
      if (!alarm || this.#set.get(alarm.id) !== alarm) continue;
      this.#set.delete(alarm.id);
      this.#ring(alarm.id);
    }
    this.#arm();
  }
}
