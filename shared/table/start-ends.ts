import type { Scenario, Side } from '../scenario/types.ts';
import { arrive } from '../tcp/arrive.ts';
import { withBacklog } from '../tcp/backlog.ts';
import { call } from '../tcp/call.ts';
import type { UserCall } from '../tcp/call.ts';
import { fill } from '../tcp/due.ts';
import { newEnd } from '../tcp/end.ts';
import type { End } from '../tcp/end.ts';
import { expect } from '../tcp/expect.ts';
import { sent } from '../tcp/sent.ts';
import type { State } from '../tcp/state.ts';
import { SIDES, other } from '../scenario/sides.ts';

type Ends = Readonly<Record<Side, End>>;

/** An end, and how many connections it has left behind. */
export interface Start {
  readonly end: End;
  readonly connections: number;
}

/**
 * Both ends as a scenario starts them. A state in the middle of a connection is reached the way connections
 * reach it, by the machine itself: a handshake, then closes, sends and losses until both are there. Throws if
 * there is no such pair of states.
 */
export function startEnds(
  scenario: Scenario,
  issOf: (side: Side, nth: number) => number,
): Readonly<Record<Side, Start>> {
  const goal: Readonly<Record<Side, State>> = {
    client: scenario.ends.client.start,
    server: scenario.ends.server.start,
  };
  const fresh = (side: Side, nth = 0): End => {
    const { rcvWnd, mss, backlog } = scenario.ends[side];
    const end = newEnd({ iss: issOf(side, nth), rcvWnd, mss });
    return backlog ? withBacklog(end, { free: backlog.slots, cookies: backlog.cookies === true }) : end;
  };
  const apart = (side: Side): boolean => goal[side] === 'CLOSED' || goal[side] === 'LISTEN';
  const unconnected = (side: Side, nth: number): Start => {
    const end = fresh(side, nth);
    return { end: goal[side] === 'LISTEN' ? asked(end, { call: 'listen' }) : end, connections: nth };
  };
  if (apart('client') && apart('server')) {
    return { client: unconnected('client', 0), server: unconnected('server', 0) };
  }

  // The client opens, as ever; only what cannot come of that is looked for where the server or both do.
  const opened = (client: 'connect' | 'listen', server: 'connect' | 'listen'): Ends => ({
    client: asked(fresh('client'), { call: client }),
    server: asked(fresh('server'), { call: server }),
  });
  const reached = (ends: Ends): boolean =>
    SIDES.every((side) => apart(side) || ends[side].state === goal[side]);
  const found =
    search(opened('connect', 'listen'), reached) ??
    search(opened('listen', 'connect'), reached) ??
    search(opened('connect', 'connect'), reached);
  if (!found) throw new Error(`no connection is ${goal.client} at one end and ${goal.server} at the other`);
  // One end that is not connected while the other is: it has crashed, knows nothing, and will use another
  // number.
  const start = (side: Side): Start =>
    apart(side) ? unconnected(side, 1) : { end: found[side], connections: 0 };
  return { client: start('client'), server: start('server') };
}

/** Breadth first over what can happen between two ends; a handful of steps reaches every pair of states. */
function search(start: Ends, reached: (ends: Ends) => boolean): Ends | null {
  const seen = new Set<string>();
  let frontier: readonly Ends[] = [start];
  for (let depth = 0; depth < 12 && frontier.length > 0; depth++) {
    const next: Ends[] = [];
    for (const ends of frontier) {
      if (reached(ends)) return ends;
      for (const after of moves(ends)) {
        const key = SIDES.map((side) => keyOf(after[side])).join('|');
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(after);
      }
    }
    frontier = next;
  }
  return null;
}

function moves(ends: Ends): Ends[] {
  const found: Ends[] = [];
  const [atClient, atServer] = [expect(ends.client)[0], expect(ends.server)[0]];
  if (atClient && atServer) {
    // Both at once: their segments cross.
    const [forward, back] = [fill(atClient), fill(atServer)];
    found.push({
      client: arrive(sent(ends.client, forward), back),
      server: arrive(sent(ends.server, back), forward),
    });
  }
  for (const side of SIDES) {
    const end = ends[side];
    const due = expect(end)[0];
    if (due) {
      const seg = fill(due);
      const after = sent(end, seg);
      found.push({ ...ends, [side]: after, [other(side)]: arrive(ends[other(side)], seg) });
      found.push({ ...ends, [side]: after });
    }
    if (end.state === 'ESTABLISHED' || end.state === 'CLOSE-WAIT') {
      const closing = call(end, { call: 'close' });
      if (closing.ok && !end.closeCalled) found.push({ ...ends, [side]: closing.value });
    }
  }
  return found;
}

function keyOf(end: End): string {
  const { una, nxt } = end.tcb.snd;
  return [
    end.state,
    una,
    nxt,
    end.tcb.rcv.nxt,
    end.closeCalled,
    end.causes.map(({ need }) => need).join(),
  ].join();
}

function asked(end: End, userCall: UserCall): End {
  const after = call(end, userCall);
  if (!after.ok) throw new Error(`an end in ${end.state} refuses ${userCall.call}`);
  return after.value;
}
