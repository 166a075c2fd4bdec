import type { Conditions } from '../link/conditions.ts';
import type { Fate, LossReason } from '../link/fate.ts';
import type { AppCall, Side } from '../scenario/types.ts';
import type { TimerName } from '../tcp/end.ts';
import type { Hint } from '../tcp/hint.ts';
import type { Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/state.ts';
import type { Verdict } from '../tcp/verdict.ts';
import type { Prediction, Touch } from './command.ts';
import type { Unfinished } from './phase.ts';
import type { SeatName } from './seats.ts';

/**
 * What one role witnessed, in order; it only grows. Fields that the role could not know are absent:
 * an end never gets `fate` nor the `id` of an arrival (a gap in the ids would tell of a loss),
 * and at the level `exam` no verdict.
 */
export type TraceItem = { readonly ms: number } & (
  | { readonly kind: 'called'; readonly side: Side; readonly call: AppCall }
  | {
      readonly kind: 'sent';
      readonly side: Side;
      readonly id: string;
      readonly seg: Segment;
      readonly again: boolean;
      readonly by: 'player' | 'bot' | 'lab';
      readonly verdict?: Verdict;
      readonly fate?: Fate;
      /** Of one's own; everybody's once the table has ended. */
      readonly bluff?: true;
    }
  | {
      readonly kind: 'arrived';
      readonly side: Side;
      readonly seg: Segment;
      readonly id?: string;
      readonly sentMs?: number;
    }
  | {
      readonly kind: 'lost';
      readonly from: Side;
      readonly id: string;
      readonly seg: Segment;
      readonly why: LossReason | 'corrupt';
    }
  | { readonly kind: 'state'; readonly side: Side; readonly was: State; readonly is: State }
  | { readonly kind: 'timer'; readonly side: Side; readonly timer: TimerName }
  | { readonly kind: 'blocked'; readonly side: Side; readonly seg: Segment; readonly verdict?: Verdict }
  | { readonly kind: 'nothing'; readonly side: Side; readonly verdict?: Verdict }
  | { readonly kind: 'label'; readonly side: Side; readonly label: State; readonly verdict?: Verdict }
  | {
      readonly kind: 'hint';
      readonly side: Side;
      readonly field: Hint['field'];
      readonly value: string | number;
      readonly free?: true;
    }
  | {
      readonly kind: 'bluff-called';
      readonly side: Side;
      readonly arrival: number;
      readonly seg: Segment;
      readonly id?: string;
      readonly verdict?: Verdict;
    }
  | {
      readonly kind: 'called-out';
      readonly side: Side;
      readonly id: string;
      readonly seg: Segment;
      readonly verdict?: Verdict;
      readonly judge?: Verdict;
    }
  | { readonly kind: 'revealed'; readonly side: Side; readonly id: string; readonly judge: Verdict }
  | { readonly kind: 'storm'; readonly on: boolean }
  | {
      readonly kind: 'conditions';
      readonly from: Side;
      readonly conditions: Conditions;
      readonly version: number;
    }
  | {
      readonly kind: 'touch';
      readonly id: string;
      readonly from: Side;
      readonly touch: Touch;
      readonly by: 'player' | 'script';
    }
  | { readonly kind: 'cable'; readonly up: boolean }
  | {
      readonly kind: 'backlog';
      readonly side: Side;
      readonly slots: number;
      readonly halfOpen: number;
      readonly cookies: boolean;
    }
  /** `right`: what was to be predicted; absent where `verdict` is. */
  | {
      readonly kind: 'prediction';
      readonly prediction: Prediction;
      readonly right?: Prediction;
      readonly verdict?: Verdict;
    }
  | { readonly kind: 'clock'; readonly rate: number }
  | { readonly kind: 'ended'; readonly why?: Unfinished }
);

/** Which list of witnessed things a trace belongs to: a seat's own, or everything. */
export type Lens = SeatName | 'full';

/** A piece of a trace: `items` are numbers `from`, `from + 1`, … of the lens's list. */
export interface TracePiece {
  readonly lens: Lens;
  readonly from: number;
  readonly items: readonly TraceItem[];
}
