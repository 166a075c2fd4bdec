import type { Side } from '../scenario/types.ts';

/** Where one can sit at a table. */
export type SeatName = Side | 'link' | 'referee';

/** Where one can practise alone, with bots at the others. */
export type PracticeSeat = Exclude<SeatName, 'referee'>;

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
