import type { Happening } from './happening.ts';
import type { Lens, TraceItem } from './trace.ts';

/** Every lens, the seats' and the one that sees all. */
export const LENSES: readonly Lens[] = ['client', 'server', 'link', 'referee', 'full'];

/**
 * What a lens sees of a happening; null: nothing. Field by field: nothing is spread, so that a field that is
 * added to a happening later stays hidden until somebody lets it through. Whether a lens sees it at all must
 * not depend on anything that comes later: a trace only grows.
 */
export function witness(it: Happening, lens: Lens, exam: boolean): TraceItem | null {
  if (lens === 'full') return everything(it);
  if (lens === 'link') return onTheWire(it, exam);
  if (lens === 'referee') return atBothEnds(it, exam);
  return atOneEnd(it, lens, exam);
}

/**
 * Whether a lens sees a happening: `witness` without making what it sees. Every happening is counted for five
 * lenses, and most of what would be made is made again when it is shown, or never.
 */
export function sees(it: Happening, lens: Lens, exam: boolean): boolean {
  switch (it.kind) {
    case 'clock':
    case 'ended':
      return true;
    case 'called':
    case 'blocked':
    case 'nothing':
    case 'label':
    case 'hint':
    case 'bluff-called':
      return lens === 'full' || lens === it.side;
    case 'sent':
    case 'arrived':
      return lens === 'full' || lens === 'link' || lens === 'referee' || lens === it.side;
    case 'state':
      return lens === 'full' || (lens === it.side && !exam);
    case 'timer':
      return lens === 'full' || (lens === it.side && !(exam && it.timer === 'time-wait'));
    case 'backlog':
      return lens === 'full' || lens === 'referee' || lens === it.side;
    case 'called-out':
      return lens === 'full' || lens === 'referee';
    case 'revealed':
      return lens === 'referee' && !exam;
    case 'lost':
    case 'conditions':
    case 'touch':
    case 'cable':
    case 'prediction':
    case 'storm':
      return lens === 'full' || lens === 'link';
  }
}

/**
 * An end: its own calls, segments, timers; what arrived; never where it came from or what became of what it
 * sent.
 */
function atOneEnd(it: Happening, side: 'client' | 'server', exam: boolean): TraceItem | null {
  switch (it.kind) {
    case 'called':
      return it.side === side ? { ms: it.ms, kind: it.kind, side, call: it.call } : null;
    case 'sent': {
      if (it.side !== side) return null;
      const { ms, kind, id, seg, again, by, verdict, bluff } = it;
      // What is shown most often is written out: to spread costs more than all the rest of it.
      if (!exam && !bluff) return { ms, kind, side, id, seg, again, by, verdict };
      // Whether it counts as sent before depends on whether what was sent before was right.
      return {
        ms,
        kind,
        side,
        id,
        seg,
        again: again && !exam,
        by,
        ...(!exam && { verdict }),
        ...(bluff && { bluff }),
      };
    }
    case 'arrived':
      return it.side === side ? { ms: it.ms, kind: it.kind, side, seg: it.seg } : null;
    case 'state':
      return it.side === side && !exam ? { ms: it.ms, kind: it.kind, side, was: it.was, is: it.is } : null;
    case 'timer':
      if (it.side !== side || (exam && it.timer === 'time-wait')) return null;
      return { ms: it.ms, kind: it.kind, side, timer: it.timer };
    case 'blocked':
      if (it.side !== side) return null;
      return { ms: it.ms, kind: it.kind, side, seg: it.seg, ...(!exam && { verdict: it.verdict }) };
    case 'nothing':
      if (it.side !== side) return null;
      return { ms: it.ms, kind: it.kind, side, ...(!exam && { verdict: it.verdict }) };
    case 'label':
      if (it.side !== side) return null;
      return { ms: it.ms, kind: it.kind, side, label: it.label, ...(!exam && { verdict: it.verdict }) };
    case 'hint':
      return it.side === side ? hintItem(it) : null;
    case 'bluff-called': {
      if (it.side !== side) return null;
      const { ms, kind, arrival, seg, verdict } = it;
      return { ms, kind, side, arrival, seg, ...(!exam && { verdict }) };
    }
    case 'backlog':
      return it.side === side ? backlogItem(it) : null;
    case 'clock':
      return { ms: it.ms, kind: it.kind, rate: it.rate };
    case 'ended':
      return endedItem(it);
    case 'called-out':
    case 'revealed':
    case 'storm':
    case 'lost':
    case 'conditions':
    case 'touch':
    case 'cable':
    case 'prediction':
      return null;
  }
}

/**
 * The link: what goes into the wire and what comes out, and its own acts; no end's state, and no verdict but
 * on its own prediction.
 */
function onTheWire(it: Happening, exam: boolean): TraceItem | null {
  switch (it.kind) {
    case 'sent': {
      const { ms, kind, side, id, seg, again, by, fate } = it;
      return { ms, kind, side, id, seg, again, by, fate };
    }
    case 'arrived':
      return { ms: it.ms, kind: it.kind, side: it.side, seg: it.seg, id: it.id, sentMs: it.sentMs };
    case 'lost':
      return { ms: it.ms, kind: it.kind, from: it.from, id: it.id, seg: it.seg, why: it.why };
    case 'conditions': {
      const { ms, kind, from, conditions, version } = it;
      return { ms, kind, from, conditions, version };
    }
    case 'touch':
      return { ms: it.ms, kind: it.kind, id: it.id, from: it.from, touch: it.touch, by: it.by };
    case 'cable':
      return { ms: it.ms, kind: it.kind, up: it.up };
    case 'prediction': {
      const { ms, kind, prediction, right, verdict } = it;
      return { ms, kind, prediction, ...(!exam && { right, verdict }) };
    }
    case 'clock':
      return { ms: it.ms, kind: it.kind, rate: it.rate };
    case 'storm':
      return { ms: it.ms, kind: it.kind, on: it.on };
    case 'ended':
      return endedItem(it);
    case 'backlog':
    case 'bluff-called':
    case 'called-out':
    case 'revealed':
    case 'called':
    case 'state':
    case 'timer':
    case 'blocked':
    case 'nothing':
    case 'label':
    case 'hint':
      return null;
  }
}

/**
 * The referee: the segments at both ends as they are sent and arrive; the judge only after its own call, or
 * when there is nothing left to call.
 */
function atBothEnds(it: Happening, exam: boolean): TraceItem | null {
  switch (it.kind) {
    case 'sent': {
      const { ms, kind, side, id, seg, again, by } = it;
      return { ms, kind, side, id, seg, again, by };
    }
    case 'arrived':
      return { ms: it.ms, kind: it.kind, side: it.side, seg: it.seg, id: it.id, sentMs: it.sentMs };
    case 'clock':
      return { ms: it.ms, kind: it.kind, rate: it.rate };
    case 'called-out': {
      const { ms, kind, side, id, seg, verdict, judge } = it;
      return { ms, kind, side, id, seg, ...(!exam && { verdict, judge }) };
    }
    case 'backlog':
      // Whether a SYN may be answered is not to be seen in any segment.
      return backlogItem(it);
    case 'revealed': {
      const { ms, kind, side, id, judge } = it;
      return exam ? null : { ms, kind, side, id, judge };
    }
    case 'ended':
      return endedItem(it);
    case 'bluff-called':
    case 'storm':
    case 'called':
    case 'lost':
    case 'state':
    case 'timer':
    case 'blocked':
    case 'nothing':
    case 'label':
    case 'hint':
    case 'conditions':
    case 'touch':
    case 'cable':
    case 'prediction':
      return null;
  }
}

/** Instructor, observer, and in the debrief everybody. */
function everything(it: Happening): TraceItem | null {
  switch (it.kind) {
    case 'sent': {
      const { ms, kind, side, id, seg, again, by, verdict, fate, bluff } = it;
      return bluff
        ? { ms, kind, side, id, seg, again, by, verdict, fate, bluff }
        : { ms, kind, side, id, seg, again, by, verdict, fate };
    }
    case 'called':
      return { ms: it.ms, kind: it.kind, side: it.side, call: it.call };
    case 'state':
      return { ms: it.ms, kind: it.kind, side: it.side, was: it.was, is: it.is };
    case 'timer':
      return { ms: it.ms, kind: it.kind, side: it.side, timer: it.timer };
    case 'blocked':
      return { ms: it.ms, kind: it.kind, side: it.side, seg: it.seg, verdict: it.verdict };
    case 'nothing':
      return { ms: it.ms, kind: it.kind, side: it.side, verdict: it.verdict };
    case 'label':
      return { ms: it.ms, kind: it.kind, side: it.side, label: it.label, verdict: it.verdict };
    case 'hint':
      return hintItem(it);
    case 'backlog':
      return backlogItem(it);
    case 'bluff-called': {
      const { ms, kind, side, arrival, id, seg, verdict } = it;
      return { ms, kind, side, arrival, id, seg, verdict };
    }
    case 'called-out': {
      const { ms, kind, side, id, seg, verdict, judge } = it;
      return { ms, kind, side, id, seg, verdict, judge };
    }
    case 'revealed':
      // The judge stands with the segment already.
      return null;
    case 'arrived':
    case 'lost':
    case 'conditions':
    case 'touch':
    case 'cable':
    case 'prediction':
    case 'storm':
    case 'clock':
    case 'ended':
      // All that these hold is the wire's, which hides nothing of it.
      return onTheWire(it, false);
  }
}

function hintItem({ ms, kind, side, field, value, free }: Extract<Happening, { kind: 'hint' }>): TraceItem {
  return { ms, kind, side, field, value, ...(free && { free }) };
}

function backlogItem({
  ms,
  kind,
  side,
  slots,
  halfOpen,
  cookies,
}: Extract<Happening, { kind: 'backlog' }>): TraceItem {
  return { ms, kind, side, slots, halfOpen, cookies };
}

function endedItem({ ms, kind, why }: Extract<Happening, { kind: 'ended' }>): TraceItem {
  return { ms, kind, ...(why && { why }) };
}
