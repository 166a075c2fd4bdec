import { seqGt, seqLe, seqLt } from '../tcp/seq.ts';
import type { CapturedOptions as Options } from './captured-segment.ts';

/** The timestamps (RFC 7323 §3) that one end has sent, and those of its peer that have reached it. */
export class Timestamps {
  /** The newest that it has sent; null: none was captured. */
  newest: number | null = null;
  /** The newest that has reached it. */
  heard: number | null = null;
  /** Whether the last that it sent had none, as a RST has none. */
  private isUntimed = false;

  send({ tsVal }: Options): void {
    this.isUntimed = tsVal === null;
    if (tsVal !== null && (this.newest === null || seqGt(tsVal, this.newest))) this.newest = tsVal;
  }

  hear(tsVal: number | null): void {
    if (tsVal !== null && (this.heard === null || seqGt(tsVal, this.heard))) this.heard = tsVal;
  }

  /** Whether its segment echoes an older one than an earlier segment must have: that had heard more. */
  echoesOlder({ tsEcr }: Options): boolean {
    return tsEcr !== null && this.heard !== null && seqLt(tsEcr, this.heard);
  }

  /** Whether a segment left the end before one that was captured earlier. */
  isLate({ tsVal }: Options): boolean {
    return tsVal !== null && this.newest !== null && seqLt(tsVal, this.newest);
  }

  /** Whether it may have: within one tick of the clock all are the same. */
  mayBeLate({ tsVal }: Options): boolean {
    return tsVal === null || this.newest === null || this.isUntimed || seqLe(tsVal, this.newest);
  }
}
