import type { CapturedSegment } from './captured-segment.ts';
import type { Line } from './line.ts';

const REMEMBERED = 16;
/** No copy comes after so many others of the file. */
const LATEST = 4096;
const NANOS = 1e9;

/** Remembers an end's last segments, to tell one that was captured twice from one that was sent twice. */
export class Copies {
  /** The oldest first. */
  private recent: Line[] = [];

  remember(line: Line): void {
    const { n } = line.captured;
    const [oldest] = this.recent;
    if (oldest && oldest.captured.n < n - LATEST) {
      this.recent = this.recent.filter(({ captured }) => captured.n >= n - LATEST);
    }
    if (this.recent.length >= REMEMBERED) this.recent.shift();
    this.recent.push(line);
  }

  forget(): void {
    this.recent = [];
  }

  /**
   * The line this one repeats to the last bit. Sent again, a segment gets a new IPv4 identification; where
   * there is none it counts as the same only if the two passed the recording machine in opposite directions.
   */
  originalOf(line: Line): Line | null {
    const { captured } = line;
    return this.find(
      captured,
      (earlier) =>
        captured.id > 0 || (captured.direction !== null && captured.direction !== earlier.direction),
    );
  }

  /** The line this one may repeat, if nothing speaks against it. */
  possibleOriginalOf(line: Line): Line | null {
    return this.find(line.captured, () => true);
  }

  private find(captured: CapturedSegment, also: (earlier: CapturedSegment) => boolean): Line | null {
    for (const line of this.recent) {
      if (same(line.captured, captured) && also(line.captured)) return line;
    }
    return null;
  }
}

function same(a: CapturedSegment, b: CapturedSegment): boolean {
  return (
    a.id === b.id &&
    a.seg.seq === b.seg.seq &&
    a.seg.ack === b.seg.ack &&
    a.seg.flags === b.seg.flags &&
    a.seg.wnd === b.seg.wnd &&
    a.seg.dataOctets === b.seg.dataOctets &&
    a.options.tsVal === b.options.tsVal &&
    a.options.tsEcr === b.options.tsEcr &&
    a.options.sack.length === b.options.sack.length &&
    a.options.sack.every((edge, i) => edge === b.options.sack[i]) &&
    Math.abs(a.tNanos - b.tNanos) < 10 * NANOS
  );
}
