import type { Side } from '../scenario/types.ts';
import type { State } from '../tcp/state.ts';
import type { Verdict } from '../tcp/verdict.ts';
import { copyOfPlay, copyOfTable, withSide } from './copies.ts';
import { record } from './record.ts';
import { withPlay } from './end-moves.ts';
import type { Table } from './table.ts';

/**
 * After an answer that was not wrong the state is asked for, where the scenario asks for it. In an exam it is
 * asked after every one, for the question would tell that the answer was right.
 */
export function afterAnswer(table: Table, side: Side, verdict: Verdict, ms: number): Table {
  const { askState, level } = table.scenario;
  if (!askState || (verdict.verdict === 'wrong' && level !== 'exam')) return table;
  // What the end is at this very moment is what is asked for, however late the label comes.
  const play = copyOfPlay(table.play[side], side);
  play.asked = { end: table.ends[side], sinceMs: ms };
  const next = copyOfTable(table);
  next.play = withSide(table.play, side, play);
  return next;
}

/** A label is given once, right or wrong. */
export function afterLabel(table: Table, side: Side, label: State, verdict: Verdict, ms: number): Table {
  return withPlay(record(table, { ms, kind: 'label', side, label, verdict }), side, { asked: null });
}
