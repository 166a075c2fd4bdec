import { seqGe, seqGt, seqLe } from '../tcp/seq.ts';

const REMEMBERED = 8;

/**
 * Remembers the last parts of an end's stream that were not captured: nobody knows how they were cut into
 * segments.
 */
export class Gaps {
  private gaps: readonly { readonly from: number; readonly upTo: number }[] = [];

  remember(from: number, upTo: number): void {
    this.gaps = [...this.gaps.slice(1 - REMEMBERED), { from, upTo }];
  }

  /** A segment was captured that brings some of it after all: what is left is still a gap. */
  fill(from: number, upTo: number): void {
    if (this.gaps.length === 0) return;
    this.gaps = this.gaps
      .flatMap((gap) => {
        if (seqGe(from, gap.upTo) || seqLe(upTo, gap.from)) return [gap];
        const before = { from: gap.from, upTo: from };
        const behind = { from: upTo, upTo: gap.upTo };
        return [before, behind].filter((part) => seqGt(part.upTo, part.from));
      })
      .slice(-REMEMBERED);
  }

  /** Whether what is before this number was not captured. */
  includes(number: number): boolean {
    return this.gaps.some(({ from, upTo }) => seqGt(number, from) && seqLe(number, upTo));
  }
}
