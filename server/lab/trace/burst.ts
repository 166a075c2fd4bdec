import { arrive } from '../../../shared/tcp/arrive.ts';
import type { End } from '../../../shared/tcp/end.ts';
import type { Segment } from '../../../shared/tcp/segment.ts';

/**
 * Several arrivals in a row. Steps are often noted in bursts, first what came, then what went; and an end is
 * held to what it knew when it sent.
 */
export interface Burst {
  /** The end as it was when it sent last, or before the first of them. */
  readonly end: End;
  /** What has arrived since then, oldest first. */
  readonly waiting: readonly Segment[];
  /** It has sent something since they arrived: the next arrival begins another burst. */
  readonly answering: boolean;
}

/** So many arrivals may wait for what they call for. */
const MOST_WAITING = 64;

/** With one arrival more; `before`: the end without it. */
export function withArrival(burst: Burst | null, before: End, seg: Segment): Burst {
  if (!burst || burst.answering) return { end: before, waiting: [seg], answering: false };
  const { end, waiting } = burst;
  const [oldest] = waiting;
  if (waiting.length < MOST_WAITING || !oldest) return { ...burst, waiting: [...waiting, seg] };
  return { ...burst, end: arrive(end, oldest), waiting: [...waiting.slice(1), seg] };
}

/**
 * The burst after something was sent that is right by what had come when only some of its arrivals had; null:
 * it never is. `sentBy`: an end after it sent that, null if it is not right then. The first of a burst has
 * been heard by whoever speaks after it.
 */
export function answeredEarlier(
  { end, waiting, answering }: Burst,
  sentBy: (end: End) => End | null,
): Burst | null {
  let then = end;
  for (let heard = 0; ; heard++) {
    const after = heard > 0 || answering ? sentBy(then) : null;
    if (after) return { end: after, waiting: waiting.slice(heard), answering: true };
    const next = waiting[heard];
    if (!next) return null;
    then = arrive(then, next);
  }
}
