import { ACK, has, RST, SYN, type Segment, segEnd } from '../tcp/segment.ts';
import { seqDiff, seqGt, seqLe } from '../tcp/seq.ts';
import { Edges } from './edges.ts';
import { Gaps } from './gaps.ts';

/**
 * Whether a number is so far behind another that, on the circle, it would soon come to lie ahead: nothing of
 * it is sent again.
 */
export function isLongPast(number: number, now: number): boolean {
  return seqDiff(now, number) > 2 ** 30;
}

/** How far an end has come in its stream and in its peer's, by what was captured of it. */
export class Reach {
  /** The highest number that its segments have come to; null: none was captured. */
  sentUpTo: number | null = null;
  /** The highest number that it has acknowledged. */
  ackedUpTo: number | null = null;
  /** What its peer acknowledges of them may end anywhere. */
  readonly gaps = new Gaps();
  private readonly edges = new Edges();
  private sentLonger = false;
  /** The first number that was captured of it, if it was not that of its SYN, and is not long past. */
  private firstSeq: number | null = null;

  /** Takes note of a segment of it. `pieceOctets`: a longer one may be cut up later, nobody knows where. */
  take(seg: Segment, pieceOctets: number): void {
    if (has(seg, RST)) return;
    const last = segEnd(seg);
    if (this.sentUpTo === null && !has(seg, SYN)) this.firstSeq = seg.seq;
    if (this.sentUpTo !== null && seqGt(seg.seq, this.sentUpTo) && !has(seg, SYN))
      this.gaps.remember(this.sentUpTo, seg.seq);
    if (this.sentUpTo === null || seqGt(last, this.sentUpTo)) this.sentUpTo = last;
    if (this.firstSeq !== null && isLongPast(this.firstSeq, this.sentUpTo)) this.firstSeq = null;
    if (has(seg, ACK) && (this.ackedUpTo === null || seqGt(seg.ack, this.ackedUpTo)))
      this.ackedUpTo = seg.ack;
    if (last === seg.seq) return;
    this.gaps.fill(seg.seq, last);
    if (seg.dataOctets > pieceOctets) this.sentLonger = true;
    this.edges.remember(last);
  }

  /** Whether a segment of it may have ended at this number on the wire. */
  mayHaveEndedAt(number: number): boolean {
    const isFromBefore = this.firstSeq !== null && seqLe(number, this.firstSeq);
    return this.sentLonger || isFromBefore || this.edges.includes(number);
  }

  /** Whether one with octets did, among its last. */
  hasEndedAt(number: number): boolean {
    return this.edges.includes(number);
  }

  /** Whether its stream, which begins behind `base`, has come to this number. */
  includes(number: number, base: number | null): boolean {
    const { sentUpTo } = this;
    return base !== null && sentUpTo !== null && seqGt(number, base) && seqLe(number, sentUpTo);
  }

  /** Lets go of where its segments ended. */
  forget(): void {
    this.edges.forget();
  }
}
