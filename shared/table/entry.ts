import type { Conditions } from '../link/conditions.ts';
import type { Fate } from '../link/fate.ts';
import type { AppCall, Scenario, Side } from '../scenario/types.ts';
import type { Hint } from '../tcp/hint.ts';
import type { Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/state.ts';
import type { Verdict } from '../tcp/verdict.ts';
import type { Prediction, Touch } from './command.ts';
import type { Holder, SeatName, Seats } from './seats.ts';
import type { Stamp } from './stamp.ts';

/**
 * What happened at a table because somebody did it. Entries are for ever: new fields are optional, or a new
 * type.
 */
export type Entry = Stamp &
  (
    | {
        readonly type: 'table-opened';
        readonly table: string;
        readonly seed: string;
        readonly rules: number;
        readonly scenario: Scenario;
        readonly seats: Seats;
        readonly endsAfterMs?: number;
      }
    | { readonly type: 'seat-taken'; readonly seat: SeatName; readonly holder: Holder }
    | { readonly type: 'clock-set'; readonly rate: number }
    /** `fate` was drawn now. `given`: the lab sent it, the attempts being used up. */
    | {
        readonly type: 'segment-sent';
        readonly side: Side;
        readonly seg: Segment;
        readonly verdict: Verdict;
        readonly fate: Fate;
        readonly given?: true;
        readonly bluff?: true;
      }
    | {
        readonly type: 'segment-blocked';
        readonly side: Side;
        readonly seg: Segment;
        readonly verdict: Verdict;
      }
    | { readonly type: 'nothing-said'; readonly side: Side; readonly verdict: Verdict }
    | {
        readonly type: 'state-labelled';
        readonly side: Side;
        readonly label: State;
        readonly verdict: Verdict;
      }
    | {
        readonly type: 'hint-taken';
        readonly side: Side;
        readonly field: Hint['field'];
        readonly value: string | number;
      }
    /** A hint from the instructor. */
    | {
        readonly type: 'nudged';
        readonly side: Side;
        readonly field: Hint['field'];
        readonly value: string | number;
      }
    | {
        readonly type: 'bluff-called';
        readonly side: Side;
        readonly arrival: number;
        readonly verdict: Verdict;
      }
    | { readonly type: 'called-out'; readonly id: string; readonly verdict: Verdict }
    | { readonly type: 'storm-called'; readonly forMs: number; readonly conditions: Conditions }
    | { readonly type: 'call-injected'; readonly side: Side; readonly call: AppCall }
    | { readonly type: 'limit-set'; readonly endsAfterMs: number | null }
    | { readonly type: 'seat-lent'; readonly seat: SeatName }
    | { readonly type: 'seat-returned'; readonly seat: SeatName }
    /** `free`, here and below: by the instructor, who has no budget and is asked no prediction. */
    | {
        readonly type: 'conditions-set';
        readonly from: Side;
        readonly conditions: Conditions;
        readonly free?: true;
      }
    | {
        readonly type: 'flight-touched';
        readonly flight: string;
        readonly touch: Touch;
        readonly free?: true;
      }
    | { readonly type: 'cable-cut'; readonly free?: true }
    | { readonly type: 'cable-mended' }
    | {
        readonly type: 'prediction-made';
        readonly prediction: Prediction;
        readonly right: Prediction;
        readonly verdict: Verdict;
      }
    | { readonly type: 'table-ended' }
  );
