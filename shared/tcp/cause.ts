import type { Segment } from './segment.ts';

/** What an open cause asks for. */
export type Need =
  | 'syn'
  | 'syn-ack'
  /** A SYN that came again: RFC 9293 answers with an ACK (§3.10.7.4 first), most kernels with their SYN,ACK. */
  | 'syn-ack-or-ack'
  | 'ack'
  | 'data'
  | 'fin'
  | 'abort'
  | 'rst'
  | 'retransmit'
  | 'probe';

/** Why a segment was called for, or why it is allowed. The sentence for it is `why_…` in the translations. */
export type Why =
  | 'syn'
  | 'syn-ack'
  | 'syn-ack-again'
  | 'syn-cookie'
  | 'third-ack'
  | 'simultaneous-ack'
  | 'ack'
  | 'ack-fin'
  | 'dup-ack'
  | 'old-ack'
  | 'challenge-ack'
  | 'ack-beyond'
  | 'time-wait-ack'
  | 'window-update'
  | 'data'
  | 'data-fin'
  | 'fin'
  | 'retransmit-syn'
  | 'retransmit-syn-ack'
  | 'retransmit'
  | 'retransmit-fin'
  | 'probe'
  | 'rst-abort'
  | 'rst-stray'
  | 'rst-unread'
  /** Allowed though nothing asked for it. */
  | 'duplicate-ack'
  | 'keep-alive'
  | 'reopen'
  /** Nothing is called for. */
  | 'nothing';

/**
 * Something that happened to this end and is not answered yet: an application call, an arrival or a time-out.
 * Ids grow by one with every call, arrival and time-out of an end, answered or not.
 */
export interface Cause {
  readonly id: number;
  readonly kind: 'call' | 'arrival' | 'timeout';
  readonly need: Need;
  readonly why: Why;
  /** The segment that arrived; for `arrival` only. */
  readonly seg?: Segment;
  /** For a write: the number after its last octet. The cause is closed when SND.NXT gets there. */
  readonly upTo?: number;
  /** The RFC leaves it open whether to answer: "nothing to send" is right as well. */
  readonly optional?: true;
}

/** What an arrival did to this end. */
export type Outcome =
  /** Changed something: opened, acknowledged, delivered or closed. */
  | 'accepted'
  /** Data or a FIN past a gap, kept until the gap is filled. */
  | 'held'
  /** Outside the window or already received (§3.10.7.4 first). */
  | 'unacceptable'
  /** A SYN, or a RST not exactly at RCV.NXT, in a synchronized state (RFC 5961). */
  | 'challenged'
  /** Acknowledges what was never sent (§3.10.7.4 fifth). */
  | 'ack-beyond'
  /** Belongs to no connection here; a RST answers it. */
  | 'stray'
  /** Dropped without an answer. */
  | 'ignored'
  /** A SYN for which the backlog has no room: dropped as well (RFC 4987 §2.2). */
  | 'no-room'
  /** A RST that ended the connection, or sent it back to LISTEN or TIME-WAIT. */
  | 'reset';

/** The newest arrival, answered or not. */
export interface Arrival {
  /** The id it has as a cause. */
  readonly id: number;
  readonly seg: Segment;
  readonly outcome: Outcome;
  /** Octets handed to the application, those waiting behind a filled gap included. */
  readonly delivered: number;
  /** Whether the peer's FIN took effect with this arrival. */
  readonly fin: boolean;
}
