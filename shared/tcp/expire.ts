import type { End } from './end.ts';

/** A timer of this end has run out (RFC 9293 §3.10.8). A timer that is not running is left alone. */
export function expire(end: End, timer: 'rto' | 'time-wait' | 'persist'): End {
  throw new Error(`not yet: ${end.state} ${timer}`);
}
