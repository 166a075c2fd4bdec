import type { Locale, Text } from './locales.ts';
import type { Conditions } from '../link/conditions.ts';
import type { State } from '../tcp/state.ts';
import type { MisconceptionCode } from '../tcp/verdict.ts';

export type Side = 'client' | 'server';
/** A text in every language of the lab. */
export type { Locale, Text };

/**
 * How much an end is shown: its TCB and every reason at once; its state; neither until the exchange is over.
 */
export type Level = 'guided' | 'standard' | 'exam';

export type IssPolicy =
  | { readonly policy: 'given'; readonly value: number }
  /** Whoever sits there chooses by sending. */
  | { readonly policy: 'chosen' }
  | { readonly policy: 'random' }
  | { readonly policy: 'near-wrap' };

/** The room that a listener has for half-open connections, and who takes it away: a SYN flood (RFC 4987). */
export interface BacklogSetup {
  readonly slots: number;
  /** Once it is full, a SYN is answered with a SYN cookie; otherwise it is dropped. */
  readonly cookies?: boolean;
  /** How many places half-open connections of strangers hold from then on; before, none. */
  readonly strangers: readonly { readonly when: When; readonly halfOpen: number }[];
}

export interface EndSetup {
  /** The state the end starts in; anything but CLOSED and LISTEN needs both ends to be synchronised. */
  readonly start: State;
  readonly iss: IssPolicy;
  /** Receive window, octets. */
  readonly rcvWnd: number;
  /** Most octets of data in one segment. */
  readonly mss: number;
  /** Absent: room without end. */
  readonly backlog?: BacklogSetup;
}

/** When something scripted happens. Delays are virtual ms after the moment named. */
export type When =
  | { readonly atMs: number }
  /** After the end has entered a state (for the first time). */
  | { readonly state: State; readonly side?: Side; readonly afterMs?: number }
  /** After the n-th arrival (default the first) at the end that matches a pattern such as `F.`. */
  | { readonly arrived: string; readonly nth?: number; readonly side?: Side; readonly afterMs?: number }
  /** After the end's application has received so many octets. */
  | { readonly received: number; readonly side?: Side; readonly afterMs?: number };

export type AppCall =
  | { readonly call: 'connect' }
  | { readonly call: 'listen' }
  | { readonly call: 'write'; readonly text: string }
  | { readonly call: 'close' }
  | { readonly call: 'abort' }
  | { readonly call: 'stop-reading' }
  | { readonly call: 'start-reading' };

/** A call that a side's application makes. */
export type ScriptedCall = { readonly side: Side; readonly when: When } & AppCall;

/**
 * Something the link does to the n-th segment of a direction that matches a pattern (`S.`, `F.`,
 * `. 11 octets`).
 */
export interface ScriptedFault {
  readonly from: Side;
  /** Flags in tcpdump's letters; `*` is any segment. */
  readonly match: string;
  /** Which of the matches, counted from 1. */
  readonly nth: number;
  /** `reorder`: the next segment of its direction overtakes it. */
  readonly fault: 'drop' | 'duplicate' | 'delay' | 'corrupt' | 'hold' | 'reorder';
  /**
   * Extra delay for `delay`; distance of the copy for `duplicate`; until release for `hold`; for `reorder`
   * how much later than it would it arrives at the latest if nothing overtakes it (by default one RTO).
   * Virtual ms.
   */
  readonly ms?: number;
}

/** Acts that the link seat may still do; null is without limit. */
export interface LinkBudget {
  readonly drop: number | null;
  readonly duplicate: number | null;
  readonly hold: number | null;
  readonly cut: number | null;
  /** Whether the seat may turn the conditions. */
  readonly conditions: boolean;
}

export interface Pace {
  /** First retransmission timeout, virtual ms. */
  readonly rtoMs: number;
  readonly maxRtoMs: number;
  readonly mslMs: number;
  /** How long a bot thinks before it answers. */
  readonly thinkMs: number;
}

/** What each part of a due answer is worth. */
export interface Rubric {
  readonly flags: number;
  readonly seq: number;
  readonly ack: number;
  readonly data: number;
  readonly state: number;
  /** Taken off per hint and per further attempt, as a share of the answer's worth (0 to 1). */
  readonly hintCost: number;
  readonly attemptCost: number;
  readonly prediction: number;
  /** A bluff or a wrong segment that is called rightly; taken off for calling a right one. By default 2. */
  readonly call?: number;
}

export interface Question {
  readonly id: string;
  readonly text: Text;
  readonly choices: readonly {
    readonly id: string;
    readonly text: Text;
    readonly right: boolean;
    readonly because: Text;
    /** What choosing it betrays. */
    readonly misconception?: MisconceptionCode;
  }[];
}

/** When the table ends by itself. */
export type Finish =
  /** Both ends CLOSED (a listener back in LISTEN counts), nothing in flight, nothing due. */
  | 'closed'
  /** Both ends ESTABLISHED, nothing in flight, nothing due, no call to come. */
  | 'established'
  /** Nothing in flight, nothing due, no timer running, no call to come. */
  | 'quiet';

/**
 * What happens in the course of a scenario when it is played right: lists filter by it, and a test plays each
 * one and looks.
 */
export type Lesson =
  /** A connection is opened with three segments. */
  | 'handshake'
  | 'simultaneous-open'
  | 'data'
  /** One ACK that acknowledges more than one segment of data. */
  | 'cumulative-ack'
  /** Data arrives beyond a gap. */
  | 'out-of-order'
  /** The same pure ACK twice. */
  | 'duplicate-ack'
  | 'loss'
  /** A retransmission time-out expires, and something is sent again. */
  | 'retransmission'
  | 'four-segment-close'
  /** The ACK of a FIN rides on the answering FIN. */
  | 'three-segment-close'
  /** Data goes to the side that has sent its FIN. */
  | 'half-close'
  | 'simultaneous-close'
  | 'time-wait'
  /** A FIN arrives in TIME-WAIT and is acknowledged again. */
  | 'time-wait-restart'
  | 'reset'
  /** An end in a synchronized state answers a segment that does not belong there with an ACK. */
  | 'challenge-ack'
  /** A segment of an earlier connection arrives. */
  | 'old-duplicate'
  /** Sequence numbers pass 2^32 − 1. */
  | 'wraparound'
  /** A SYN is dropped because the backlog is full, and comes again when there is room. */
  | 'full-backlog'
  /** A connection is opened by the ACK of a SYN cookie. */
  | 'syn-cookies'
  /** A window is shut, probed, and announced open. */
  | 'zero-window';

/** One exercise: what the applications do, what the link does, what is asked and what it is worth. */
export interface Scenario {
  readonly id: string;
  readonly revision: number;
  readonly title: Text;
  readonly summary: Text;
  readonly level: Level;
  /** `block`: a wrong segment is not sent, the attempt counts. `send`: it goes out. */
  readonly onWrong: 'block' | 'send';
  /** Whether the state is asked after each answer. */
  readonly askState: boolean;
  readonly ends: Readonly<Record<Side, EndSetup>>;
  readonly calls: readonly ScriptedCall[];
  /** Conditions by the sending side. */
  readonly link: Readonly<Record<Side, Conditions>>;
  readonly faults: readonly ScriptedFault[];
  readonly pace: Pace;
  readonly budget: LinkBudget;
  /** Most hints per answer; null is without limit. */
  readonly hints: number | null;
  /** Attempts per answer after which the lab gives the due answer itself; null is without limit. */
  readonly attempts: number | null;
  readonly rubric: Rubric;
  readonly questions: readonly Question[];
  readonly finish: Finish;
  readonly teaches?: readonly Lesson[];
  /** Each end may send so many deliberately wrong segments, and may call the other's. */
  readonly bluff?: { readonly perEnd: number } | null;
}
