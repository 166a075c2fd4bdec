import { unreachable } from '../result.ts';
import type { AppCall, ScriptedCall, Side } from '../scenario/types.ts';
import { judge, judgeLabel } from '../tcp/judge.ts';
import { afterAnswer, afterLabel } from './answer.ts';
import { botLabel, botSegment } from './bot.ts';
import { instantOf, virtualAt } from './clock.ts';
import { nextComing } from './coming.ts';
import { changing } from './copies.ts';
import type { Coming } from './coming.ts';
import { fateOf } from './fate-of.ts';
import { finish, finishIfOver } from './finish.ts';
import { releaseFlight } from './flight-moves.ts';
import { land } from './land.ts';
import { endToSend, launch, scored } from './launch.ts';
import { record } from './record.ts';
import { callUp, flood, ring, withPlay } from './end-moves.ts';
import { calm } from './storm.ts';
import type { Table } from './table.ts';
import { other } from '../scenario/sides.ts';

/**
 * The table at a later epoch instant: everything that time brings until then. The very same value if nothing
 * does.
 */
export function advance(table: Table, at: number): Table {
  if (table.clock.rate === 0) return table;
  const untilMs = virtualAt(table.clock, at);
  const first = nextComing(table, untilMs);
  return first === null ? table : changing(happenUntil, table, { first, untilMs });
}

function happenUntil(
  table: Table,
  { first, untilMs }: { readonly first: Coming; readonly untilMs: number },
): Table {
  let now = happen(table, first);
  for (;;) {
    const coming = now.clock.rate === 0 ? null : nextComing(now, untilMs);
    if (coming === null) return now;
    now = happen(now, coming);
  }
}

/**
 * The first epoch ms at which `advance` would change the table; null when paused, ended, or nothing is to
 * come.
 */
export function nextChangeAt(table: Table): number | null {
  if (table.clock.rate === 0) return null;
  const coming = nextComing(table);
  return coming === null ? null : instantOf(table.clock, coming.ms);
}

/** The table after the next thing that time brings. */
export function happen(table: Table, coming: Coming): Table {
  return finishIfOver(happened(table, coming), coming.ms);
}

function happened(table: Table, coming: Coming): Table {
  const { ms } = coming;
  switch (coming.kind) {
    case 'release':
      return releaseFlight(table, coming.flight, 'script', ms);
    case 'arrival':
      return land(table, coming.flight, ms);
    case 'timer':
      return ring(table, coming.side, coming.timer, ms);
    case 'call': {
      const { index, call } = coming.pending;
      const calls = table.calls.filter((pending) => pending.index !== index);
      if (call.call === 'flood') return flood({ ...table, calls }, call.side, call.halfOpen, ms);
      return callUp({ ...table, calls }, call.side, callOf(call), ms);
    }
    case 'answer':
      return botAnswers(table, coming.side, ms);
    case 'label':
      return botLabels(table, coming.side, ms);
    case 'calm':
      return calm(table, ms);
    case 'end':
      return finish(table, instantOf(table.clock, ms) ?? table.clock.at, ms, coming.why);
    default:
      return unreachable(coming);
  }
}

/** The call by itself: when the script makes it is the script's secret. */
function callOf(call: ScriptedCall): AppCall {
  return call.call === 'write' ? { call: call.call, text: call.text } : { call: call.call };
}

function botAnswers(table: Table, side: Side, ms: number): Table {
  const answer = botSegment(table, side);
  if (answer === null) return withPlay(table, side, { openSinceMs: null });
  const { seg, slip } = answer;
  const peer = { sndNxt: table.ends[other(side)].tcb.snd.nxt };
  const verdict = judge(endToSend(table, side, seg), seg, { app: 'scripted', peer });
  if (slip && table.scenario.onWrong === 'block') {
    const told = record(table, { ms, kind: 'blocked', side, seg, verdict });
    const play = told.play[side];
    return withPlay(told, side, {
      ...scored(play, verdict),
      acts: play.acts + 1,
      openSinceMs: ms,
      slipped: true,
    });
  }
  const out = launch(table, side, seg, verdict, fateOf(table, side, seg, ms), 'bot', ms);
  return afterAnswer(slip ? withPlay(out, side, { slipped: true }) : out, side, verdict, ms);
}

function botLabels(table: Table, side: Side, ms: number): Table {
  const { asked } = table.play[side];
  if (asked === null) return table;
  const label = botLabel(table, side, asked.end.state);
  return afterLabel(table, side, label, judgeLabel(asked.end, label), ms);
}
