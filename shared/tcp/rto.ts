/**
 * The retransmission time-out after `backoff` doublings, in ms, never above `maxMs` (RFC 6298 §5.5, §2.5).
 */
export function rtoMs(baseMs: number, backoff: number, maxMs: number): number {
  return Math.min(baseMs * 2 ** backoff, maxMs);
}
