import type { Side } from '../scenario/types.ts';
import type { Happening } from '../table/happening.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Verdict } from '../tcp/verdict.ts';
import { playerAt } from './told.ts';
import type { Told } from './told.ts';

/** A try at an answer that was wrong. */
export interface Try {
  readonly at: Told;
  readonly verdict: Verdict;
  /** Null: "nothing to send". */
  readonly seg: Segment | null;
}

/** Something that was due and that somebody tried to answer. */
export interface Answer {
  readonly player: string;
  readonly causes: readonly number[];
  readonly tries: readonly Try[];
  /** Taken, not given: nudges are not counted. */
  readonly hints: number;
  /** The right answer, in the end; null: it never came. */
  readonly done: { readonly at: Told; readonly seg: Segment; readonly byLab: boolean } | null;
  /** The state that was named after it; null: none was. */
  readonly label: { readonly at: Told; readonly verdict: Verdict } | null;
}

export interface Answers {
  readonly answers: readonly Answer[];
  /** Wrong, and no try at anything that was due. */
  readonly unprompted: readonly (Try & { readonly player: string })[];
}

/**
 * What the people at one end have answered, in the order in which they began. A bot's answers are nobody's,
 * and what it finishes for somebody is dropped.
 */
export function answersOf(steps: readonly Told[], side: Side): Answers {
  let answers: readonly Answer[] = [];
  const unprompted: (Try & { player: string })[] = [];
  let sitting: string | null = null;
  let hints = 0;
  /** The answer whose state is asked for, by its place in the list; null: none that counts. */
  let labelled: number | null = null;

  const change = (index: number, by: Partial<Answer>): void => {
    answers = answers.map((answer, i) => (i === index ? { ...answer, ...by } : answer));
  };
  const openFor = (causes: readonly number[]): number =>
    answers.findIndex((answer) => isOpen(answer, sitting) && overlap(answer.causes, causes));

  const tried = (player: string, one: Try): void => {
    labelled = null;
    const { causes } = one.verdict;
    if (causes.length === 0) {
      unprompted.push({ ...one, player });
      return;
    }
    const index = openFor(causes);
    const before = answers[index];
    if (before) change(index, { tries: [...before.tries, one] });
    else answers = [...answers, { player, causes, tries: [one], hints: 0, done: null, label: null }];
  };

  const done = (player: string, at: Told, { seg, verdict, by }: Sent): void => {
    const { causes } = verdict;
    const end = { at, seg, byLab: by === 'lab' };
    // One segment may answer at once what was tried one by one.
    const begun = answers.filter((answer) => isOpen(answer, sitting) && overlap(answer.causes, causes));
    const tries = begun.flatMap((answer) => answer.tries);
    answers = answers.filter((answer) => !begun.includes(answer));
    answers = [...answers, { player, causes, tries, hints, done: end, label: null }];
    hints = 0;
    labelled = end.byLab ? null : answers.length - 1;
  };

  for (const at of steps) {
    const { it } = at;
    if (!('side' in it) || it.side !== side) continue;
    const player = playerAt(at.holder(side));
    if (player !== sitting) {
      if (it.kind === 'sent' && player === null)
        answers = answers.filter((answer) => !isOpen(answer, sitting));
      [sitting, hints, labelled] = [player, 0, null];
    }
    if (player === null) continue;
    switch (it.kind) {
      case 'hint':
        if (!it.free) hints += 1;
        break;
      case 'nothing':
      case 'blocked':
      case 'sent': {
        // Who bluffs knows better.
        if (it.kind === 'sent' && it.bluff) break;
        const { verdict } = it;
        if (verdict.verdict === 'wrong')
          tried(player, { at, verdict, seg: it.kind === 'nothing' ? null : it.seg });
        else if (it.kind === 'sent' && verdict.verdict === 'due') done(player, at, it);
        else labelled = null;
        break;
      }
      case 'label':
        if (labelled !== null) change(labelled, { label: { at, verdict: it.verdict } });
        labelled = null;
        break;
      default:
        break;
    }
  }
  return { answers, unprompted };
}

type Sent = Extract<Happening, { kind: 'sent' }>;

function isOpen({ done, player }: Answer, sitting: string | null): boolean {
  return done === null && player === sitting;
}

function overlap(a: readonly number[], b: readonly number[]): boolean {
  return a.some((id) => b.includes(id));
}
