import type { UserCall } from './call.ts';
import type { End } from './end.ts';
import type { Segment } from './segment.ts';

/** The application calls that must have been made, in order, if this end sent `seg` rightly. For captures: apply them with `call` before `sent`. */
export function inferCalls(end: End, seg: Segment): readonly UserCall[] {
  throw new Error(`not yet: ${end.state} ${seg.seq}`);
}
