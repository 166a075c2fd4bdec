import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type Language = 'en' | 'zh-CN';
type Inputs = Readonly<Record<string, string | number>>;

/** A sentence, or the forms that it takes with different numbers. */
type Message =
  string | readonly [{ declarations: readonly string[]; match: Readonly<Record<string, string>> }];

/** What a page says to a player: by the key of the lab's message catalogue, in the player's language. */
export type Say = (key: string, inputs?: Inputs) => string;

const CATALOGUES = join(import.meta.dirname, '../../client/messages');

/** The lab's words in one language. A key that no catalogue has is thrown. */
export function words(language: Language): Say {
  const folder = join(CATALOGUES, language);
  const messages = Object.assign(
    {},
    ...readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as object),
  ) as Record<string, Message>;

  return (key, inputs = {}) => {
    const message = messages[key];
    if (message === undefined) throw new Error(`No message "${key}" in ${language}`);
    const sentence = typeof message === 'string' ? message : formFor(message, inputs, language);
    return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = inputs[name];
      if (value === undefined) throw new Error(`Message "${key}" wants {${name}}`);
      return String(value);
    });
  };
}

function formFor(
  [{ declarations, match }]: Exclude<Message, string>,
  inputs: Inputs,
  language: Language,
): string {
  for (const declaration of declarations) {
    const plural = /^local (\w+) = (\w+): plural$/.exec(declaration);
    if (!plural) continue;
    const [, name = '', input = ''] = plural;
    const category = new Intl.PluralRules(language).select(Number(inputs[input]));
    const form = match[`${name}=${category}`] ?? match[`${name}=other`];
    if (form !== undefined) return form;
  }
  throw new Error('A message with forms, but none for this number');
}
