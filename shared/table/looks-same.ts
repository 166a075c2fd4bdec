import type { End } from '../tcp/end.ts';
import type { Play, Table } from './table.ts';
import type { Lens } from './trace.ts';

/**
 * Whether what a lens is shown of the present (`nowFor`) is surely the same at two instants of one table. It
 * compares what that is made of and makes nothing; false says only that one has to look. Most of what happens
 * at a table changes the present of few seats, and to write down one that is the same took as long as
 * everything that was sent.
 */
export function looksSame(before: Table, table: Table, lens: Lens): boolean {
  if (before === table) return true;
  if (
    before.phase !== table.phase ||
    before.clock !== table.clock ||
    before.endsAfterMs !== table.endsAfterMs
  ) {
    return false;
  }
  switch (lens) {
    case 'client':
    case 'server':
      return sameEnd(before.ends[lens], table.ends[lens]) && samePlay(before.play[lens], table.play[lens]);
    case 'link':
      return sameLink(before, table);
    case 'referee':
      return sameList(before.unjudged, table.unjudged);
    case 'full':
      return false;
  }
}

function sameEnd(a: End, b: End): boolean {
  return (
    a === b ||
    (a.state === b.state &&
      a.queued === b.queued &&
      a.closeCalled === b.closeCalled &&
      a.abortCalled === b.abortCalled &&
      a.backlog === b.backlog &&
      sameTcb(a.tcb, b.tcb))
  );
}

function sameTcb(a: End['tcb'], b: End['tcb']): boolean {
  return (
    a.iss === b.iss &&
    a.irs === b.irs &&
    a.snd.una === b.snd.una &&
    a.snd.nxt === b.snd.nxt &&
    a.snd.wnd === b.snd.wnd &&
    a.rcv.nxt === b.rcv.nxt &&
    a.rcv.wnd === b.rcv.wnd
  );
}

function samePlay(a: Play, b: Play): boolean {
  return (
    a === b ||
    (a.timers.rto === b.timers.rto &&
      a.timers.persist === b.timers.persist &&
      a.timers['time-wait'] === b.timers['time-wait'] &&
      a.written === b.written &&
      a.closeCalled === b.closeCalled &&
      a.abortCalled === b.abortCalled &&
      (a.asked === null) === (b.asked === null) &&
      a.hinted.length === b.hinted.length &&
      a.attempts === b.attempts &&
      a.bluffs === b.bluffs &&
      a.arrivals.length === b.arrivals.length)
  );
}

function sameLink(a: Table, b: Table): boolean {
  return (
    a.wires.client.conditions === b.wires.client.conditions &&
    a.wires.server.conditions === b.wires.server.conditions &&
    sameList(a.flights, b.flights) &&
    a.cableUp === b.cableUp &&
    a.spent === b.spent &&
    a.predict === b.predict &&
    a.storm === b.storm
  );
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === 0 && b.length === 0);
}
