import { CALLABLE } from '../../shared/table/callable.ts';
import type { About } from '../../shared/table/about.ts';
import type { TraceItem } from '../../shared/table/trace.ts';
import type { State } from '../../shared/tcp/state.ts';
import type { Field } from '../../shared/tcp/verdict.ts';

/** What an end has said: a segment, that there is nothing to send, or which state it is in. */
export type Answer = Extract<TraceItem, { kind: 'sent' | 'blocked' | 'nothing' | 'label' }>;
export type BluffCall = Extract<TraceItem, { kind: 'bluff-called' }>;
/** What an end has to answer to, as it happens: its application's calls, arrivals, its timers. */
type Cause = Extract<TraceItem, { kind: 'called' | 'arrived' | 'timer' }>;

export function isAnswer(item: TraceItem): item is Answer {
  return item.kind === 'sent' || item.kind === 'blocked' || item.kind === 'nothing' || item.kind === 'label';
}

/** What an end's trace comes to for whoever plays it. */
export interface EndReading {
  /**
   * Its SYN is out: the ISS is history, and stands in the diagram. A wrong one that went out was no SYN of
   * its own.
   */
  readonly opened: boolean;
  /** Whoever sits here now has sent something before. */
  readonly wasHere: boolean;
  /**
   * What a bot has sent from here, with nothing of one's own after it: somebody has just come, or come back.
   */
  readonly byBot: Extract<TraceItem, { kind: 'sent' }> | null;
  readonly calls: readonly Extract<TraceItem, { kind: 'called' }>['call'][];
  /** Nothing has happened yet that could be answered. */
  readonly quiet: boolean;
  /** What has happened since the last answer and is newer than the calls; null: nothing. */
  readonly news: Exclude<Cause, { kind: 'called' }> | null;
  /** The newest answer; `stale` once what was said of it has had its time. */
  readonly answer: Answer | null;
  readonly stale: boolean;
  /** How a call was judged, as long as that is newer than any answer. */
  readonly called: BluffCall | null;
  /** How many answers went through. */
  readonly settled: number;
  /** Fields that were wrong at the last try. */
  readonly faulty: readonly Field[];
  /** States that were tried in vain since the last answer that was none. */
  readonly tried: readonly State[];
  /** Hints taken for the answer that is open. */
  readonly hints: readonly { readonly field: Field; readonly value: string | number }[];
}

export function readEnd(trace: readonly TraceItem[]): EndReading {
  const answers = trace.filter(isAnswer);
  const answer = answers.at(-1) ?? null;
  // Labels say not who gave them; they follow what was sent.
  const newest = answers.findLast(({ kind }) => kind !== 'label');
  const call = trace.findLast((item) => item.kind === 'bluff-called');
  return {
    opened: trace.some((item) => item.kind === 'sent' && item.verdict?.verdict !== 'wrong'),
    wasHere: trace.some((item) => item.kind === 'sent' && item.by === 'player'),
    byBot: newest?.kind === 'sent' && newest.by === 'bot' ? newest : null,
    calls: trace.flatMap((item) => (item.kind === 'called' ? [item.call] : [])),
    quiet: !trace.some(isCause),
    news: newsOf(trace),
    answer,
    stale: answer !== null && hadItsTime(answer, trace),
    called: call && !(answer && trace.indexOf(answer) > trace.indexOf(call)) ? call : null,
    settled: answers.filter(({ kind }) => kind === 'sent' || kind === 'nothing').length,
    faulty: answer?.kind === 'blocked' ? (answer.verdict?.faults.map(({ field }) => field) ?? []) : [],
    tried: answers
      .slice(answers.findLastIndex(({ kind }) => kind !== 'label') + 1)
      .flatMap((item) => (item.kind === 'label' && item.verdict?.verdict === 'wrong' ? [item.label] : [])),
    hints: trace
      .slice(trace.findLastIndex(({ kind }) => kind === 'sent' || kind === 'nothing') + 1)
      .flatMap((item) => (item.kind === 'hint' ? [{ field: item.field, value: item.value }] : [])),
  };
}

/** Where an end has none but its own number to begin with. */
const BEFORE_OPEN: readonly (State | null)[] = [null, 'CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED'];

/**
 * Whether an end is shown the number that it is to begin with. In an exam it always is: to take it away would
 * tell that the SYN was right.
 */
export function needsIss(
  { opened }: EndReading,
  { level, start }: Pick<About, 'level' | 'start'>,
  state: State | null,
): boolean {
  if (start !== undefined) return false;
  return level === 'exam' || (!opened && BEFORE_OPEN.includes(state));
}

function isCause(item: TraceItem): item is Cause {
  return item.kind === 'called' || item.kind === 'arrived' || item.kind === 'timer';
}

function newsOf(trace: readonly TraceItem[]): EndReading['news'] {
  const newest = trace.findLast(isCause);
  if (!newest || newest.kind === 'called') return null;
  const since = trace.slice(trace.lastIndexOf(newest));
  return since.some(({ kind }) => kind === 'sent' || kind === 'nothing') ? null : newest;
}

/**
 * What was said of an answer has had its time once something new has happened. Not so of one that is to be
 * tried again: that stays in sight until then. Of a wrong segment that went out, only what comes back says
 * more.
 */
function hadItsTime(answer: Answer, trace: readonly TraceItem[]): boolean {
  const wrong = answer.verdict?.verdict === 'wrong';
  if (answer.kind === 'blocked' || (answer.kind === 'nothing' && wrong)) return false;
  const wentWrong = answer.kind === 'sent' && wrong;
  return trace
    .slice(trace.indexOf(answer))
    .some(({ kind }) => kind === 'arrived' || (!wentWrong && (kind === 'called' || kind === 'timer')));
}

/** Which of the arrivals this is, counted from one; null if it is none that can still be called a bluff. */
export function callableArrival(trace: readonly TraceItem[], item: TraceItem): number | null {
  const arrivals = trace.filter(({ kind }) => kind === 'arrived');
  const arrival = arrivals.indexOf(item) + 1;
  return arrival > Math.max(0, arrivals.length - CALLABLE) ? arrival : null;
}
