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

/**
 * What happened at a table, whether somebody did it or time brought it, in order: the table's memory.
 * It holds secrets; only `view.ts` turns it into what a role may see. `ms` is virtual.
 */
export type Happening = { readonly ms: number } & (
  | { readonly kind: 'called'; readonly side: Side; readonly call: AppCall }
  | {
      readonly kind: 'sent';
      readonly side: Side;
      /** `c1`, `s3`: the side's initial, and the segment's number in its direction. */
      readonly id: string;
      readonly seg: Segment;
      readonly again: boolean;
      readonly verdict: Verdict;
      readonly fate: Fate;
      readonly by: 'player' | 'bot' | 'lab';
      readonly bluff?: true;
    }
  | {
      readonly kind: 'arrived';
      readonly side: Side;
      readonly id: string;
      readonly seg: Segment;
      readonly sentMs: number;
    }
  /** Died on the way: at once by its fate, or later by the link's hand. */
  | {
      readonly kind: 'lost';
      readonly from: Side;
      readonly id: string;
      readonly seg: Segment;
      readonly why: LossReason | 'corrupt';
    }
  | { readonly kind: 'state'; readonly side: Side; readonly was: State; readonly is: State }
  | { readonly kind: 'timer'; readonly side: Side; readonly timer: TimerName }
  | { readonly kind: 'blocked'; readonly side: Side; readonly seg: Segment; readonly verdict: Verdict }
  | { readonly kind: 'nothing'; readonly side: Side; readonly verdict: Verdict }
  | { readonly kind: 'label'; readonly side: Side; readonly label: State; readonly verdict: Verdict }
  | {
      readonly kind: 'hint';
      readonly side: Side;
      readonly field: Hint['field'];
      readonly value: string | number;
      /** The instructor's nudge. */
      readonly free?: true;
    }
  /** An end called what had arrived a bluff, rightly or not. `id`: the segment's. */
  | {
      readonly kind: 'bluff-called';
      readonly side: Side;
      readonly arrival: number;
      readonly id: string;
      readonly seg: Segment;
      readonly verdict: Verdict;
    }
  /** The referee called a segment of `side` wrong; `verdict` is on the call, `judge` what the segment was. */
  | {
      readonly kind: 'called-out';
      readonly side: Side;
      readonly id: string;
      readonly seg: Segment;
      readonly verdict: Verdict;
      readonly judge: Verdict;
    }
  /** The segment has been answered: the referee, who has not called it, learns what the judge says. */
  | {
      readonly kind: 'revealed';
      readonly side: Side;
      readonly id: string;
      readonly judge: Verdict;
    }
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
  /**
   * Half-open connections of strangers in a listener's backlog, which answers with SYN cookies once it is
   * full, or not.
   */
  | {
      readonly kind: 'backlog';
      readonly side: Side;
      readonly slots: number;
      readonly halfOpen: number;
      readonly cookies: boolean;
    }
  | {
      readonly kind: 'prediction';
      readonly prediction: Prediction;
      readonly right: Prediction;
      readonly verdict: Verdict;
    }
  | { readonly kind: 'clock'; readonly rate: number }
  /** Without `why` the scenario was over, or its round stopped it under rules that did not tell. */
  | { readonly kind: 'ended'; readonly why?: Unfinished }
);
