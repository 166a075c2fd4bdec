import { m } from '../../paraglide/messages.js';
import { other } from '../../../shared/scenario/sides.ts';
import type { Side } from '../../../shared/scenario/types.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import { flagNames } from '../../../shared/tcp/segment.ts';
import { textOctets } from '../../../shared/tcp/text.ts';
import type { Verdict } from '../../../shared/tcp/verdict.ts';
import { fieldName } from '../../text/fault.ts';
import type { DrawnSegment } from './drawing.ts';
import type { Mark, Ruler } from './lifeline.ts';

/** The two ends by name. */
export function sayEnd(side: Side): string {
  return side === 'client' ? m.diagram_client() : m.diagram_server();
}

/** A segment in words, for whoever cannot see the picture. */
export function saySegment({ journey, ways }: DrawnSegment): string {
  const { seg, from } = journey;
  const flags = flagNames(seg.flags).join(',') || '–';
  const fields = {
    flags,
    seq: seg.seq,
    ack: seg.ack,
    len: seg.dataOctets,
    from: sayEnd(from),
    to: sayEnd(other(from)),
  };
  const wrong =
    journey.ruling === 'wrong' ||
    (journey.item.kind !== 'arrived' && journey.item.verdict?.verdict === 'wrong');
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
    journey.ruling === 'right' ? m.diagram_right() : '',
    journey.item.kind === 'sent' && journey.item.bluff ? m.diagram_bluff() : '',
  ]
    .filter((part) => part !== '')
    .join(m.diagram_comma());
}

/**
 * A mark in the fewest characters; they are the words of the socket interface and of the RFC, in every
 * language.
 */
export function shortMark(item: Mark['item']): string {
  switch (item.kind) {
    case 'called':
      if (item.call.call === 'write') return `write ${textOctets(item.call.text)}`;
      return item.call.call === 'stop-reading' ? 'no read' : `${item.call.call}()`;
    case 'timer':
      return TIMERS[item.timer];
    case 'nothing':
      return '∅';
    case 'label':
      return item.label;
    case 'hint':
      return '?';
    case 'bluff-called':
    case 'called-out':
      return item.verdict ? JUDGED[item.verdict.verdict] : '?';
    case 'backlog':
      return `${item.halfOpen}/${item.slots}`;
  }
}

const JUDGED: Readonly<Record<Verdict['verdict'], string>> = { due: '✓', legal: '○', wrong: '✕' };

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
      return item.free
        ? m.diagram_mark_nudge({ side: sayEnd(item.side), field: fieldName(item.field) })
        : m.diagram_mark_hint({ side: sayEnd(item.side), field: fieldName(item.field) });
    case 'bluff-called':
    case 'called-out':
      return sayCall(item);
    case 'revealed':
      return item.judge.verdict === 'wrong'
        ? m.diagram_revealed_wrong({ side: sayEnd(item.side) })
        : m.diagram_revealed_right({ side: sayEnd(item.side) });
    case 'backlog':
      return item.cookies
        ? m.diagram_backlog_cookies({ side: sayEnd(item.side), n: item.halfOpen, slots: item.slots })
        : m.diagram_backlog({ side: sayEnd(item.side), n: item.halfOpen, slots: item.slots });
    case 'storm':
      return sayRuler(item);
    case 'prediction':
      return m.debrief_prediction();
    default:
      return '';
  }
}

/** That somebody called a segment wrong, and whether they were right to. */
export function sayCall(item: Extract<TraceItem, { kind: 'bluff-called' | 'called-out' }>): string {
  const right = item.verdict && item.verdict.verdict !== 'wrong';
  if (item.kind === 'bluff-called') {
    const side = sayEnd(item.side);
    if (right === undefined) return m.diagram_called_bluff({ side });
    return right ? m.diagram_called_bluff_right({ side }) : m.diagram_called_bluff_wrong({ side });
  }
  if (right === undefined) return m.diagram_called_out();
  return right ? m.diagram_called_out_right() : m.diagram_called_out_wrong();
}

/** What happened to the link, in words. */
export function sayRuler(item: Ruler['item']): string {
  switch (item.kind) {
    case 'ended':
      return m.diagram_ended();
    case 'storm':
      return item.on ? m.diagram_storm() : m.diagram_storm_over();
    case 'conditions':
      return m.diagram_conditions();
    case 'cable':
      return item.up ? m.diagram_cable_mended() : m.diagram_cable_cut();
  }
}
