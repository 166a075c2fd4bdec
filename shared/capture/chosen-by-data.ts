import type { Line } from './line.ts';

/** So many segments in a row that all carry data: no two ends that are watched whole are so terse. */
const FEW = 4;

/**
 * Whether only a connection's segments with data are in the capture, as when it was saved through a filter
 * for what an application says: SYNs, bare ACKs, FINs and RSTs are all missing then, and much else may be.
 */
export class ChosenByData {
  private taken = 0;
  private areAllWithData = true;

  take({ seg }: Line): void {
    this.taken++;
    if (seg.dataOctets === 0) this.areAllWithData = false;
  }

  /** By all that was taken and what follows, as far as that is known. */
  seem(upcoming: readonly Line[]): boolean {
    return (
      this.areAllWithData &&
      this.taken + upcoming.length >= FEW &&
      upcoming.every(({ seg }) => seg.dataOctets > 0)
    );
  }
}
