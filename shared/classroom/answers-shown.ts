import type { AnswersShown } from '../table/view.ts';
import type { Classroom } from './classroom.ts';

/**
 * Which questions' answers a classroom's students may read: alone, all of them; in a class, those of a poll
 * that has been revealed, whichever scenario it was asked with, so that nobody reads in the debrief what the
 * class is still to be asked; once the class is over, all.
 */
export function answersShown({ kind, closed, polls }: Classroom): AnswersShown {
  if (kind === 'practice' || closed) return () => true;
  const revealed = polls.filter((poll) => poll.revealed).map((poll) => poll.question);
  return ({ id, text }) => revealed.some((one) => one.id === id && one.text.en === text.en);
}
