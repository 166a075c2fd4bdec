import type { Rubric } from '../scenario/types.ts';
import { ACK } from '../tcp/segment.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Fault, Field } from '../tcp/verdict.ts';
import type { Answer, Try } from './answers.ts';
import type { Point } from './mark.ts';
import { pointOf } from './point-of.ts';

type Part = Exclude<Field, 'state'>;

/**
 * The points of one answer that was due. A part of it (flags, seq, ack, data) is earned if it was right at
 * the first try; who said "nothing to send" had no part right. Each wrong try after the first, and each hint,
 * costs its share of what the parts are worth, never more than they earned. The state that was named
 * afterwards stands by itself.
 */
export function gradeAnswer(rubric: Rubric, answer: Answer): readonly Point[] {
  const { tries, done, hints, label } = answer;
  const [first] = tries;
  const at = first?.at ?? done?.at;
  if (!at) return [];
  const faults = first?.verdict.faults ?? [];
  const points: Point[] = partsOf(done?.seg ?? first?.seg ?? null, faults).map((part) => {
    const fault = faults.find(({ field }) => field === part) ?? (first?.seg === null ? faults[0] : undefined);
    return pointOf(at, part, fault ? 0 : rubric[part], rubric[part], fault?.code ?? null);
  });
  const worth = points.reduce((sum, { outOf }) => sum + outOf, 0);
  let left = points.reduce((sum, { points: earned }) => sum + earned, 0);
  const charge = (rule: 'hints' | 'attempts', times: number, share: number): void => {
    const cost = Math.min(left, times * share * worth);
    if (times <= 0 || share === 0) return;
    left -= cost;
    points.push(pointOf(done?.at ?? at, rule, 0 - cost, 0, null));
  };
  charge('hints', hints, rubric.hintCost);
  charge('attempts', tries.length - 1, rubric.attemptCost);
  if (label) {
    const { verdict } = label;
    const right = verdict.verdict !== 'wrong';
    points.push(
      pointOf(label.at, 'state', right ? rubric.state : 0, rubric.state, verdict.faults[0]?.code ?? null),
    );
  }
  return points;
}

/** A wrong segment that answers nothing costs as much as a wrong try at an answer of its shape. */
export function gradeUnprompted(rubric: Rubric, { at, seg, verdict }: Try): Point {
  const worth = partsOf(seg, []).reduce((sum, part) => sum + rubric[part], 0);
  return pointOf(at, 'unprompted', 0 - rubric.attemptCost * worth, 0, verdict.faults[0]?.code ?? null);
}

/**
 * The parts that count: the acknowledgment where there is one, the data where there is some or was thought to
 * be.
 */
function partsOf(seg: Segment | null, faults: readonly Fault[]): readonly Part[] {
  if (seg === null) return ['flags', 'seq', 'ack'];
  const wrong = (part: Part): boolean => faults.some(({ field }) => field === part);
  const parts: Part[] = ['flags', 'seq'];
  if (seg.flags & ACK || wrong('ack')) parts.push('ack');
  if (seg.dataOctets > 0 || wrong('data')) parts.push('data');
  return parts;
}
