import { draftOf, open, settle, toClosed } from './draft.ts';
import type { End, TimerName } from './end.ts';

/**
 * A timer of this end has run out (RFC 9293 §3.10.8). A retransmission or a probe becomes due; 2MSL ends
 * TIME-WAIT. A timer that is not running has nothing to say: the end is returned as it is.
 */
export function expire(end: End, timer: TimerName): End {
  switch (timer) {
    case 'rto': {
      if (end.timers.rto === null) return end;
      const d = draftOf(end);
      d.timers.rto = null;
      open(d, d.nextId++, 'timeout', 'retransmit', 'retransmit');
      return settle(d);
    }
    case 'time-wait': {
      if (end.timers['time-wait'] === null) return end;
      const d = draftOf(end);
      d.nextId++;
      toClosed(d);
      return settle(d);
    }
    case 'persist': {
      if (end.timers.persist === null) return end;
      const d = draftOf(end);
      open(d, d.nextId++, 'timeout', 'probe', 'probe');
      return settle(d);
    }
  }
}
