import type { FlagName } from '../tcp/segment.ts';
import type { State } from '../tcp/state.ts';
import type { Fault, Verdict } from '../tcp/verdict.ts';

export type Side = 'client' | 'server';

export interface Passage {
  readonly before: State;
  readonly after: State;
}

/** What is told of one captured segment. Its JSON is one line of `lab check`. */
export interface Told {
  /** Place among the TCP segments of the file, from 0. */
  readonly n: number;
  /** Seconds from the first frame of the file. */
  readonly t: number;
  /** Which connection of the file, from 0. */
  readonly conn: number;
  readonly from: Side;
  readonly flags: readonly FlagName[];
  /**
   * From the sender's initial number on (the SYN is 0); see {@link relativeTo} for captures that begin later.
   */
  readonly seq: number;
  /** From the receiver's initial number on; null without the ACK flag. */
  readonly ack: number | null;
  /** Octets of data. SYN and FIN are not among them. */
  readonly len: number;
  /** The sender's state just before and just after it sent the segment. */
  readonly sender: Passage;
  /** The receiver's just before and just after the segment arrived; the same twice if it did not. */
  readonly receiver: Passage;
  readonly verdict: Verdict['verdict'];
  /**
   * What the segment is: see `Why`; or `damaged`: what was captured is not what was sent, and nobody took
   * notice of it.
   */
  readonly kind: string;
  /** With the same relative numbers as `seq` and `ack`. Empty unless wrong. */
  readonly faults: readonly Pick<Fault, 'field' | 'code' | 'given' | 'needed' | 'section'>[];
}
