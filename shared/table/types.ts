import type { Conditions } from '../link/conditions.ts';
import type { Fate, LossReason } from '../link/fate.ts';
import type { QuestionView } from '../scenario/question-view.ts';
import type { AppCall, Level, LinkBudget, Pace, Scenario, Side, Text } from '../scenario/types.ts';
import type { Hint } from '../tcp/hint.ts';
import type { Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/state.ts';
import type { FaultCode, Verdict } from '../tcp/verdict.ts';

/** Where one can sit at a table. */
export type SeatName = Side | 'link' | 'referee';
/** A person's part: what they may see and do. An observer sees what a debrief shows, and does nothing. */
export type Role = SeatName | 'instructor' | 'observer';

/** Factor on a person's time limits; null: no limits. */
export type ExtraTime = 1 | 1.25 | 1.5 | 2 | null;

/** Who holds a seat. Names live in the classroom; a table knows players by id only. */
export type Holder =
  | {
      readonly kind: 'player';
      readonly id: string;
      /** Lent while its owner is away: a bot plays. */
      readonly away?: true;
      /** Extra time (see `personal-time.ts`); absent: none. Shown to nobody at the table. */
      readonly time?: Exclude<ExtraTime, 1>;
    }
  | { readonly kind: 'bot'; readonly skill: number /* 0 to 1: the share of answers it gets right */ }
  | { readonly kind: 'empty' };

export type Seats = Readonly<Record<SeatName, Holder>>;

/** The link's acts on one segment in flight. */
export type Touch = 'drop' | 'duplicate' | 'hold' | 'release';

/** What the link seat says will happen next. */
export interface Prediction {
  /** Whose timer fires next, or nobody's. */
  readonly timer: Side | 'none';
  /** Which segment is sent again, by its flags in tcpdump's letters (`S.`; data is `P.`), or none. */
  readonly again: string | null;
  /** The state that each end stays in until then. */
  readonly states: Readonly<Record<Side, State>>;
}

/** Asked of a table. The command's id and its sender travel beside it. */
export type Command =
  /**
   * `bluff` (where the scenario has bluffs): goes out like in mode `send` and costs no attempt if it is wrong. One that is not wrong goes out
   * all the same and the bluff is spent: a refusal would tell that the segment is right.
   */
  | { readonly type: 'send'; readonly seg: Segment; readonly bluff?: true }
  | { readonly type: 'nothing' }
  | { readonly type: 'label'; readonly state: State }
  | { readonly type: 'hint' }
  | { readonly type: 'set-conditions'; readonly from: Side; readonly conditions: Conditions }
  | { readonly type: 'touch'; readonly flight: string; readonly touch: Touch }
  | { readonly type: 'cut' }
  | { readonly type: 'mend' }
  | { readonly type: 'predict'; readonly prediction: Prediction }
  /** An end: the segment that arrived as number `arrival` here (from 1) is wrong. Only one of the newest three, and only once. */
  | { readonly type: 'call-bluff'; readonly arrival: number }
  /** Referee: the segment with this id is wrong. Until the judge is revealed. */
  | { readonly type: 'call-out'; readonly id: string }
  /** Instructor: a hint to one end, free of charge. */
  | { readonly type: 'nudge'; readonly seat: Side }
  /** Instructor: bad weather in both directions for so many virtual ms, then the conditions are what they were. Without `conditions` the preset. */
  | { readonly type: 'storm'; readonly forMs: number; readonly conditions?: Conditions }
  /** Instructor: an application calls, though the scenario does not say so. */
  | { readonly type: 'inject'; readonly side: Side; readonly call: AppCall }
  /** The round's time limit, virtual ms since the start; null: none. */
  | { readonly type: 'set-limit'; readonly endsAfterMs: number | null }
  /** The lab: a bot plays for the seat's owner, who is away; and no more. What the owner asks of the table gives the seat back by itself. */
  | { readonly type: 'lend-seat'; readonly seat: SeatName }
  | { readonly type: 'return-seat'; readonly seat: SeatName }
  /** Instructor: 0 pauses; otherwise 0.25, 0.5, 1, 2 or 4 virtual ms per ms. */
  | { readonly type: 'set-clock'; readonly rate: number }
  | { readonly type: 'seat'; readonly seat: SeatName; readonly holder: Holder }
  | { readonly type: 'end' };

/** On every entry: when (epoch ms, server), by whom (player id; absent: the lab), for which command. */
export interface Stamp {
  readonly at: number;
  readonly by?: string;
  readonly cmd?: string;
}

/** What happened at a table because somebody did it. Entries are for ever: new fields are optional, or a new type. */
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

/**
 * What happened at a table, whether somebody did it or time brought it, in order: the table's memory.
 * It holds secrets; only `view.ts` turns it into what a role may see. `ms` is virtual.
 */
export type Happening = { readonly ms: number } & (
  | { readonly kind: 'called'; readonly side: Side; readonly call: AppCall }
  | {
      readonly kind: 'sent';
      readonly side: Side;
      /** `c1`, `s3`: the side's initial and the how-manieth of its direction. */
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
  | { readonly kind: 'timer'; readonly side: Side; readonly timer: 'rto' | 'time-wait' | 'persist' }
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
  /** Half-open connections of strangers in a listener's backlog, which answers with SYN cookies once it is full, or not. */
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
  /** `why`: by itself because the time was up, or because nothing more could happen; absent: over, or ended by somebody. */
  | { readonly kind: 'ended'; readonly why?: 'limit' | 'stuck' }
);

/** The virtual clock: at epoch instant `at` it showed `ms`, and runs at `rate` (0: paused, or not yet started). */
export interface Clock {
  readonly at: number;
  readonly ms: number;
  readonly rate: number;
}

export type Phase = 'prepared' | 'running' | 'paused' | 'ended';

/** What a role may know of the scenario from the start. Sent once, with a snapshot. */
export interface About {
  readonly scenarioId: string;
  readonly title: Text;
  readonly summary: Text;
  readonly level: Level;
  readonly onWrong: 'block' | 'send';
  readonly askState: boolean;
  readonly pace: Pace;
  /** Bluffs that each end may try; absent: none. */
  readonly bluffsPerEnd?: number;
  /** For an end that the scenario starts in the middle of a connection: the numbers it has then. Absent where the TCB itself is shown. */
  readonly start?: TcbView;
  /** Debrief questions; only once the table has ended (or for the instructor). */
  readonly questions?: readonly QuestionView[];
}

/** An own timer that is running; `endsMs` is virtual. */
export interface TimerView {
  readonly timer: 'rto' | 'time-wait' | 'persist';
  readonly endsMs: number;
  readonly backoff: number;
}

/** The part of its TCB that a guided end is shown. Null: not yet known. */
export interface TcbView {
  readonly iss: number | null;
  readonly irs: number | null;
  readonly sndUna: number | null;
  readonly sndNxt: number | null;
  readonly sndWnd: number | null;
  readonly rcvNxt: number | null;
  readonly rcvWnd: number;
}

/** What an end's seat sees at this moment. */
export interface EndNow {
  readonly as: Side;
  readonly phase: Phase;
  readonly clock: Clock;
  /** The ISS it is to use; null when it may choose. */
  readonly iss: number | null;
  readonly rcvWnd: number;
  /** Null at the level `exam`. */
  readonly state: State | null;
  /** Null unless `guided`. */
  readonly tcb: TcbView | null;
  /** Octets that the application has written and that were never sent, and the text they are; at the level `exam` all that it has written. */
  readonly queued: { readonly octets: number; readonly text: string };
  readonly closed: boolean;
  readonly aborted: boolean;
  /** None at the level `exam`: a timer that was started tells that the segment was right. */
  readonly timers: readonly TimerView[];
  /** The state is being asked for. */
  readonly askLabel: boolean;
  /** For the answer that is open: hints taken, wrong attempts so far, hints still to be had (null: no limit). Constant at the level `exam`. */
  readonly hints: number;
  readonly attempts: number;
  readonly hintsLeft: number | null;
  /** In a bluff round: bluffs still to be had, and how many segments have arrived: the newest three may be called. */
  readonly bluffsLeft?: number;
  readonly arrivals?: number;
  /** The kernel's backlog, and how much of it strangers hold; absent: room without end. */
  readonly backlog?: { readonly slots: number; readonly halfOpen: number; readonly cookies: boolean };
  /** When the round ends at the latest, virtual ms; absent: no limit. */
  readonly limitMs?: number;
}

/** A segment on its way, as the link sees it. */
export interface FlightView {
  readonly id: string;
  readonly from: Side;
  readonly seg: Segment;
  readonly sentMs: number;
  readonly arrivesMs: number;
  readonly corrupted: boolean;
  readonly held: boolean;
}

export interface LinkNow {
  readonly as: 'link';
  readonly phase: Phase;
  readonly clock: Clock;
  readonly conditions: Readonly<Record<Side, Conditions>>;
  readonly flights: readonly FlightView[];
  readonly cableUp: boolean;
  /** What may still be done; null is without limit. */
  readonly budget: LinkBudget;
  /** A prediction is asked for: after which act. */
  readonly askPrediction: boolean;
  /** When the storm will be over, virtual ms; absent: there is none. */
  readonly stormUntilMs?: number;
  readonly limitMs?: number;
}

/** What instructor, observer and (once the table has ended) every seat sees. */
export interface FullNow {
  readonly as: 'full';
  readonly phase: Phase;
  readonly clock: Clock;
  readonly seats: Seats;
  readonly ends: Readonly<
    Record<
      Side,
      {
        readonly state: State;
        readonly tcb: TcbView;
        readonly timers: readonly TimerView[];
        /** Something is due from this end since then (virtual ms); null: it owes nothing. */
        readonly owesSinceMs: number | null;
        readonly wrong: number;
      }
    >
  >;
  readonly conditions: Readonly<Record<Side, Conditions>>;
  readonly flights: readonly FlightView[];
  readonly cableUp: boolean;
  readonly stormUntilMs?: number;
  readonly limitMs?: number;
}

/** What the referee sees beside the segments of its trace. */
export interface RefereeNow {
  readonly as: 'referee';
  readonly phase: Phase;
  readonly clock: Clock;
  /** Ids of the segments that may still be called out. */
  readonly callable: readonly string[];
  readonly limitMs?: number;
}

export type TableNow = EndNow | LinkNow | RefereeNow | FullNow;

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
  | { readonly kind: 'timer'; readonly side: Side; readonly timer: 'rto' | 'time-wait' | 'persist' }
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
  | { readonly kind: 'ended'; readonly why?: 'limit' | 'stuck' }
);

/** Which list of witnessed things a trace belongs to: a seat's own, or everything. */
export type Lens = SeatName | 'full';

/** A piece of a trace: `items` are numbers `from`, `from + 1`, … of the lens's list. */
export interface TracePiece {
  readonly lens: Lens;
  readonly from: number;
  readonly items: readonly TraceItem[];
}

/** A view is right by itself if `trace.from` is 0; otherwise it continues one. `at`: the instant it was made, epoch ms. */
export interface TableView {
  readonly tableId: string;
  readonly at: number;
  /** Whole; absent if it is as it was in the view before. There always is one in a view that is right by itself. */
  readonly now?: TableNow;
  readonly trace: TracePiece;
}

export interface TableSnapshot extends TableView {
  readonly about: About;
  readonly now: TableNow;
}

/** A live miniature of one table, for the instructor. */
export interface TableMini {
  readonly tableId: string;
  readonly phase: Phase;
  readonly states: Readonly<Record<Side, State>>;
  /** Virtual ms since which a side owes an answer; null: it owes none. */
  readonly owesSinceMs: Readonly<Record<Side, number | null>>;
  readonly clock: { readonly at: number; readonly ms: number; readonly rate: number };
  readonly wrong: Readonly<Record<Side, number>>;
  readonly right: Readonly<Record<Side, number>>;
  /** Wrong attempts at the answer that is open. */
  readonly attempts: Readonly<Record<Side, number>>;
  /** Seats whose owners are away and bots play. */
  readonly away: readonly SeatName[];
  /** Who waits for whom, since when (virtual ms): the one has nothing to do, and the other, a person who is here, owes an answer. */
  readonly waits: readonly { readonly who: Side; readonly for: Side; readonly sinceMs: number }[];
  /** How the table ended by itself; null: not, or as it should. */
  readonly endedBy: 'limit' | 'stuck' | null;
  /** The newest segments, oldest first, for the thumbnail: a line from one lifeline to the other. */
  readonly strokes: readonly {
    readonly from: Side;
    readonly flags: number;
    readonly sentMs: number;
    /** Null: lost. */
    readonly arrivesMs: number | null;
  }[];
}

/** Leads to the very answer. */
export interface MisconceptionRef {
  readonly code: FaultCode;
  readonly tableId: string;
  readonly seat: SeatName;
  /** Null: a bot. */
  readonly player: string | null;
  /** Virtual ms. */
  readonly ms: number;
  /** Number of the item in the table's full trace. */
  readonly item: number;
  /** The segment's id, if it went out. */
  readonly segment: string | null;
}

/** How often a misconception (or a plain mistake) showed, and where to look at it. */
export interface MisconceptionCount {
  readonly code: FaultCode;
  /** Different people; bots are not counted. */
  readonly people: number;
  readonly times: number;
  /** The newest first, at most 50. */
  readonly seen: readonly MisconceptionRef[];
}
