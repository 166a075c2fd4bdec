import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seatOf } from '../table/seat-of.ts';
import type { SeatName } from '../table/seats.ts';
import { decide } from './decide.ts';
import type { ClassroomAsk } from './decide.ts';
import { evolve } from './evolve.ts';
import { replay } from './replay.ts';
import { OPENED } from './room.testing.ts';
import type { Seating } from './round.ts';
import { SEATS } from './seat-round.ts';

const SEATINGS: readonly Seating[] = ['alone', 'pairs', 'triples', 'fours'];

/** A class that plays round after round; whoever `here` names has a connection. */
class Rounds {
  #classroom = replay([
    OPENED,
    { at: 1000, type: 'settings-set', settings: { names: 'free', late: 'at-once' } },
  ]);
  #asked = 0;

  ask(ask: ClassroomAsk, here: readonly string[]): void {
    const n = ++this.#asked;
    const fresh = { round: `r${n}`, seed: `seed${n}` };
    const decided = decide(this.#classroom, ask, { now: 1000 + n, here, fresh });
    expect(decided).toMatchObject({ ok: true });
    for (const entry of decided.ok ? decided.value : []) this.#classroom = evolve(this.#classroom, entry);
  }

  /** Those who are not known yet join; the others come back. */
  come(who: string, here: readonly string[]): void {
    const known = this.#classroom.players.some(({ id }) => id === who);
    this.ask(
      known
        ? { type: 'take-seat', player: who }
        : { type: 'join', player: who, name: `Student ${who}`, tokenHash: who },
      here,
    );
  }

  play(seating: Seating, here: readonly string[], late: readonly string[] = []): void {
    for (const who of here) this.come(who, here);
    this.ask({ type: 'prepare-round', scenarioId: 's', seating }, here);
    this.ask({ type: 'start-round' }, here);
    const sizes = this.#classroom.rounds
      .at(-1)!
      .tables.map(({ seats }) => Object.values(seats).filter(({ kind }) => kind === 'player').length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(here.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    for (const who of late) this.come(who, [...here, ...late]);
    this.ask({ type: 'end-round' }, here);
  }

  /** Where somebody has sat, in order. */
  seatsOf(who: string): SeatName[] {
    return this.#classroom.rounds.flatMap(({ tables }) =>
      tables.flatMap(({ seats }) => seatOf(seats, who) ?? []),
    );
  }
}

const people = (n: number): string[] => Array.from({ length: n }, (_, i) => `p${i}`);

/** In so many rounds everyone has been everywhere, though a seat may be left free at each table. */
const enough = (seating: Seating): number => SEATS[seating].length + 2;

describe.each(SEATINGS)('%s', (seating) => {
  test('a class of any size comes to every seat: at once where it divides, in two rounds more at most where not', () => {
    for (let n = 1; n <= 45; n++) {
      const rounds = new Rounds();
      const even = n % SEATS[seating].length === 0;
      for (let i = even ? 2 : 0; i < enough(seating); i++) rounds.play(seating, people(n));
      for (const who of people(n)) {
        const had = rounds.seatsOf(who);
        expect([...new Set(had)].sort(), `${who} of ${n}`).toEqual([...SEATS[seating]].sort());
      }
    }
  });

  test('whoever comes late, leaves and returns comes to every seat as well', () => {
    const turn = fc.record({
      here: fc.bigInt({ min: 0n, max: 2n ** 12n - 1n }),
      late: fc.bigInt({ min: 0n, max: 2n ** 12n - 1n }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(turn, { minLength: 6, maxLength: 16 }),
        (n, turns) => {
          const rounds = new Rounds();
          const among = (mask: bigint) => people(n).filter((_, i) => (mask >> BigInt(i)) & 1n);
          for (const { here, late } of turns) {
            const first = among(here).length > 0 ? among(here) : ['p0'];
            rounds.play(
              seating,
              first,
              among(late).filter((who) => !first.includes(who)),
            );
          }
          for (const who of people(n)) {
            const had = rounds.seatsOf(who);
            if (had.length < 3 * SEATS[seating].length) continue;
            expect([...new Set(had)].sort(), `${who} of ${n}: ${had.join()}`).toEqual(
              [...SEATS[seating]].sort(),
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
