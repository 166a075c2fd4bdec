import { m } from '../../paraglide/messages.js';
import type { Side } from '../../../shared/scenario/types.ts';
import type { TraceItem } from '../../../shared/table/types.ts';
import { flagNames } from '../../../shared/tcp/segment.ts';
import type { DrawnSegment } from './geometry.ts';
import type { Mark } from './lifeline.ts';

/** The two ends by name. */
export function sayEnd(side: Side): string {
  return side === 'client' ? m.diagram_client() : m.diagram_server();
}

/** A segment in words, for whoever cannot see the picture. */
export function saySegment({ journey, ways }: DrawnSegment): string {
  const { seg, from } = journey;
  const to: Side = from === 'client' ? 'server' : 'client';
  const flags = flagNames(seg.flags).join(',') || '–';
  const fields = {
    flags,
    seq: seg.seq,
    ack: seg.ack,
    len: seg.dataOctets,
    from: sayEnd(from),
    to: sayEnd(to),
  };
  const wrong = journey.item.kind !== 'arrived' && journey.item.verdict?.verdict === 'wrong';
  const [way] = ways;
  const fate =
    journey.kind === 'blocked'
      ? m.diagram_fate_blocked()
      : way?.ending === 'lost'
        ? m.diagram_fate_lost()
        : way?.ending === 'torn'
          ? m.diagram_fate_torn()
          : way?.held
            ? m.diagram_fate_held()
            : way?.ending === 'air'
              ? m.diagram_fate_air()
              : '';
  return [
    m.diagram_segment(fields),
    journey.again ? m.diagram_again() : '',
    ways.length > 1 ? m.diagram_copies({ count: ways.length }) : '',
    fate,
    wrong && journey.kind !== 'blocked' ? m.diagram_wrong() : '',
  ]
    .filter((part) => part !== '')
    .join(m.diagram_comma());
}

/** A mark in the fewest characters; they are the words of the socket interface and of the RFC, in every language. */
export function shortMark(item: Mark['item']): string {
  switch (item.kind) {
    case 'called':
      if (item.call.call === 'write') return `write ${new TextEncoder().encode(item.call.text).length}`;
      return item.call.call === 'stop-reading' ? 'no read' : `${item.call.call}()`;
    case 'timer':
      return TIMERS[item.timer];
    case 'nothing':
      return '∅';
    case 'label':
      return item.label;
    case 'hint':
      return '?';
  }
}

const TIMERS = { rto: 'RTO', 'time-wait': '2MSL', persist: 'persist' } as const;

/** A mark in words. */
export function sayMark(item: TraceItem): string {
  switch (item.kind) {
    case 'called': {
      const side = sayEnd(item.side);
      return item.call.call === 'write'
        ? m.diagram_mark_write({ side, call: shortMark(item), text: item.call.text })
        : m.diagram_mark_call({ side, call: `${item.call.call}()` });
    }
    case 'timer':
      return m.diagram_mark_timer({ side: sayEnd(item.side), timer: TIMERS[item.timer] });
    case 'nothing':
      return m.diagram_mark_nothing({ side: sayEnd(item.side) });
    case 'label':
      return m.diagram_mark_label({ side: sayEnd(item.side), state: item.label });
    case 'hint':
      return m.diagram_mark_hint({ side: sayEnd(item.side), field: item.field });
    default:
      return '';
  }
}
