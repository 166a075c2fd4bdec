import { draftOf, owes } from './draft.ts';
import type { End } from './end.ts';

/** The room that a listening end has for half-open connections (RFC 4987 §2.2). */
export interface Backlog {
  /** How many more it could keep. */
  readonly free: number;
  /** With no room left it answers a SYN with a cookie (RFC 4987 §3.6) instead of dropping it. */
  readonly cookies: boolean;
}

/** The end with more room, or less; null: room without end. What it keeps already it goes on keeping. */
export function withBacklog(end: End, backlog: Backlog | null): End {
  const d = draftOf(end);
  d.backlog = backlog;
  return d;
}

/** Whether there is no room for another half-open connection (RFC 4987 §2.2). */
export function isFull({ backlog }: Pick<End, 'backlog'>): boolean {
  return backlog !== null && backlog.free <= 0;
}

/**
 * Whether its initial sequence number is a cookie, in the answer to a SYN that waits or in one that is out:
 * computed, not chosen (RFC 4987 §3.6).
 */
export function hasCookie(end: Pick<End, 'state' | 'causes' | 'cookieFor'>): boolean {
  return end.state === 'LISTEN' && (end.cookieFor !== null || owes(end, 'syn-ack'));
}
