import type { Result } from '../result.ts';
import type { Segment } from './segment.ts';

/** `S. 300:300(0) ack 101 win 64240`, as tcpdump would write it: flags, first and last number, octets of data. */
export function print(seg: Segment): string {
  throw new Error(`not yet: ${seg.seq}`);
}

export type NotationRefusal = {
  readonly code:
    | 'notation/empty'
    | 'notation/bad-flags'
    | 'notation/bad-seq'
    | 'notation/bad-range'
    | 'notation/bad-ack'
    | 'notation/bad-win'
    | 'notation/unknown-word';
  /** The piece of the line that was not understood. */
  readonly at: string;
};

/** What a person typed. `seq`, `ack` and `wnd` are null where they were left out. */
export interface Typed {
  readonly flags: number;
  readonly seq: number | null;
  readonly ack: number | null;
  readonly wnd: number | null;
  readonly dataOctets: number;
}

/** Reads the notation leniently: the range may be a single number, everything but the flags may be missing. */
export function parse(line: string): Result<Typed, NotationRefusal> {
  throw new Error(`not yet: ${line}`);
}
