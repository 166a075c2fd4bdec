import { rngAt } from '../rng.ts';
import type { Side } from '../scenario/types.ts';
import { fill } from '../tcp/due.ts';
import { expect } from '../tcp/expect.ts';
import { judge } from '../tcp/judge.ts';
import { ACK, FIN, SYN } from '../tcp/segment.ts';
import type { Segment } from '../tcp/segment.ts';
import { seqAdd } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';
import { botSkill } from './bot-skill.ts';
import { withText } from './stream-text.ts';
import type { Table } from './table.ts';
import { other } from '../scenario/sides.ts';

/**
 * How long a bot thinks about its next answer: the scenario's time and up to a quarter more or less, whole
 * virtual ms.
 */
export function botThinksMs(table: Table, side: Side): number {
  const { thinkMs } = table.scenario.pace;
  return Math.max(2, Math.round(thinkMs * (0.75 + 0.5 * chance(table, side, 'think'))));
}

/**
 * What a bot sends now: the first due answer, or for once (a slip) what somebody with a misconception would
 * send. Null: nothing is due.
 */
export function botSegment(
  table: Table,
  side: Side,
): { readonly seg: Segment; readonly slip: boolean } | null {
  const end = table.ends[side];
  const due = expect(end)[0];
  if (!due) return null;
  const right = withText(fill(due), end.tcb.iss, table.play[side].written);
  const slip = wrongFor(table, side) ? slipOf(table, side, right) : null;
  return slip ? { seg: slip, slip: true } : { seg: right, slip: false };
}

/** The state that a bot says its end is in. */
export function botLabel(table: Table, side: Side, state: State): State {
  const skill = botSkill(table.seats[side]);
  if (skill === null || chance(table, side, 'label') < skill) return state;
  return CONFUSED[state] ?? state;
}

/** Whether the answer that is open is one of those that this bot gets wrong, at first. */
function wrongFor(table: Table, side: Side): boolean {
  const skill = botSkill(table.seats[side]);
  if (skill === null || table.play[side].slipped) return false;
  return chance(table, side, 'slip') >= skill;
}

/** The names that students take for each other. */
const CONFUSED: Partial<Record<State, State>> = {
  'SYN-RECEIVED': 'ESTABLISHED',
  'CLOSE-WAIT': 'TIME-WAIT',
  'LAST-ACK': 'TIME-WAIT',
  'FIN-WAIT-2': 'TIME-WAIT',
  'TIME-WAIT': 'CLOSED',
};

/** One of the common mistakes that is indeed one here. */
function slipOf(table: Table, side: Side, right: Segment): Segment | null {
  const end = table.ends[side];
  const { seq, ack, flags, dataOctets } = right;
  const mistakes: Segment[] = [];
  if (flags & ACK) {
    // SYN and FIN cost nothing; the acknowledgment names the last octet, not the next one.
    mistakes.push({ ...right, ack: seqAdd(ack, -1) });
    if (end.newest && end.newest.seg.dataOctets > 1) {
      mistakes.push({ ...right, ack: seqAdd(end.newest.seg.seq, 1) });
    }
    if (!(flags & SYN)) mistakes.push({ ...right, flags: flags & ~ACK, ack: 0 });
    if (seq !== ack) mistakes.push({ ...right, seq: ack, ack: seq });
  }
  // An empty ACK took a number; the SYN did not.
  if (!(flags & SYN)) mistakes.push({ ...right, seq: seqAdd(seq, 1) }, { ...right, seq: seqAdd(seq, -1) });
  if (flags & SYN && flags & ACK) mistakes.push({ ...right, flags: flags & ~SYN });
  if (flags & FIN) mistakes.push({ ...right, seq: seqAdd(seq, dataOctets + 1) });
  const peer = { sndNxt: table.ends[other(side)].tcb.snd.nxt };
  const wrong = mistakes
    .map((seg) => withText(seg, end.tcb.iss, table.play[side].written))
    .filter((seg) => judge(end, seg, { app: 'scripted', peer }).verdict === 'wrong');
  return wrong[Math.floor(chance(table, side, 'mistake') * wrong.length)] ?? null;
}

function chance(table: Table, side: Side, purpose: string): number {
  return rngAt(table.seed, 'bot', table.id, side, table.play[side].acts, purpose).next();
}
