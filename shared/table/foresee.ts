import { fill } from '../tcp/due.ts';
import { expect } from '../tcp/expect.ts';
import { equivalentStates } from '../tcp/label.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Fault, Verdict } from '../tcp/verdict.ts';
import { happen } from './advance.ts';
import { nextComing } from './coming.ts';
import type { Prediction } from './command.ts';
import { flagsOfLetters, lettersOf } from './pattern.ts';
import { asIfTimed } from './personal-time.ts';
import type { Table } from './table.ts';
import { SIDES } from '../scenario/sides.ts';

/** More than anybody would wait for; a table that is still busy then has no next timer worth a question. */
const STEPS = 10_000;

/** What is to come, and the ends as they then are. */
export interface Foreseen {
  readonly prediction: Prediction;
  readonly ends: Table['ends'];
}

/**
 * What will happen next if nobody does anything more: the table is run forward to the first time-out. Whose
 * it is, what is sent again because of it, and the states in which it finds the ends.
 */
export function foresee(table: Table): Foreseen {
  let now: Table = asIfTimed(table);
  for (let step = 0; step < STEPS && now.phase === 'running'; step++) {
    const coming = nextComing(now);
    if (coming === null) break;
    const next = happen(now, coming);
    if (coming.kind === 'timer') {
      const { side } = coming;
      const due = coming.timer === 'time-wait' ? undefined : expect(next.ends[side])[0];
      return foreseen(now, side, due ? kindOf(fill(due)) : null);
    }
    now = next;
  }
  return foreseen(now, 'none', null);
}

/**
 * Each part is right or wrong by itself; a fault names what was said and what would have been right. A state
 * may have two names.
 */
export function judgePrediction(said: Prediction, { prediction: right, ends }: Foreseen): Verdict {
  const faults: Fault[] = [];
  const compare = (field: Fault['field'], given: string | null, needed: string | null): void => {
    if (given !== needed) faults.push({ field, code: 'other', given, needed, section: '3.8.1' });
  };
  compare('data', said.timer, right.timer);
  compare('flags', ordered(said.again), right.again);
  for (const side of SIDES) {
    const given = said.states[side];
    const isRight = equivalentStates(ends[side]).includes(given);
    compare('state', given, isRight ? given : right.states[side]);
  }
  return { verdict: faults.length === 0 ? 'due' : 'wrong', why: 'nothing', causes: [], faults };
}

/** A segment by its flags; data is `P.`, so that nobody takes it for an ACK, which is never sent again. */
function kindOf({ flags, dataOctets }: Segment): string {
  const letters = lettersOf(flags);
  return letters === '.' && dataOctets > 0 ? 'P.' : letters;
}

/** Letters in the order in which the lab writes them, so that `.S` is `S.`. */
function ordered(letters: string | null): string | null {
  if (letters === null) return null;
  const flags = flagsOfLetters(letters);
  if (flags === null) return letters;
  const kind = lettersOf(flags);
  return kind === '.' && letters.includes('P') ? 'P.' : kind;
}

function foreseen({ ends }: Table, timer: Prediction['timer'], again: string | null): Foreseen {
  const states = { client: ends.client.state, server: ends.server.state };
  return { prediction: { timer, again, states }, ends };
}
