/**
 * So much work at once, and what waits takes turns by lane: who asks for much waits behind themselves, and
 * nobody else does for more than one piece of theirs.
 */
export class Lanes {
  readonly #atOnce: number;
  /** Those that wait, by lane; the lane whose turn is next comes first. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  async take<T>(lane: string, work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#atOnce) await this.#wait(lane);
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // The place passes to the next in line without becoming free.
      const next = this.#next();
      if (next) next();
      else this.#running -= 1;
    }
  }

  /** How many wait in a lane. */
  waiting(lane: string): number {
    return this.#waiting.get(lane)?.length ?? 0;
  }

  #wait(lane: string): Promise<void> {
    return new Promise((resolve) => {
      const line = this.#waiting.get(lane);
      if (line) line.push(resolve);
      else this.#waiting.set(lane, [resolve]);
    });
  }

  #next(): (() => void) | undefined {
    for (const [lane, line] of this.#waiting) {
      const next = line.shift();
      // Behind all the others, if anybody is left in it.
      this.#waiting.delete(lane);
      if (line.length > 0) this.#waiting.set(lane, line);
      return next;
    }
    return undefined;
  }
}
