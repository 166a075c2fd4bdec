import { ACK, flagNames, has, type Segment } from '../tcp/segment.ts';
import { SEQ_SPACE } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';
import type { Fault, Verdict } from '../tcp/verdict.ts';
import type { CapturedSegment } from './captured-segment.ts';
import type { Passage, Side, Told } from './told.ts';

const NOWHERE: Passage = { before: 'CLOSED', after: 'CLOSED' };

/** A segment between its capture and the moment both its halves, sending and arrival, are understood. */
export class Line {
  readonly captured: CapturedSegment;
  conn = 0;
  from: Side = 'client';
  sender: Passage = NOWHERE;
  receiver: Passage = NOWHERE;
  verdict: Verdict | null = null;
  /** The initial numbers of sender and receiver; null while unknown. */
  senderBase: number | null = null;
  receiverBase: number | null = null;
  /** It is known what became of it. */
  isSettled = false;

  constructor(captured: CapturedSegment) {
    this.captured = captured;
  }

  get seg(): Segment {
    return this.captured.seg;
  }

  /** Both halves are understood: it can be told. */
  get ready(): boolean {
    return this.isSettled && this.verdict !== null;
  }

  /** What became of it at the receiver. The first word stands. */
  arrived(before: State, after: State): void {
    if (this.isSettled) return;
    this.isSettled = true;
    this.receiver = before === after ? still(before) : { before, after };
  }

  told(): Told {
    const { captured, seg, verdict } = this;
    if (!verdict) throw new Error(`segment ${captured.n} is not judged yet`);
    return {
      n: captured.n,
      t: captured.tNanos / 1e9,
      conn: this.conn,
      from: this.from,
      flags: flagNames(seg.flags),
      seq: relativeTo(this.senderBase, seg.seq),
      ack: has(seg, ACK) ? relativeTo(this.receiverBase, seg.ack) : null,
      len: seg.dataOctets,
      sender: this.sender,
      receiver: this.receiver,
      verdict: verdict.verdict,
      kind: captured.isDamaged ? 'damaged' : verdict.why,
      faults: verdict.faults.map((fault) => this.relative(fault)),
    };
  }

  private relative({ field, code, given, needed, section }: Fault): Told['faults'][number] {
    const base = field === 'seq' ? this.senderBase : field === 'ack' ? this.receiverBase : null;
    const number = (value: Fault['given']): Fault['given'] =>
      typeof value === 'number' ? relativeTo(base, value) : value;
    return { field, code, given: number(given), needed: number(needed), section };
  }
}

/**
 * Less than this before the initial number is a number from before it; anything else has gone round the
 * circle.
 */
const BEFORE = 2 ** 24;

/**
 * A number counted from an initial number on; as it is if none is known. A keep-alive before the first octet
 * is at 0, a stray may be negative.
 */
export function relativeTo(base: number | null, number: number): number {
  if (base === null) return number;
  const after = (number - base) >>> 0;
  return after >= SEQ_SPACE - BEFORE ? after - SEQ_SPACE : after;
}

const PASSAGES = new Map<State, Passage>();

/** A passage that changes nothing; shared, since nearly all are. */
export function still(state: State): Passage {
  let passage = PASSAGES.get(state);
  if (!passage) {
    passage = { before: state, after: state };
    PASSAGES.set(state, passage);
  }
  return passage;
}
