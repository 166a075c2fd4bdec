import { newEnd } from '../../../shared/tcp/end.ts';
import type { End } from '../../../shared/tcp/end.ts';
import { ACK } from '../../../shared/tcp/segment.ts';
import type { Segment } from '../../../shared/tcp/segment.ts';
import type { State } from '../../../shared/tcp/state.ts';
import type { Burst } from './burst.ts';

/**
 * Wide enough that nobody's data falls outside it by our mistake: what an end announces is rarely in the
 * steps.
 */
export const RCV_WND = 2 ** 20;

/** An end, and what the steps have and have not said about it. */
export interface Trace {
  readonly end: End;
  /** Our ISS was given, or has been seen in our SYN. */
  readonly issKnown: boolean;
  /** Kinds of calls that the steps tell of; where they are silent, calls are inferred from what is sent. */
  readonly tells: {
    /** `in part`: there was a write without an amount. */
    readonly write: boolean | 'in part';
    readonly close: boolean;
  };
  /** Any call was told, or a start. */
  readonly isTold: boolean;
  /**
   * The end as it would be had it taken an arrival in another way that some stacks have; null where there is
   * no doubt.
   */
  readonly otherwise: End | null;
  /** The receive window while it is not shut. */
  readonly rcvWnd: number;
  /** The peer's window scale (RFC 7323); null if no step told it. */
  readonly peerShift: number | null;
  /** RCV.NXT as each arrival left it that is owed an ACK, oldest first. */
  readonly unansweredNxts: readonly number[];
  /** The last arrivals in a row; null: something else came after them. */
  readonly burst: Burst | null;
}

/** A step has been taken. */
export interface Taken {
  readonly trace: Trace;
  /** What is said of it beside the end's state and numbers. */
  readonly answer: object;
}

export function newTrace(): Trace {
  return {
    end: newEnd({ iss: 0, rcvWnd: RCV_WND, mss: 1460 }),
    issKnown: false,
    tells: { write: false, close: false },
    isTold: false,
    otherwise: null,
    rcvWnd: RCV_WND,
    peerShift: null,
    unansweredNxts: [],
    burst: null,
  };
}

/** The state and numbers that are told after each step. */
export function numbers({ end, issKnown }: Trace): object {
  const { snd, rcv } = end.tcb;
  return {
    state: stateOf(end),
    snd_una: issKnown ? snd.una : null,
    snd_nxt: issKnown ? snd.nxt : null,
    rcv_nxt: rcv.nxt,
  };
}

/**
 * RFC 9293 enters SYN-SENT at OPEN, FIN-WAIT-1 at CLOSE and CLOSED at ABORT (§3.10.1, 3.10.4, 3.10.5), before
 * anything has gone out. The engine waits with OPEN and ABORT until then, so that what is sent may be judged
 * by what was there.
 */
function stateOf(end: End): State {
  if (end.abortCalled) return 'CLOSED';
  const fresh = end.state === 'CLOSED' || end.state === 'LISTEN';
  return fresh && end.opened === 'active' ? 'SYN-SENT' : end.state;
}

/** Its numbers are such as fit into a header. */
export function isSane(seg: Segment): boolean {
  return seg.seq >>> 0 === seg.seq && (!(seg.flags & ACK) || seg.ack >>> 0 === seg.ack);
}

/** As before any connection; the old TCB has served. */
export function withoutConnection(end: End): End {
  return newEnd({ iss: end.tcb.iss, rcvWnd: end.tcb.rcv.wnd, mss: end.mss });
}

export function withRcvWnd(end: End, wnd: number): End {
  return { ...end, tcb: { ...end.tcb, rcv: { ...end.tcb.rcv, wnd } } };
}
