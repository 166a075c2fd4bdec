import type { Segment } from '../tcp/segment.ts';
import type { Direction } from './ip.ts';

/** The options that say something about what reached whom (RFC 9293 §3.2, RFC 7323, RFC 2018, RFC 7413). */
export interface CapturedOptions {
  /** Maximum Segment Size; null without the option. */
  readonly mss: number | null;
  /** Shift count of Window Scale; null without the option. */
  readonly windowShift: number | null;
  readonly sackPermitted: boolean;
  /** Left and right edges in turn: l1, r1, l2, r2 … */
  readonly sack: readonly number[];
  /** Timestamps: TSval and TSecr; null without the option. */
  readonly tsVal: number | null;
  readonly tsEcr: number | null;
  /** A request for, or use of, TCP Fast Open. */
  readonly fastOpen: boolean;
  /** The snap length left some of them out, so that what is missing may have been there. */
  readonly areCut: boolean;
}

/** A segment as it was captured, with what the network layer knows of it. */
export interface CapturedSegment {
  /** Place among the TCP segments of the file, from 0. */
  readonly n: number;
  /** Nanoseconds from the first frame of the file; exact for captures of up to three months. */
  readonly tNanos: number;
  /** Address and port of the sender, as one text. */
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly seg: Segment;
  readonly options: CapturedOptions;
  /** IPv4 identification; −1 where there is none. */
  readonly id: number;
  readonly direction: Direction;
  /**
   * Its checksum is wrong, though its sender works them out before they are captured: it was damaged on the
   * way, and is not what was sent.
   */
  readonly isDamaged: boolean;
}
