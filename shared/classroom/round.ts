import type { Clock } from '../table/clock.ts';
import type { Phase } from '../table/phase.ts';
import type { Seats } from '../table/seats.ts';

/**
 * How a round seats people: two to a table, three with one at the link, four with a referee, or one with
 * bots.
 */
export type Seating = 'pairs' | 'triples' | 'fours' | 'alone';

export interface RoundTable {
  readonly tableId: string;
  readonly seats: Seats;
}

/** What a round may have otherwise than its scenario; absent: as the scenario says. */
export interface RoundOptions {
  /** The bots' skill, 0 to 1: the share of answers they get right. By default 1. */
  readonly skill?: number;
  /** Time limit, virtual ms since the start. */
  readonly endsAfterMs?: number;
  /** By default `send` where a referee sits: there must be something to call. */
  readonly onWrong?: 'block' | 'send';
  /** Bluffs that each end may try. */
  readonly bluffsPerEnd?: number;
}

/** One graded practice: the same scenario at every table. */
export interface Round {
  readonly id: string;
  readonly scenarioId: string;
  readonly seating: Seating;
  /** Every table's seed: the same segments are lost at all of them. */
  readonly seed: string;
  readonly tables: readonly RoundTable[];
  readonly phase: Phase;
  readonly rate: number;
  /** The rate at which it runs, or goes on after a pause. */
  readonly pace: number;
  /** Epoch ms; the tables are opened as of this instant, so that opening one twice gives the same entry. */
  readonly preparedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The round's own clock, which its tables follow. */
  readonly clock: Clock;
  readonly endsAfterMs: number | null;
  readonly options: RoundOptions;
}

/**
 * A round as the instructor's page knows it: without the seed, from which everything that is still to be lost
 * could be told.
 */
export type RoundView = Omit<Round, 'seed'>;
