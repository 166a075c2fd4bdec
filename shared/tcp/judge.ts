import type { End } from './end.ts';
import type { Segment } from './segment.ts';
import type { State } from './state.ts';
import type { Verdict } from './verdict.ts';

export interface JudgeOptions {
  /** `scripted`: only calls that were made count. `free`: an application may have called anything (captures). */
  readonly app: 'scripted' | 'free';
  /** What the table knows of the far end and this end does not; tells M31 from M32. */
  readonly peer?: { readonly sndNxt: number };
}

/** Judges a segment that this end is about to send. */
export function judge(end: End, seg: Segment, options: JudgeOptions): Verdict {
  throw new Error(`not yet: ${end.state} ${seg.seq} ${options.app}`);
}

/** Judges the answer "nothing to send". */
export function judgeNothing(end: End): Verdict {
  throw new Error(`not yet: ${end.state}`);
}

/** Judges the state that a student says the end is in. */
export function judgeLabel(end: End, label: State): Verdict {
  throw new Error(`not yet: ${end.state} ${label}`);
}
