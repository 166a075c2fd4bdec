import { parse, print } from '../../shared/tcp/notation.ts';
import { ACK } from '../../shared/tcp/segment.ts';
import type { Segment } from '../../shared/tcp/segment.ts';
import { isSeq } from '../../shared/tcp/seq.ts';
import { m } from '../paraglide/messages.js';

/**
 * A segment that is being composed, in the fields of its header and as one line, each of which follows the
 * other.
 */
export interface SegmentDraft {
  /** Numbers as they are typed: digits, or nothing. */
  readonly seq: string;
  readonly ack: string;
  /**
   * The number it acknowledges was entered for this very segment, not left over: without the ACK flag it goes
   * out all the same.
   */
  readonly ackMeant: boolean;
  /** The number that was turned to last; one that is picked elsewhere goes there. */
  readonly last: 'seq' | 'ack';
  readonly data: string;
  readonly flags: number;
  /** Null: the window that the end has. */
  readonly wnd: number | null;
  /** What stands in the line while it is being typed; null while it mirrors the fields. */
  readonly typed: string | null;
  /** Why it cannot go out as it is; empty as long as nobody tried. */
  readonly problem: string;
  /** It is wrong on purpose. */
  readonly bluff: boolean;
}

export const EMPTY_DRAFT: SegmentDraft = {
  seq: '',
  ack: '',
  ackMeant: false,
  last: 'seq',
  data: '0',
  flags: 0,
  wnd: null,
  typed: null,
  problem: '',
  bluff: false,
};

/** A 16-bit field of the header: no segment holds more. */
export const MOST_OCTETS = 65535;

/** What the next segment begins with: the numbers stay, flags and data start afresh. */
export function afresh({ seq, ack }: SegmentDraft): SegmentDraft {
  return { ...EMPTY_DRAFT, seq, ack };
}

/** With some fields changed, which the line then mirrors. */
export function edited(
  draft: SegmentDraft,
  change: Partial<Pick<SegmentDraft, 'seq' | 'ack' | 'data' | 'flags'>>,
): SegmentDraft {
  const next = { ...draft, ...change, typed: null };
  if (change.ack !== undefined) return { ...next, ackMeant: true };
  const switchedOff = (draft.flags & ACK) !== 0 && (next.flags & ACK) === 0;
  return switchedOff ? { ...next, ackMeant: false, last: 'seq' } : next;
}

/** With this number, picked elsewhere, in the field that was turned to last. */
export function withNumber(draft: SegmentDraft, n: number): SegmentDraft {
  return edited(draft, { [draft.last]: String(n) });
}

/** With this typed into the line, and in the fields if it can be read. */
export function withLine(draft: SegmentDraft, text: string): SegmentDraft {
  const typing = { ...draft, typed: text };
  if (text.trim() === '') return typing;
  const read = parse(text);
  if (!read.ok) return { ...typing, problem: m.end_line_bad({ at: read.error.at }) };
  const { flags, seq, ack, dataOctets, wnd } = read.value;
  return {
    ...typing,
    problem: '',
    flags,
    seq: seq === null ? draft.seq : String(seq),
    ack: ack === null ? '' : String(ack),
    ackMeant: ack !== null,
    data: String(dataOctets),
    wnd,
  };
}

export function segmentOf(draft: SegmentDraft, rcvWnd: number): Segment {
  return {
    seq: Number(draft.seq),
    ack: (draft.flags & ACK) !== 0 || draft.ackMeant ? Number(draft.ack) : 0,
    flags: draft.flags,
    wnd: draft.wnd ?? rcvWnd,
    dataOctets: Math.min(Number(draft.data) || 0, MOST_OCTETS),
  };
}

/** What the line says. A window that is the same in all of them would only take the room of the rest. */
export function lineOf(draft: SegmentDraft, rcvWnd: number): string {
  if (draft.typed !== null) return draft.typed;
  if (draft.flags === 0) return '';
  const line = print(segmentOf(draft, rcvWnd));
  return draft.wnd === null ? line.replace(/ win \d+$/, '') : line;
}

/** The draft as it can go out, or what it lacks and in which field. */
export function checked(draft: SegmentDraft): {
  draft: SegmentDraft;
  lacking: 'line' | 'seq' | 'ack' | null;
} {
  const typed = draft.typed?.trim() ? withLine({ ...draft, problem: '' }, draft.typed) : draft;
  if (typed !== draft && typed.problem !== '') return { draft: typed, lacking: 'line' };
  const { seq, ack } = segmentOf(typed, 0);
  const lacks = (lacking: 'seq' | 'ack', problem: string) => ({ draft: { ...typed, problem }, lacking });
  if (typed.seq === '') return lacks('seq', m.end_need_seq());
  if ((typed.flags & ACK) !== 0 && typed.ack === '') return lacks('ack', m.end_need_ack());
  if (!isSeq(seq)) return lacks('seq', m.end_range());
  if (!isSeq(ack)) return lacks('ack', m.end_range());
  return { draft: { ...typed, typed: null, problem: '' }, lacking: null };
}
