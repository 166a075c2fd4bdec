import type { Fate } from '../link/fate.ts';
import { wireAfter } from '../link/wire.ts';
import type { ScriptedFault, Side } from '../scenario/types.ts';
import type { End } from '../tcp/end.ts';
import { chooseIss } from '../tcp/iss.ts';
import { SYN, has, segLen } from '../tcp/segment.ts';
import type { Segment } from '../tcp/segment.ts';
import { sent as segmentSent } from '../tcp/sent.ts';
import { seqLt } from '../tcp/seq.ts';
import type { Verdict } from '../tcp/verdict.ts';
import { isPerson } from './bot-skill.ts';
import { copyOfPlay, copyOfTable, withSide } from './copies.ts';
import { faultsOn } from './fate-of.ts';
import { exchanged } from './flight-moves.ts';
import { joined } from './lists.ts';
import { note, record } from './record.ts';
import { withEnd } from './end-moves.ts';
import type { Flight, Play, Table, Unjudged } from './table.ts';

/**
 * The end of a side as it is when it sends this: where the number is free to choose, the first SYN has chosen
 * it.
 */
export function endToSend(table: Table, side: Side, seg: Segment): End {
  const end = table.ends[side];
  if (table.scenario.ends[side].iss.policy !== 'chosen' || !has(seg, SYN)) return end;
  // A number that was taken over from the peer was not chosen: the judge has a word to say to that.
  const { irs } = end.tcb;
  if (irs !== null && (seg.seq === irs || seg.seq === (irs + 1) >>> 0)) return end;
  return chooseIss(end, seg.seq);
}

/** A side puts a segment on the wire, with a verdict and a fate that stand. */
export function launch(
  table: Table,
  side: Side,
  seg: Segment,
  verdict: Verdict,
  fate: Fate,
  by: 'player' | 'bot' | 'lab',
  ms: number,
  bluff = false,
): Table {
  const id = `${side === 'client' ? 'c' : 's'}${fate.n}`;
  const end = endToSend(table, side, seg);
  const again = segLen(seg) > 0 && end.lastSent !== null && seqLt(seg.seq, end.tcb.snd.nxt);
  const { strike, matched } = faultsOn(table, side, seg);
  const held = strike.length === 0 ? null : heldBy(strike, table.scenario.pace.rtoMs, ms);
  const flights: readonly Flight[] = fate.copies.map(({ arrivesMs, corrupted }, i) => ({
    id: i === 0 ? id : `${id}.${i + 1}`,
    sent: id,
    from: side,
    seg,
    sentMs: ms,
    arrivesMs,
    corrupted,
    held,
  }));

  const flying = copyOfTable(table);
  const sending = { ms, kind: 'sent', side, id, seg, again, verdict, fate, by } as const;
  note(flying, bluff ? { ...sending, bluff } : sending);
  for (const { fault } of strike) {
    if (fault !== 'duplicate' && fault !== 'hold' && fault !== 'reorder') continue;
    // To be overtaken, a segment is held until another one is ahead.
    const touch = fault === 'reorder' ? 'hold' : fault;
    if (flights.length > 0) note(flying, { ms, kind: 'touch', id, from: side, touch, by: 'script' });
  }
  if (fate.lost !== null) note(flying, { ms, kind: 'lost', from: side, id, seg, why: fate.lost });
  flying.matched = matched;
  flying.wires = withSide(table.wires, side, wireAfter(table.wires[side], fate, ms));
  if (flights.length > 0) flying.flights = joined(table.flights, flights);
  let next: Table = flying;
  const [ahead] = flights;
  if (ahead && ahead.held === null) next = overtaken(next, side, ahead.arrivesMs, ms);
  next = answered(next, side, ms);
  if (isPerson(next.seats.referee)) {
    const seen = copyOfTable(next);
    seen.unjudged = joined(next.unjudged, [{ id, side, seg, judge: verdict, arrived: false }]);
    next = seen;
  }
  next = withEnd(next, side, segmentSent(end, seg), ms);
  const play = next.play[side];
  const after = copyOfPlay(play, side);
  after.acts += 1;
  if (bluff) after.bluffs += 1;
  // Whoever has just answered starts to think about what is still open.
  if (play.openSinceMs !== null) after.openSinceMs = ms;
  if (play.owesSinceMs !== null && verdict.verdict === 'due') after.owesSinceMs = ms;
  // Who bluffs knows better.
  if (!bluff || verdict.verdict !== 'wrong') {
    const { attempts, wrong, right } = scored(play, verdict);
    after.attempts = attempts;
    after.wrong = wrong;
    after.right = right;
  }
  const sent = copyOfTable(next);
  sent.play = withSide(next.play, side, after);
  return sent;
}

/** Whether the script's hand takes it off the wire, and until when. */
function heldBy(strike: readonly ScriptedFault[], rtoMs: number, ms: number): Flight['held'] {
  const hold = strike.find(({ fault }) => fault === 'hold');
  if (hold) return { sinceMs: ms, untilMs: hold.ms === undefined ? null : ms + hold.ms };
  const reorder = strike.find(({ fault }) => fault === 'reorder');
  return reorder ? { sinceMs: ms, untilMs: ms + (reorder.ms ?? rtoMs), behind: true } : null;
}

/** What waits to be overtaken in this direction follows on the heels of the first that is ahead of it. */
function overtaken(table: Table, from: Side, aheadMs: number, ms: number): Table {
  let next = table;
  for (const flight of table.flights) {
    if (flight.from !== from || !flight.held?.behind) continue;
    const { id } = flight;
    const free: Flight = { ...flight, arrivesMs: Math.max(flight.arrivesMs, aheadMs + 1), held: null };
    next = record(next, { ms, kind: 'touch', id, from, touch: 'release', by: 'script' });
    next = exchanged(next, flight, free);
  }
  return next;
}

/** A side has answered: what had reached it is history, and the referee learns what it was. */
export function answered(table: Table, side: Side, ms: number): Table {
  const { unjudged } = table;
  const isOpen = (one: Unjudged): boolean => !one.arrived || one.side === side;
  if (unjudged.every(isOpen)) return table;
  const next = copyOfTable(table);
  next.unjudged = unjudged.filter(isOpen);
  for (const one of unjudged) {
    if (!isOpen(one)) note(next, { ms, kind: 'revealed', side: one.side, id: one.id, judge: one.judge });
  }
  return next;
}

/** What one more answer does to the counts. */
export function scored(play: Play, { verdict }: Verdict): Pick<Play, 'attempts' | 'wrong' | 'right'> {
  return {
    attempts: play.attempts + (verdict === 'wrong' ? 1 : 0),
    wrong: play.wrong + (verdict === 'wrong' ? 1 : 0),
    right: play.right + (verdict === 'due' ? 1 : 0),
  };
}
