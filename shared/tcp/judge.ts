import { allowed, isKeepAlive } from './allowed.ts';
import type { Why } from './cause.ts';
import { owes } from './draft.ts';
import { fits } from './due.ts';
import type { End } from './end.ts';
import { expect } from './expect.ts';
import { faultOfLabel, faultOfNothing, faultsOf } from './faults.ts';
import { withInferredCalls } from './infer.ts';
import { equivalentStates } from './label.ts';
import { ACK, FIN, RST, SYN, URG, segEnd } from './segment.ts';
import type { Segment } from './segment.ts';
import { isSeq, seqAdd, seqLt } from './seq.ts';
import type { State } from './state.ts';
import { answersStray } from './stray.ts';
import type { Fault, MisconceptionCode, Verdict } from './verdict.ts';

export interface JudgeOptions {
  /**
   * `scripted`: only calls that were made count. `free`: an application may have called anything (captures).
   */
  readonly app: 'scripted' | 'free';
  /** What the table knows of the far end and this end does not; tells M31 from M32. */
  readonly peer?: { readonly sndNxt: number };
}

const NO_IDS: readonly number[] = [];
const NO_FAULTS: readonly Fault[] = [];

/**
 * Judges a segment that this end is about to send, by what the end knows now:
 * `due` if it answers an open cause, `legal` if RFC 9293 allows it though nothing asked for it, `wrong`
 * otherwise, with what is wrong about it.
 */
export function judge(end: End, seg: Segment, options: JudgeOptions): Verdict {
  if (options.app === 'scripted') return judgeScripted(end, seg, options.peer);
  const plain = asUsual(end, seg);
  const right = judgeRight(end, plain);
  if (right) return asFastOpen(end, right);
  const called = withInferredCalls(end, plain);
  const inferred = judgeRight(called, plain);
  if (inferred) return asFastOpen(called, inferred);
  return judgeFreeReset(end, plain) ?? judgeScripted(called, plain, options.peer);
}

/**
 * Without what an application or a stack may add of its own accord: a mark that says urgent, in a RST a text
 * that tells its cause (§3.5.3 lets a RST carry data, SHLD-2), in a keep-alive an octet of rubbish (§3.8.4
 * lets one probe so, as some peers answer nothing else).
 */
function asUsual(end: End, seg: Segment): Segment {
  if (isAtShrunkenEdge(end, seg)) return asUsual(end, { ...seg, seq: end.tcb.snd.nxt });
  if (seg.flags & (URG | RST)) {
    return { ...seg, flags: seg.flags & ~URG, dataOctets: seg.flags & RST ? 0 : seg.dataOctets };
  }
  if (seg.dataOctets !== 1) return seg;
  const empty = { ...seg, dataOctets: 0 };
  return isKeepAlive(end, empty) ? empty : seg;
}

/**
 * An ACK or a RST from where the peer's window ends, while more is outstanding because that has shrunk
 * (§3.8.6 asks a sender to be prepared for it): at SND.NXT, beyond the window, the peer would not accept it
 * (§3.4).
 */
function isAtShrunkenEdge({ tcb: { snd }, causes }: End, seg: Segment): boolean {
  const edge = seqAdd(snd.una, snd.wnd);
  if (seg.seq !== edge || !seqLt(edge, snd.nxt) || seg.dataOctets > 0 || seg.flags & (SYN | FIN))
    return false;
  // The RST for a stray stands where that points, whatever the window.
  return !causes.some((cause) => answersStray(cause, seg));
}

/** RFC 9293 never calls for what RFC 7413 allows. */
function asFastOpen(end: End, verdict: Verdict): Verdict {
  const early = end.fastOpen && end.state === 'SYN-RECEIVED';
  return early ? { ...verdict, verdict: 'legal', causes: NO_IDS } : verdict;
}

function judgeScripted(end: End, seg: Segment, peer: JudgeOptions['peer']): Verdict {
  return judgeRight(end, seg) ?? judgeWrong(end, seg, peer);
}

function judgeRight(end: End, seg: Segment): Verdict | null {
  if (!isSeq(seg.seq)) return null;
  for (const due of expect(end)) {
    if (fits(due, seg)) return { verdict: 'due', why: due.why, causes: due.causes, faults: NO_FAULTS };
  }
  const why = allowed(end, seg);
  if (why === null) return null;
  const remark = why === 'duplicate-ack' ? remarkOn(end, seg) : null;
  return remark === null ? legal(why) : REMARKED[remark];
}

/**
 * A segment that nothing asked for and that is as it should be: always the same verdict, and whoever keeps
 * many keeps one.
 */
export function legal(why: Why): Verdict {
  return (LEGAL[why] ??= { verdict: 'legal', why, causes: NO_IDS, faults: NO_FAULTS });
}

const LEGAL: Partial<Record<Why, Verdict>> = {};
const REMARKED = { M15: remarked('M15'), M16: remarked('M16') } as const;

function remarked(remark: MisconceptionCode): Verdict {
  return { verdict: 'legal', why: 'duplicate-ack', causes: NO_IDS, faults: NO_FAULTS, remark };
}

/** An ACK that nothing asked for: in answer to a bare ACK (M15), or once more on one's own account (M16). */
function remarkOn({ newest, lastSent }: End, seg: Segment): keyof typeof REMARKED | null {
  if (newest && newest.seg.dataOctets === 0 && (newest.seg.flags & (SYN | FIN | RST | ACK)) === ACK) {
    return 'M15';
  }
  const again = lastSent && lastSent.seq === seg.seq && lastSent.ack === seg.ack && lastSent.flags & ACK;
  return again ? 'M16' : null;
}

/**
 * Resets of real stacks that no call explains. One whose application has gone answers late data with a RST at
 * SEG.ACK, as to a stray (§3.6.1); some acknowledge a stray in the RST although its ACK makes that needless;
 * some reset a connection that has only its last ACKs to wait for.
 */
function judgeFreeReset(end: End, seg: Segment): Verdict | null {
  if (!(seg.flags & RST) || seg.flags & (SYN | FIN)) return null;
  const late = end.newest?.seg;
  const { state, tcb } = end;
  const open = state !== 'CLOSED' && state !== 'LISTEN' && state !== 'SYN-SENT';
  if (late && late.flags & ACK && !(late.flags & RST) && seg.seq === late.ack) {
    if (!(seg.flags & ACK)) return open ? legal('rst-unread') : null;
    if (owes(end, 'rst') && seg.ack === segEnd(late)) return legal('rst-stray');
  }
  const lastAcks = state === 'CLOSING' || state === 'LAST-ACK' || state === 'TIME-WAIT';
  const numbers = seg.seq === tcb.snd.nxt && (!(seg.flags & ACK) || seg.ack === tcb.rcv.nxt);
  return lastAcks && numbers ? legal('rst-abort') : null;
}

function judgeWrong(end: End, seg: Segment, peer: JudgeOptions['peer']): Verdict {
  const { faults, nearest } = faultsOf(end, seg, expect(end), peer ?? null);
  return {
    verdict: 'wrong',
    why: nearest?.why ?? 'nothing',
    causes: nearest?.causes ?? NO_IDS,
    faults,
  };
}

/** Judges the answer "nothing to send": right unless an open cause asks for a segment. */
export function judgeNothing(end: End): Verdict {
  const missing = expect(end).filter((due) => !due.optional);
  const [first] = missing;
  if (!first) return { verdict: 'due', why: 'nothing', causes: NO_IDS, faults: NO_FAULTS };
  return {
    verdict: 'wrong',
    why: first.why,
    causes: first.causes,
    faults: [faultOfNothing(end, first)],
  };
}

/**
 * Judges the state that a student says the end is in. Where CLOSE was called and the FIN is not out, both
 * ways of telling it are right.
 */
export function judgeLabel(end: End, label: State): Verdict {
  const why: Why = 'nothing';
  if (equivalentStates(end).includes(label))
    return { verdict: 'due', why, causes: NO_IDS, faults: NO_FAULTS };
  return { verdict: 'wrong', why, causes: NO_IDS, faults: [faultOfLabel(end, label)] };
}
