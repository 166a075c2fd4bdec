/** A larger step between two identifications is a new beginning, or chance: some kernels draw them. */
const LARGEST_GAP = 1024;
/** A segment is late by at most so many. */
const LATEST = 4096;

/**
 * The IPv4 identifications of what one end sent. Most kernels count them up for each connection, so that they tell a segment
 * that came late from one that was sent late, and show where one was lost before its capture. 0 or less is no identification.
 */
export class Identifications {
  private newest = 0;
  /** How many before the newest were not seen. */
  private missing = 0;

  remember(id: number): void {
    if (id <= 0) return;
    const ahead = (id - this.newest) & 0xffff;
    if (this.newest === 0 || ahead > LARGEST_GAP) {
      if (this.newest === 0 || ahead < 0x8000) this.newest = id;
      else if (this.missing > 0) this.missing--;
    } else if (ahead > 0) {
      this.missing += ahead - 1;
      this.newest = id;
    }
  }

  /** Whether segments may have been lost before this one. */
  mayHaveSkipped(id: number): boolean {
    return id <= 0 || this.newest === 0 || this.missing > 0 || id !== ((this.newest + 1) & 0xffff);
  }

  /** Whether it was sent before others that were captured earlier; null if nothing tells. */
  isLate(id: number): boolean | null {
    if (id <= 0 || this.newest === 0) return null;
    const behind = (this.newest - id) & 0xffff;
    return behind > 0 && behind < LATEST;
  }
}
