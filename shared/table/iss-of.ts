import { rngAt } from '../rng.ts';
import type { Scenario, Side } from '../scenario/types.ts';
import { SEQ_SPACE, seqAdd } from '../tcp/seq.ts';

/**
 * Between two connections of one end, as a clock that ticks every 4 µs goes on (RFC 9293 §3.4.1), in round
 * numbers.
 */
const STEP = 128_000;

/**
 * The initial sequence number of an end's connection number
 * `nth` (from 0), by the scenario's policy. Under `chosen` it is what a bot takes, and what a student's
 * number is measured against until there is one. Tables with the same seed lose the same segments, but each
 * has its own numbers: the neighbours' are of no use.
 */
export function issOf(scenario: Scenario, seed: string, table: string, side: Side, nth: number): number {
  const policy = scenario.ends[side].iss;
  const chance = (): number => rngAt(seed, 'iss', table, side, nth).next();
  switch (policy.policy) {
    case 'given':
      return seqAdd(policy.value, nth * STEP);
    case 'near-wrap':
      // SYN and FIN alone are to cross the end of the circle.
      return SEQ_SPACE - 1 - Math.floor(chance() * 2);
    case 'random':
    case 'chosen':
      return Math.floor(chance() * SEQ_SPACE);
  }
}
