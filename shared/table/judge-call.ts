import { ACK, FIN, PSH, segEnd } from '../tcp/segment.ts';
import type { Segment } from '../tcp/segment.ts';
import type { FaultCode, Verdict } from '../tcp/verdict.ts';
import { newestFirst } from './chain.ts';
import type { Happening } from './happening.ts';
import type { Table } from './table.ts';

type Sent = Extract<Happening, { kind: 'sent' }>;

export function sentWith(table: Table, id: string): Sent | null {
  for (const it of newestFirst(table.history)) if (it.kind === 'sent' && it.id === id) return it;
  return null;
}

/**
 * Whoever says that a segment is wrong is right if the judge says so too. To call a right one can betray a
 * misconception: that an ACK may not ride on a FIN (M22), or that PSH means something (M35).
 */
export function judgeCall(table: Table, { id, verdict }: Sent): Verdict {
  const { why } = verdict;
  if (verdict.verdict === 'wrong') return { verdict: 'due', why, causes: [], faults: [] };
  const code = codeOf(table, id);
  const section = code === 'M35' ? '3.9.1.2' : '3.6';
  const fault = { field: 'flags', code, given: 'wrong', needed: verdict.verdict, section } as const;
  return { verdict: 'wrong', why, causes: [], faults: [fault] };
}

function codeOf(table: Table, id: string): FaultCode {
  let called: Sent | null = null;
  let before: Segment | null = null;
  let ackedBefore = false;
  let finArrived = false;
  for (const it of newestFirst(table.history)) {
    if (called === null) {
      if (it.kind === 'sent' && it.id === id) called = it;
      continue;
    }
    const { side, seg } = called;
    if (it.kind === 'sent' && it.side === side) {
      before ??= it.seg;
      ackedBefore ||= (it.seg.flags & ACK) !== 0 && it.seg.ack === seg.ack;
    } else if (it.kind === 'arrived' && it.side === side && it.seg.flags & FIN) {
      finArrived ||= segEnd(it.seg) === seg.ack;
    }
  }
  if (called === null) return 'other';
  const { flags, dataOctets } = called.seg;
  if ((flags & (FIN | ACK)) === (FIN | ACK) && finArrived && !ackedBefore) return 'M22';
  const dataUnpushed = dataOctets > 0 && !(flags & PSH);
  return dataUnpushed || (before !== null && (before.flags & PSH) !== 0) ? 'M35' : 'other';
}
