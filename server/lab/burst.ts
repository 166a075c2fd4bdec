import { arrive } from '../../shared/tcp/arrive.ts';
import type { End } from '../../shared/tcp/end.ts';
import type { Segment } from '../../shared/tcp/segment.ts';

/**
 * Several arrivals in a row. Steps are often noted in bursts, first what came, then what went; and an end is held to what it knew
 * when it sent.
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
 * What it sent by, if it is right by what had come when only some of a burst's arrivals had: the end then, and those that had not. The first
 * of a burst has been heard by whoever speaks after it.
 */
export function knewEarlier(
  { end, waiting, answering }: Burst,
  isRight: (end: End) => boolean,
): { readonly end: End; readonly waiting: readonly Segment[] } | null {
  let then = end;
  for (let heard = 0; heard < waiting.length; heard++) {
    if ((heard > 0 || answering) && isRight(then)) return { end: then, waiting: waiting.slice(heard) };
    const next = waiting[heard];
    if (next) then = arrive(then, next);
  }
  return isRight(then) ? { end: then, waiting: [] } : null;
}
