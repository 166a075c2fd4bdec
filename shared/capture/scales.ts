import { UNKNOWN_WND } from '../tcp/end.ts';
import { ACK, has, SYN, type Segment } from '../tcp/segment.ts';
import type { Ends } from './ends.ts';
import type { Line } from './line.ts';

/** The MSS of a SYN that has none (RFC 9293 §3.7.1, MUST-15). */
const DEFAULT_MSS = 536;
/** Options take at most so many octets off the MSS; a segment is no shorter unless it is the last. */
const OPTION_OCTETS = 40;

/** What the SYNs of a connection have agreed on: window scales, and the length of a segment. */
export class Scales {
  private isKnown = true;
  private mss = Infinity;

  /** A SYN was not captured, and what it offered is not known. */
  lose(): void {
    this.isKnown = false;
  }

  /**
   * The segment with the window that its field stands for (RFC 7323 §2.3): no limit as long as the scale is
   * unknown.
   */
  scaled(ends: Ends, line: Line): Segment {
    const { speaker, listener } = ends;
    const { seg } = line;
    if (has(seg, SYN)) {
      this.agree(ends, line);
      // Linux scales the window of a SYN,ACK that it is sent in a simultaneous open, against RFC 7323 §2.2.
      return has(seg, ACK) && speaker.end?.opened === 'active' ? { ...seg, wnd: UNKNOWN_WND } : seg;
    }
    if (seg.wnd === 0) return seg;
    if (!this.isKnown || !speaker.synSeen || !listener.synSeen) return { ...seg, wnd: UNKNOWN_WND };
    if (speaker.shift === null || listener.shift === null || speaker.shift === 0) return seg;
    return { ...seg, wnd: Math.min(seg.wnd * 2 ** speaker.shift, UNKNOWN_WND) };
  }

  private agree({ speaker, listener }: Ends, { captured: { options } }: Line): void {
    speaker.shift = options.windowShift;
    if (options.areCut && speaker.shift === null) this.isKnown = false;
    this.mss = Math.min(this.mss, options.mss ?? DEFAULT_MSS);
    speaker.mss = listener.mss = this.mss;
    speaker.pieceOctets = listener.pieceOctets = this.mss - OPTION_OCTETS;
  }
}
