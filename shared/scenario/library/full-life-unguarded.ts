import type { ScenarioDocument } from '../schema.ts';
import { FULL_LIFE } from './full-life.ts';
import { text } from './wording.ts';

export const FULL_LIFE_UNGUARDED: ScenarioDocument = {
  ...FULL_LIFE,
  id: 'full-life-unguarded',
  title: text('A whole life, unguarded', '完整的一生（无人拦截）'),
  summary: text(
    'The same conversation, but whatever you send goes out, right or wrong, and the other end has to cope with it. So do you.',
    '同样的对话，但无论对错，你发什么就是什么，对端得自己应付。你也一样。',
  ),
  onWrong: 'send',
};
