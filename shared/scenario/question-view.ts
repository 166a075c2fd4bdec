import type { Question, Text } from './types.ts';

/** A question as somebody may see it who is perhaps still to answer it. */
export interface QuestionView {
  readonly id: string;
  readonly text: Text;
  /** `right` and `because` only where the answer is no secret any more. */
  readonly choices: readonly {
    readonly id: string;
    readonly text: Text;
    readonly right?: boolean;
    readonly because?: Text;
  }[];
}

/** Field by field: which misconception a choice betrays says that it is wrong. */
export function questionView({ id, text, choices }: Question, answered: boolean): QuestionView {
  return {
    id,
    text,
    choices: choices.map((choice) => ({
      id: choice.id,
      text: choice.text,
      ...(answered && { right: choice.right, because: choice.because }),
    })),
  };
}
