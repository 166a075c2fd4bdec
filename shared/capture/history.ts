import type { End } from '../tcp/end.ts';
import type { Waiting } from './receive.ts';

/** What an end was, and what waited for it, before one of its last segments. */
export interface Moment {
  readonly end: End;
  readonly waiting: readonly Waiting[];
}

const MOST_MOMENTS = 64;
/** So much may wait in all moments together: each keeps a list of its own. */
const MOST_WAITING = 512;
/** No segment is late by more than so many others of the file. */
const LATEST = 4096;

/** An end's last moments, for segments that left it earlier than others that were captured before them. */
export class History {
  private moments: (Moment & { readonly n: number })[] = [];
  private waiting = 0;

  /** The moment before the end sent the file's segment `n`. */
  remember(n: number, { end, waiting }: Moment): void {
    this.moments.push({ n, end, waiting });
    this.waiting += waiting.length;
    const [oldest] = this.moments;
    const tooOld = oldest !== undefined && oldest.n < n - LATEST;
    if (tooOld || this.moments.length > 2 * MOST_MOMENTS || this.waiting > 2 * MOST_WAITING) this.shorten(n);
  }

  /** The newest first. */
  *backwards(): Generator<Moment & { readonly n: number }> {
    for (let i = this.moments.length - 1; i >= 0; i--) {
      const moment = this.moments[i];
      if (moment) yield moment;
    }
  }

  /** How much is kept: moments, and what waits in them. */
  get size(): number {
    return this.moments.length + this.waiting;
  }

  forget(): void {
    this.moments = [];
    this.waiting = 0;
  }

  private shorten(n: number): void {
    let from = this.moments.length;
    this.waiting = 0;
    for (const moment of this.backwards()) {
      const { length } = moment.waiting;
      const kept = this.moments.length - from;
      if (kept === MOST_MOMENTS || moment.n < n - LATEST || this.waiting + length > MOST_WAITING) break;
      this.waiting += length;
      from--;
    }
    this.moments = this.moments.slice(from);
  }
}
