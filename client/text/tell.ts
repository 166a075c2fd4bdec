import { unreachable } from '../../shared/result.ts';
import type { TraceItem } from '../../shared/table/trace.ts';
import type { Verdict } from '../../shared/tcp/verdict.ts';
import { m } from '../paraglide/messages.js';
import { callText } from './call.ts';
import { conditionsText } from './conditions.ts';
import { faultSentence, remarkSentence } from './fault.ts';
import { seatName } from './seat.ts';
import { segmentWords } from './segment-words.ts';
import { sentences } from './sentences.ts';

const SCRIPT = {
  drop: m.tell_script_drop,
  duplicate: m.tell_script_duplicate,
  hold: m.tell_script_hold,
  release: m.tell_script_release,
};

const ENDED = {
  finished: m.tell_ended,
  limit: m.tell_ended_limit,
  stopped: m.tell_ended_stopped,
  stuck: m.tell_ended_stuck,
};

/**
 * What happened, in a sentence for the one it happened to; null for what needs no word. `end`: told to an
 * end.
 */
export function tell(item: TraceItem, { end }: { end: boolean }): string | null {
  switch (item.kind) {
    case 'called':
      return m.tell_called({ call: callText(item.call) });
    case 'sent':
      if (!end) return m.tell_left({ segment: segmentWords(item.seg) });
      if (item.by === 'lab') return m.tell_given({ segment: segmentWords(item.seg) });
      // Who bluffs knows better, and need not be told.
      return judged(m.tell_sent({ segment: segmentWords(item.seg) }), item.bluff ? undefined : item.verdict);
    case 'arrived':
      return m.tell_arrived({ segment: segmentWords(item.seg) });
    case 'blocked':
      return judged(m.tell_blocked({ segment: segmentWords(item.seg) }), item.verdict);
    case 'lost':
      return m.tell_lost({ segment: segmentWords(item.seg) });
    case 'nothing':
      return judged(m.tell_nothing(), item.verdict);
    case 'label':
      return judged(m.tell_label({ state: item.label }), item.verdict);
    case 'state':
      return m.tell_state({ state: item.is });
    case 'timer':
      return { rto: m.tell_rto, 'time-wait': m.tell_time_wait, persist: m.tell_persist }[item.timer]();
    case 'hint':
      return { flags: m.hint_flags, seq: m.hint_seq, ack: m.hint_ack, data: m.hint_data }[item.field]({
        value: item.value,
      });
    case 'backlog':
      return m.tell_backlog({ n: item.halfOpen, slots: item.slots });
    case 'cable':
      return item.up ? m.tell_mended() : m.tell_cut();
    case 'clock':
      return item.rate === 0 ? m.tell_paused() : m.tell_running();
    case 'bluff-called':
      return m.tell_bluff_called({ segment: segmentWords(item.seg) });
    case 'called-out':
      return m.tell_called_out({ segment: segmentWords(item.seg) });
    case 'revealed':
      return m.tell_revealed();
    case 'storm':
      return item.on ? m.tell_storm() : m.tell_storm_over();
    case 'ended':
      return ENDED[item.why ?? 'finished']();
    case 'conditions':
      return m.tell_conditions({ from: seatName(item.from), conditions: conditionsText(item.conditions) });
    case 'touch':
      // One's own acts need no word; what becomes of the segment is told.
      return item.by === 'script' ? SCRIPT[item.touch]() : null;
    case 'prediction':
      return null;
    default:
      return unreachable(item);
  }
}

/** An answer and what the judge made of it, which in an exam is not known. */
function judged(answer: string, verdict: Verdict | undefined): string {
  if (!verdict) return answer;
  const { faults, remark } = verdict;
  switch (verdict.verdict) {
    case 'due':
      return sentences([answer, m.end_verdict_due()]);
    case 'legal':
      return sentences([answer, remark ? remarkSentence(remark) : m.end_verdict_legal()]);
    case 'wrong':
      return sentences([answer, m.tell_wrong({ why: sentences(faults.map(faultSentence)) })]);
  }
}
