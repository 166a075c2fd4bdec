import type { Command } from '../table/command.ts';
import type { ExtraTime, Holder, SeatName } from '../table/seats.ts';
import type { RoundOptions, Seating } from './round.ts';
import type { Screen } from './screen.ts';
import type { ClassroomSettings } from './settings.ts';

/** What may be asked of all tables of the running round at once. */
export type EveryTableCommand = Extract<
  Command,
  { readonly type: 'set-conditions' | 'storm' | 'cut' | 'mend' | 'inject' | 'nudge' }
>;

export type ClassroomCommand =
  | { readonly type: 'rename'; readonly player: string; readonly name: string }
  | { readonly type: 'remove'; readonly player: string }
  /** Lets somebody back in who was removed. */
  | { readonly type: 'readmit'; readonly player: string }
  | { readonly type: 'lock'; readonly locked: boolean }
  | { readonly type: 'set-settings'; readonly settings: ClassroomSettings }
  | { readonly type: 'set-extra-time'; readonly player: string; readonly extraTime: ExtraTime }
  /** Draws up a round: everyone here is seated, free seats become bots; may be changed until it starts. */
  | {
      readonly type: 'prepare-round';
      readonly scenarioId: string;
      readonly seating: Seating;
      readonly options?: RoundOptions;
    }
  | { readonly type: 'seat'; readonly tableId: string; readonly seat: SeatName; readonly holder: Holder }
  /** `round`, here and below: the one that is meant; another page may have gone on to the next meanwhile. */
  | { readonly type: 'start-round'; readonly round?: string }
  | { readonly type: 'set-clock'; readonly rate: number; readonly round?: string }
  /** A new time limit for the running round, or the prepared one, virtual ms since its start; null: none. */
  | { readonly type: 'set-limit'; readonly endsAfterMs: number | null; readonly round?: string }
  | { readonly type: 'end-round'; readonly round?: string }
  | { readonly type: 'every-table'; readonly command: EveryTableCommand }
  | { readonly type: 'set-screen'; readonly screen: Screen }
  /** Closes the poll that is open, if one is. */
  | { readonly type: 'open-poll'; readonly scenarioId: string; readonly questionId: string }
  /** The second vote, after talking. `poll`, here and below: the one that is meant. */
  | { readonly type: 'discuss-poll'; readonly poll?: string }
  | { readonly type: 'reveal-poll'; readonly poll?: string }
  | { readonly type: 'close-poll'; readonly poll?: string }
  | { readonly type: 'close' };
