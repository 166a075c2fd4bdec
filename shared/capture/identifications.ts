/** A larger step between two identifications is a new beginning, or chance: some kernels draw them. */
const LARGEST_GAP = 1024;
/** A segment is late by at most so many. */
const LATEST = 4096;

/**
 * The IPv4 identifications of what one end sent. Most kernels count them up for each connection, so that they
 * tell a segment that came late from one that was sent late, and show where one was lost before its capture.
 * 0 or less is no identification.
 */
export class Identifications {
  private newest = 0;
  /**
   * Whether the newest segment was one that is cut up later, each piece with an identification of its own.
   */
  private newestIsLong = false;
  /** How many before the newest were not seen. */
  private missing = 0;
  /** How many of these were certainly sent, since what came before them was not cut up. */
  private lost = 0;
  /** How many segments without one came after the newest. */
  private unnumbered = 0;
  /**
   * One was 0 after others were not: they may count from 0 in every burst that a network card cuts up, and the
   * next in turn need not be the next.
   */
  private beginAnew = false;

  remember(id: number, isLong: boolean): void {
    if (id <= 0) {
      this.unnumbered++;
      if (this.newest !== 0) this.beginAnew = true;
      return;
    }
    const ahead = (id - this.newest) & 0xffff;
    if (this.newest !== 0 && ahead >= 0x8000) {
      if (this.missing > 0) this.missing--;
      if (this.lost > 0) this.lost--;
      return;
    }
    if (this.newest !== 0 && ahead > 0 && ahead <= LARGEST_GAP) {
      this.missing += ahead - 1;
      if (!this.newestIsLong) this.lost += ahead - 1;
    }
    this.unnumbered = 0;
    this.newest = id;
    this.newestIsLong = isLong;
  }

  /** Whether this one tells, beside those before it, if segments were lost between them. */
  tells(id: number): boolean {
    return id > 0 && this.newest !== 0 && !this.beginAnew;
  }

  /** Whether this is the first without one, from an end that numbered what it sent before. */
  leaveOff(id: number): boolean {
    return id === 0 && this.newest !== 0 && !this.beginAnew;
  }

  /** Whether segments may have been lost before this one. */
  mayHaveSkipped(id: number): boolean {
    return !this.tells(id) || this.missing > 0 || id !== ((this.newest + 1) & 0xffff);
  }

  /** Whether segments were certainly lost just before this one. */
  hasSkipped(id: number): boolean {
    const ahead = (id - this.newest) & 0xffff;
    return id > 0 && this.newest !== 0 && !this.newestIsLong && ahead > 1 && ahead <= LARGEST_GAP;
  }

  /** The same, or some time before it. */
  hasLost(id: number): boolean {
    return this.lost > 0 || this.hasSkipped(id);
  }

  /** Whether it was sent before others that were captured earlier; null if nothing tells. */
  isLate(id: number): boolean | null {
    if (id <= 0 || this.newest === 0) return null;
    const behind = (this.newest - id) & 0xffff;
    if (behind > 0 && behind < LATEST) return true;
    const ahead = (id - this.newest) & 0xffff;
    return this.unnumbered > 0 || ahead > LARGEST_GAP ? null : false;
  }
}
