import { legal } from '../tcp/judge.ts';
import { ACK, has, RST, SYN, type Segment } from '../tcp/segment.ts';
import { seqAdd, seqGt } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';
import type { Verdict } from '../tcp/verdict.ts';
import { acknowledgesSyn } from './acknowledges-syn.ts';
import { isInStream } from './begins-anew.ts';
import type { Ends } from './ends.ts';
import { duplicateOf } from './late.ts';
import type { Line } from './line.ts';

/**
 * A SYN,ACK for a SYN of before (RFC 9293 figure 9), captured or not: the client, whose SYN it does not
 * acknowledge, answers with the RST that it calls for.
 */
export function answersSynBefore({ listener }: Ends, line: Line, upcoming: readonly Line[]): boolean {
  const { seg } = line;
  if (!has(seg, SYN) || !has(seg, ACK) || listener.state !== 'SYN-SENT' || acknowledgesSyn(listener, seg))
    return false;
  const answer = upcoming.find(({ captured }) => captured.from !== line.captured.from)?.seg;
  return answer !== undefined && has(answer, RST) && !has(answer, ACK) && answer.seq === seg.ack;
}

/**
 * What a segment is that was sent when the ports belonged to an earlier connection, or by an end that takes
 * them to belong to that still, or a RST that answers one; with the state to show for its sender. Null: it is
 * none of these.
 */
export function fromBefore(
  seg: Segment,
  now: Ends,
  then: Ends,
): { readonly verdict: Verdict; readonly state: State } | null {
  const { speaker } = now;
  if (speaker.base !== null && seqGt(seg.seq, speaker.base)) return null;
  if (speaker.base === null && !answersSyn(now.listener, seg)) {
    if (then.speaker.beginsAfter(then.listener, seg))
      return { verdict: legal('syn-ack'), state: speaker.state };
    if (goesOnWith(then, seg)) {
      return { verdict: has(seg, RST) ? legal('rst-abort') : duplicateOf(seg), state: speaker.state };
    }
    if (has(seg, RST) && acknowledgesSyn(then.listener, seg) && !acknowledgesSyn(now.listener, seg))
      return { verdict: legal('rst-stray'), state: speaker.state };
  }
  if (then.speaker.isOfThePast(seg)) return { verdict: duplicateOf(seg), state: then.speaker.state };
  const isRefusal = has(seg, RST) && !has(seg, ACK) && !speaker.isAsked(seg);
  return isRefusal && then.speaker.mayHaveBeenAcked(seg.seq)
    ? { verdict: legal('rst-stray'), state: speaker.state }
    : null;
}

function answersSyn({ base }: Ends['listener'], seg: Segment): boolean {
  return base !== null && has(seg, ACK) && seg.ack === seqAdd(base, 1);
}

/** Whether a segment goes on with the numbers of both ends. */
function goesOnWith({ speaker, listener }: Ends, seg: Segment): boolean {
  return !has(seg, SYN) && has(seg, ACK) && isInStream(speaker, seg.seq) && isInStream(listener, seg.ack);
}
