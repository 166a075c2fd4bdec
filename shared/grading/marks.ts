import type { SeatName } from '../table/seats.ts';
import type { Table } from '../table/table.ts';
import { answersOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { gradeAnswer, gradeUnprompted } from './grade-answer.ts';
import { gradeCalls } from './grade-calls.ts';
import type { Credit, Mark } from './mark.ts';
import { pointOf } from './point-of.ts';
import { playerAt, told } from './told.ts';
import type { Told } from './told.ts';
import { SIDES } from '../scenario/sides.ts';

/** A prediction's: the timer, the segment, and the state of either end. */
const PREDICTED = 4;

/**
 * The marks of everybody who has sat at the table, so far or in the end: a pure function of the table. Legal
 * segments, right silence, bluffs and nudges cost nothing, time plays no part, and what a bot did in
 * somebody's place is nobody's. Tries that never became an answer count as what they were; what was not tried
 * when the table ended does not count.
 */
export function marksOf(table: Table): readonly Mark[] {
  const { rubric, bluff } = table.scenario;
  const steps = told(table);
  const ends = SIDES.map((side) => ({ side, ...answersOf(steps, side) }));
  const credits: Credit[] = [
    ...ends.flatMap(({ side, answers, unprompted }): Credit[] => [
      ...answers.flatMap((answer) =>
        gradeAnswer(rubric, answer).map((point) => ({ player: answer.player, seat: side, point })),
      ),
      ...unprompted.map((one) => ({ player: one.player, seat: side, point: gradeUnprompted(rubric, one) })),
    ]),
    ...gradePredictions(steps, rubric.prediction),
    ...gradeCalls(steps, rubric, Boolean(bluff)),
  ];

  return seated(table).map(({ player, seat }) => {
    const points = credits
      .filter((credit) => credit.player === player && credit.seat === seat)
      .map(({ point }) => point)
      .sort((a, b) => a.item - b.item);
    const end = ends.find(({ side }) => side === seat);
    const answers = end?.answers.filter((one) => one.player === player) ?? [];
    const unprompted = end?.unprompted.filter((one) => one.player === player) ?? [];
    const first = answers.filter(({ done, tries, hints }) => done && tries.length === 0 && hints === 0);
    return {
      player,
      seat,
      earned: Math.max(0, sum(points.map((point) => point.points))),
      outOf: sum(points.map((point) => point.outOf)),
      answered: answers.filter(({ done }) => done !== null).length,
      firstTry: first.length,
      leftOpen: answers.filter(({ done }) => done === null).length,
      unanswered: isUnanswered(table, seat, player, answers) ? 1 : 0,
      hints: sum(answers.map(({ hints }) => hints)),
      wrong: sum(answers.map(({ tries }) => tries.length)) + unprompted.length,
      points,
    };
  });
}

function gradePredictions(steps: readonly Told[], worth: number): readonly Credit[] {
  return steps.flatMap((at) => {
    const { it } = at;
    const player = playerAt(at.holder('link'));
    if (it.kind !== 'prediction' || player === null) return [];
    const right = PREDICTED - it.verdict.faults.length;
    return [
      { player, seat: 'link', point: pointOf(at, 'prediction', (worth * right) / PREDICTED, worth, null) },
    ];
  });
}

/** Each player once for each seat that they have had, in the order in which they took it. */
function seated({ tenures }: Table): readonly { readonly player: string; readonly seat: SeatName }[] {
  const found: { player: string; seat: SeatName }[] = [];
  for (const { seat, holder } of tenures) {
    if (holder.kind !== 'player') continue;
    if (!found.some((one) => one.player === holder.id && one.seat === seat))
      found.push({ player: holder.id, seat });
  }
  return found;
}

function isUnanswered(
  { play, seats }: Table,
  seat: SeatName,
  player: string,
  answers: Answers['answers'],
): boolean {
  if (seat !== 'client' && seat !== 'server') return false;
  const owes = play[seat].owesSinceMs !== null && playerAt(seats[seat]) === player;
  return owes && answers.every(({ done }) => done !== null);
}

/** To a thousandth: shares of points are not to end in 0.30000000000000004. */
function sum(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((total, n) => total + n, 0) * 1000) / 1000;
}
