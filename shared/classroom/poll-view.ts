import { questionView } from '../scenario/question-view.ts';
import type { Classroom } from './classroom.ts';
import type { Poll, PollView, TeacherPollView, Votes } from './poll.ts';
import type { StudentClassroomView } from './student-classroom-view.ts';

/** So many right votes that talking helps: some know it, and some do not, %. */
const TALK = { min: 30, max: 70 } as const;

/** The poll that is open, without the votes of those who were removed; null: none. */
function openPoll({ polls, players }: Classroom): Poll | null {
  const poll = polls.find(({ phase }) => phase !== 'closed');
  if (!poll) return null;
  const removed = new Set(players.flatMap(({ id, removed: gone }) => (gone ? [id] : [])));
  const staying = (votes: Poll['first']): Poll['first'] =>
    Object.fromEntries(Object.entries(votes).filter(([player]) => !removed.has(player)));
  return { ...poll, first: staying(poll.first), second: staying(poll.second) };
}

/**
 * The open poll as everybody may see it, field by field: what is right, why, and how the others voted only
 * once it is revealed. `here`: those of whom votes are waited for.
 */
export function pollView(classroom: Classroom, here: ReadonlySet<string>): PollView | null {
  const poll = openPoll(classroom);
  if (!poll || poll.phase === 'closed') return null;
  const { id, phase, first, second } = poll;
  const revealed = phase === 'revealed';
  const { text, choices } = questionView(poll.question, revealed);
  const { answered, people } = turnout(classroom, poll, here);
  return {
    poll: id,
    phase,
    text,
    choices,
    answered,
    people,
    ...(revealed && { votes: { first: countOf(poll, first), second: countOf(poll, second) } }),
  };
}

export function studentPollView(
  classroom: Classroom,
  player: string,
  here: ReadonlySet<string>,
): StudentClassroomView['poll'] {
  const view = pollView(classroom, here);
  const poll = openPoll(classroom);
  if (!view || !poll) return null;
  const { first, second, phase } = poll;
  const mineFirst = first[player] ?? null;
  return { ...view, mine: phase === 'first' ? mineFirst : (second[player] ?? null), mineFirst };
}

export function teacherPollView(classroom: Classroom, here: ReadonlySet<string>): TeacherPollView | null {
  const poll = openPoll(classroom);
  if (!poll) return null;
  const { id, scenarioId, phase, question, first, second } = poll;
  const newest = Object.keys(second).length > 0 ? second : first;
  const votes = Object.values(newest);
  const right = votes.filter((vote) => question.choices.some((choice) => choice.right && choice.id === vote));
  const rightPct = votes.length === 0 ? null : (100 * right.length) / votes.length;
  return {
    poll: id,
    scenarioId,
    phase,
    question,
    ...turnout(classroom, poll, here),
    votes: { first: countOf(poll, first), second: countOf(poll, second) },
    rightPct,
    goodToDiscuss: phase === 'first' && rightPct !== null && rightPct >= TALK.min && rightPct <= TALK.max,
  };
}

/** Of those who are here and those who have voted, how many have. */
function turnout(
  { players }: Classroom,
  { first, second, phase }: Poll,
  here: ReadonlySet<string>,
): { readonly answered: number; readonly people: number } {
  const votes = phase === 'second' || Object.keys(second).length > 0 ? second : first;
  const voters = players.filter(({ id, removed }) => !removed && (here.has(id) || Object.hasOwn(votes, id)));
  return { answered: voters.filter(({ id }) => Object.hasOwn(votes, id)).length, people: voters.length };
}

function countOf({ question }: Poll, votes: Poll['first']): Votes {
  const chosen = Object.values(votes);
  return Object.fromEntries(
    question.choices.map(({ id }) => [id, chosen.filter((choice) => choice === id).length]),
  );
}
