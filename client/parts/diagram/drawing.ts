import type { Box, Point } from './box.ts';
import type { Columns } from './columns.ts';
import type { Journey } from './journey.ts';
import type { Label } from './label.ts';
import type { BandSpan, Mark, Ruler } from './lifeline.ts';
import type { Break, TimeMap } from './time-map.ts';
import type { Way } from './way.ts';

/** One way over the link, in px. */
export interface DrawnWay {
  readonly points: readonly Point[];
  readonly ending: Way['ending'];
  readonly why: Way['why'];
  readonly held: boolean;
  readonly fork: boolean;
  /** The direction in which its last stretch runs, radians. */
  readonly heading: number;
}

export interface DrawnSegment {
  readonly key: string;
  readonly journey: Journey;
  readonly ways: readonly DrawnWay[];
  readonly label: Label;
  readonly box: Box;
  /** Centre of the badge of a wrong one. */
  readonly badge: Point;
}

export interface DrawnBand extends BandSpan {
  readonly y: number;
  /** Null: to where time has come. */
  readonly endY: number | null;
  /** Where the state's name is written: at the top of the band, and again down a long one. */
  readonly nameYs: readonly number[];
}

export interface DrawnMark {
  readonly key: string;
  readonly mark: Mark;
  readonly y: number;
}

export interface DrawnRuler {
  readonly key: string;
  readonly ruler: Ruler;
  readonly y: number;
}

/** Everything the diagram draws, in px of a sheet `width` wide and `height` high. */
export interface Drawing {
  readonly columns: Columns;
  readonly time: TimeMap;
  readonly segments: readonly DrawnSegment[];
  readonly bands: readonly DrawnBand[];
  readonly marks: readonly DrawnMark[];
  readonly rulers: readonly DrawnRuler[];
  readonly breaks: readonly Break[];
  readonly height: number;
}
