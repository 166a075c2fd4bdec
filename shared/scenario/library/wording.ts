import type { MisconceptionCode } from '../../tcp/verdict.ts';
import type { Question, Text } from '../types.ts';

type Choice = Question['choices'][number];

/*
 * Shorthand for the library's texts: English first, Simplified Chinese second. Protocol words (SYN, ACK,
 * TIME-WAIT) stay as they are.
 */

export function text(en: string, zh: string): Text {
  return { en, 'zh-CN': zh };
}

export function question(id: string, asked: Text, ...choices: readonly Choice[]): Question {
  return { id, text: asked, choices };
}

export function right(id: string, said: Text, because: Text): Choice {
  return { id, text: said, right: true, because };
}

/** `misconception`: what choosing it betrays, if anything. */
export function wrong(id: string, said: Text, because: Text, misconception?: MisconceptionCode): Choice {
  return { id, text: said, right: false, because, ...(misconception && { misconception }) };
}
