import { UNKNOWN_WND } from '../tcp/end.ts';
import { ACK, has, type Segment } from '../tcp/segment.ts';
import { seqAdd, seqGt } from '../tcp/seq.ts';
import { Edges } from './edges.ts';

/**
 * What an end's peer has acknowledged of it, and how far it has ever let it send, whether that reached the
 * end or not.
 */
export class Allowance {
  private readonly acknowledged = new Edges();
  private highestEdge: number | null = null;
  private isKnown = true;

  /** The highest acknowledgment number plus window that the peer ever sent; null while unknown. */
  get rightEdge(): number | null {
    return this.isKnown ? this.highestEdge : null;
  }

  /** Takes note of a segment of the peer's, its window scaled. */
  take(seg: Segment): void {
    if (!has(seg, ACK)) return;
    this.acknowledged.remember(seg.ack);
    const edge = seqAdd(seg.ack, seg.wnd);
    if (seg.wnd >= UNKNOWN_WND) this.isKnown = false;
    else if (this.highestEdge === null || seqGt(edge, this.highestEdge)) this.highestEdge = edge;
  }

  /**
   * The peer has announced a window that was not captured, or cannot be read because its scale is unknown.
   */
  lose(): void {
    this.isKnown = false;
  }

  /** Whether one of the last that the peer acknowledged was this number. */
  includes(number: number): boolean {
    return this.acknowledged.includes(number);
  }

  /** Whether it ever was, as far as is remembered. */
  mayInclude(number: number): boolean {
    return this.acknowledged.mayInclude(number);
  }

  /** Lets go of what was acknowledged. */
  forget(): void {
    this.acknowledged.forget();
  }
}
