import type { Allowance } from './allowance.ts';
import type { Identifications } from './identifications.ts';
import type { Reach } from './reach.ts';

/** What is known of an end that sends, beside what it is. */
export interface Sender {
  /** Whether its SYN was captured: its initial number and its window's scale are known. */
  readonly synSeen: boolean;
  /** The first number that was captured of an end whose SYN was not. */
  readonly firstSeq: number | null;
  readonly allowance: Allowance;
  readonly reach: Reach;
  /** How long nothing has been captured of it before the segment at hand; null: nothing ever was. */
  readonly silentNanos: number | null;
  /** Octets of data on its SYN. */
  readonly synDataOctets: number;
  readonly ids: Identifications;
}
