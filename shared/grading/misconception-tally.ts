import type { MisconceptionCount, MisconceptionRef } from '../table/misconception-count.ts';
import type { FaultCode } from '../tcp/verdict.ts';

/** So many answers of a kind are told of: nobody looks through more. */
const SEEN = 50;

interface Tallied {
  times: number;
  readonly people: Set<string>;
  /** The last of them, oldest first: `SEEN` of them at least, if there were so many. */
  readonly last: MisconceptionRef[];
}

/**
 * What was misunderstood at a table, counted as it goes on: however long that is, no more is kept than is
 * shown.
 */
export class MisconceptionTally {
  readonly #byCode = new Map<FaultCode, Tallied>();

  /** In the order in which they happened. */
  add(refs: readonly MisconceptionRef[]): void {
    for (const ref of refs) {
      const tallied = this.#of(ref.code);
      tallied.times += 1;
      if (ref.player !== null) tallied.people.add(ref.player);
      // Seldom, so that it costs little for each.
      if (tallied.last.push(ref) >= 2 * SEEN) tallied.last.splice(0, SEEN);
    }
  }

  /** What several tables have in common: most people first. */
  static count(tallies: Iterable<MisconceptionTally>): readonly MisconceptionCount[] {
    const byCode = new Map<FaultCode, Tallied[]>();
    for (const tally of tallies) {
      for (const [code, tallied] of tally.#byCode) byCode.set(code, [...(byCode.get(code) ?? []), tallied]);
    }
    return [...byCode]
      .map(([code, all]) => ({
        code,
        people: new Set(all.flatMap(({ people }) => [...people])).size,
        times: all.reduce((sum, { times }) => sum + times, 0),
        seen: newest(all.flatMap(({ last }) => last)),
      }))
      .sort((a, b) => b.people - a.people || b.times - a.times || a.code.localeCompare(b.code, 'en'));
  }

  #of(code: FaultCode): Tallied {
    let tallied = this.#byCode.get(code);
    if (!tallied) {
      tallied = { times: 0, people: new Set(), last: [] };
      this.#byCode.set(code, tallied);
    }
    return tallied;
  }
}

function newest(refs: readonly MisconceptionRef[]): readonly MisconceptionRef[] {
  return [...refs].sort((a, b) => b.ms - a.ms || b.item - a.item).slice(0, SEEN);
}
