import type { QuestionView } from '../scenario/question-view.ts';
import type { Question, Text } from '../scenario/types.ts';

/** A question to everybody: voted on alone, and perhaps once more after talking (peer instruction). */
export interface Poll {
  readonly id: string;
  readonly scenarioId: string;
  readonly question: Question;
  readonly phase: 'first' | 'second' | 'revealed' | 'closed';
  /** It was, closed by now or not: the class knows the answer. */
  readonly revealed: boolean;
  /** What each player chose: a choice's id by the player's. */
  readonly first: Readonly<Record<string, string>>;
  readonly second: Readonly<Record<string, string>>;
}

/** How often each choice was taken, by its id. */
export type Votes = Readonly<Record<string, number>>;

/** A poll as a student or the projector may see it. */
export interface PollView {
  readonly poll: string;
  readonly phase: 'first' | 'second' | 'revealed';
  readonly text: Text;
  /** With the answers only once revealed. */
  readonly choices: QuestionView['choices'];
  /** How many have voted in this phase, of how many. */
  readonly answered: number;
  readonly people: number;
  /** Only once revealed. `second` is empty if there was no second vote. */
  readonly votes?: { readonly first: Votes; readonly second: Votes };
}

/** What the instructor's page knows of an open poll: the votes as they come in. */
export interface TeacherPollView {
  readonly poll: string;
  readonly scenarioId: string;
  readonly phase: Poll['phase'];
  readonly question: Question;
  readonly answered: number;
  readonly people: number;
  readonly votes: { readonly first: Votes; readonly second: Votes };
  /**
   * Share of right votes in the vote that is going on (or was the last), 0 to 100; null: nobody has voted.
   */
  readonly rightPct: number | null;
  /** 30 to 70 % are right: those who know can convince those who do not. */
  readonly goodToDiscuss: boolean;
}
