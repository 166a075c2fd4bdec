import type { QuestionView } from '../scenario/question-view.ts';
import type { Level, Pace, Text } from '../scenario/types.ts';
import type { TcbView } from './table-now.ts';

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
  /** A hint takes off no marks; absent: it takes off some. */
  readonly hintsFree?: true;
  /**
   * For an end that the scenario starts in the middle of a connection: the numbers it has then. Absent where
   * the TCB itself is shown.
   */
  readonly start?: TcbView;
  /** Debrief questions; only once the table has ended (or for the instructor). */
  readonly questions?: readonly QuestionView[];
}
