import type { Backlog } from './backlog.ts';
import type { Arrival, Cause } from './cause.ts';
import type { Segment } from './segment.ts';
import type { State } from './state.ts';
import type { Tcb } from './tcb.ts';

/** A piece of the retransmission queue: sent and not acknowledged. */
export interface SentRange {
  readonly seq: number;
  /** SYN, FIN or both, as in {@link Segment.flags}; 0 for data alone. */
  readonly flags: number;
  readonly dataOctets: number;
  readonly text?: string;
}

/** A piece received beyond a gap, kept for later. */
export interface HeldRange {
  readonly seq: number;
  readonly dataOctets: number;
  /** Whether the peer's FIN follows the last octet. */
  readonly fin: boolean;
}

/** What is kept of a connection in TIME-WAIT while another may take its place. */
export type OldConnection = Pick<End, 'opened' | 'tcb' | 'finSeq'>;

/** A timer without a clock: who keeps time starts it afresh whenever `epoch` changes. */
export interface Timer {
  readonly epoch: number;
  /** How often it has doubled. */
  readonly backoff: number;
}

export interface Timers {
  /**
   * Retransmission time-out (RFC 6298). Null while nothing is outstanding, or while the retransmission it
   * asked for is still owed.
   */
  readonly rto: Timer | null;
  /** 2MSL; null while the ACK of the peer's FIN is still owed. */
  readonly 'time-wait': Timer | null;
  /** Zero-window probe (§3.8.6.1). */
  readonly persist: Timer | null;
}

export type TimerName = keyof Timers;

/**
 * One end of a connection: its state, its TCB, what its application asked for, and what it owes.
 * A plain value that survives JSON. Functions of this folder take one and return the next.
 */
export interface End {
  readonly state: State;
  /** How it was opened; decides where a RST in SYN-RECEIVED leads (MUST-11). */
  readonly opened: 'active' | 'passive' | null;
  /** Room for half-open connections while it listens; null: without end. */
  readonly backlog: Backlog | null;
  /**
   * In LISTEN: the number of the SYN that the last cookie answered, null if none is out. A listener keeps
   * nothing of it: this stands for the hash, by which an ACK shows that it answers a cookie and which SYN
   * that cookie was made for (RFC 4987 §3.6).
   */
  readonly cookieFor: number | null;
  readonly tcb: Tcb;
  /**
   * The most octets of data that this end puts in one segment by itself. The judge does not hold anybody to
   * it.
   */
  readonly mss: number;
  /** Octets that the application gave and that have not been sent even once. */
  readonly queued: number;
  /** The same as text, where it is known. */
  readonly queuedText: string | null;
  /** CLOSE was called. With `finSeq` null: the FIN has not gone out yet. */
  readonly closeCalled: boolean;
  /** ABORT was called and the RST has not gone out yet. */
  readonly abortCalled: boolean;
  /**
   * Data on the peer's SYN was accepted at once (RFC 7413 §4.2): this end may send before the handshake is
   * over.
   */
  readonly fastOpen: boolean;
  /** Whether the application still takes what arrives. */
  readonly reads: boolean;
  /** Octets received and not read, because the application stopped reading. */
  readonly unread: number;
  /** The number of our FIN once it went out, null before. */
  readonly finSeq: number | null;
  /** The retransmission queue, oldest first. */
  readonly unacked: readonly SentRange[];
  /** Received out of order, by number. */
  readonly held: readonly HeldRange[];
  /** Open causes, oldest first. */
  readonly causes: readonly Cause[];
  readonly newest: Arrival | null;
  readonly lastSent: Segment | null;
  readonly timers: Timers;
  /** How often the retransmission time-out has doubled. */
  readonly rtoBackoff: number;
  readonly persistBackoff: number;
  /** The id that the next call, arrival or time-out gets. */
  readonly nextId: number;
  readonly nextEpoch: number;
  /** The state from which it came back to CLOSED; null if it has not been open. */
  readonly closedFrom: State | null;
  /**
   * In SYN-RECEIVED straight from TIME-WAIT: the old connection, to which it returns if the SYN turns out to be an
   * old duplicate (§3.6.1, MAY-2).
   */
  readonly reopened: OldConnection | null;
}

/** What an end must know before anything happens. */
export interface EndOptions {
  /** Initial sequence number, in [0, 2^32). */
  iss: number;
  /** Receive window, octets. */
  rcvWnd: number;
  /** Octets of data per segment. */
  mss: number;
}

/** A window nobody has told us about yet does not hold anything back. */
export const UNKNOWN_WND = 2 ** 30;

/** An end in CLOSED with no application call made. */
export function newEnd({ iss, rcvWnd, mss }: EndOptions): End {
  return {
    state: 'CLOSED',
    opened: null,
    backlog: null,
    cookieFor: null,
    tcb: {
      iss,
      irs: null,
      snd: { una: iss, nxt: iss, wnd: UNKNOWN_WND, wl1: 0, wl2: 0 },
      rcv: { nxt: null, wnd: rcvWnd },
    },
    mss,
    queued: 0,
    queuedText: null,
    closeCalled: false,
    abortCalled: false,
    fastOpen: false,
    reads: true,
    unread: 0,
    finSeq: null,
    unacked: [],
    held: [],
    causes: [],
    newest: null,
    lastSent: null,
    timers: { rto: null, 'time-wait': null, persist: null },
    rtoBackoff: 0,
    persistBackoff: 0,
    nextId: 1,
    nextEpoch: 1,
    closedFrom: null,
    reopened: null,
  };
}
