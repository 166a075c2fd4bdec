import type { Question } from '../scenario/types.ts';
import type { ExtraTime, Holder, SeatName } from '../table/seats.ts';
import type { Stamp } from '../table/stamp.ts';
import type { EveryTableCommand } from './command.ts';
import type { RosterEntry } from './roster-entry.ts';
import type { RoundOptions, RoundTable, Seating } from './round.ts';
import type { Screen } from './screen.ts';
import type { ClassroomSettings } from './settings.ts';

export type ClassroomEntry = Stamp &
  (
    | {
        readonly type: 'classroom-opened';
        readonly classroom: string;
        readonly code: string;
        /** `practice`: one person with bots, no instructor, no code. */
        readonly kind: 'class' | 'practice';
        /** Instructor's id; null for practice. */
        readonly owner: string | null;
        /** What the QR code carries beside the code, 64 bits. */
        readonly secret?: string;
      }
    | {
        readonly type: 'player-joined';
        readonly player: string;
        readonly name: string;
        readonly tokenHash: string;
        readonly rosterName?: string;
        readonly device?: string;
      }
    | { readonly type: 'player-renamed'; readonly player: string; readonly name: string }
    | { readonly type: 'player-removed'; readonly player: string }
    | { readonly type: 'player-readmitted'; readonly player: string }
    | {
        readonly type: 'rejoin-issued';
        readonly player: string;
        readonly linkHash: string;
        readonly expiresAt: number;
      }
    /**
     * Another device has taken the player's place: by a link, or by the PIN. The old token is worth nothing
     * any more.
     */
    | {
        readonly type: 'player-rejoined';
        readonly player: string;
        readonly tokenHash: string;
        readonly device?: string;
      }
    | { readonly type: 'extra-time-set'; readonly player: string; readonly extraTime: ExtraTime }
    | { readonly type: 'lock-set'; readonly locked: boolean }
    | { readonly type: 'settings-set'; readonly settings: ClassroomSettings }
    | { readonly type: 'roster-set'; readonly roster: readonly RosterEntry[] }
    | {
        readonly type: 'round-prepared';
        readonly round: string;
        readonly scenarioId: string;
        readonly seating: Seating;
        readonly seed: string;
        readonly tables: readonly RoundTable[];
        readonly options?: RoundOptions;
      }
    /** For those who came late. */
    | { readonly type: 'table-added'; readonly round: string; readonly table: RoundTable }
    | {
        readonly type: 'seat-assigned';
        readonly tableId: string;
        readonly seat: SeatName;
        readonly holder: Holder;
      }
    | { readonly type: 'round-started' }
    | { readonly type: 'round-clock-set'; readonly rate: number }
    | { readonly type: 'round-limit-set'; readonly round: string; readonly endsAfterMs: number | null }
    | { readonly type: 'round-ended' }
    /** The tables' logs have what it did to each. */
    | { readonly type: 'every-table-asked'; readonly round: string; readonly command: EveryTableCommand }
    | { readonly type: 'screen-set'; readonly screen: Screen }
    | {
        readonly type: 'poll-opened';
        readonly poll: string;
        readonly scenarioId: string;
        readonly question: Question;
      }
    | {
        readonly type: 'poll-answered';
        readonly poll: string;
        readonly player: string;
        readonly choice: string;
      }
    | { readonly type: 'poll-discussed'; readonly poll: string }
    | { readonly type: 'poll-revealed'; readonly poll: string }
    | { readonly type: 'poll-closed'; readonly poll: string }
    | { readonly type: 'classroom-closed' }
  );
