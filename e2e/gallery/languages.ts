import type { Language } from '../pages/words.ts';

/** The same people and exercises in each language. */
const CLASSES = {
  en: {
    names: ['Ana', 'Bo', 'Chidi', 'Dana'],
    more: ['Emil', 'Fatima', 'Goran'],
    life: 'A whole life',
    bluff: 'Bluff',
    flood: 'SYN flood: no room left',
    whyThree: 'Why does opening a connection take three segments, and not two?',
  },
  'zh-CN': {
    names: ['王伟', '李娜', '张敏', '刘洋'],
    more: ['陈静', '杨帆', '赵磊'],
    life: '完整的一生',
    bluff: '虚张声势',
    flood: 'SYN 洪水：队列满了',
    whyThree: '建立连接为什么要三个报文段，而不是两个？',
  },
} as const satisfies Record<Language, unknown>;

export const LANGUAGES = [
  ['en', CLASSES.en],
  ['zh-CN', CLASSES['zh-CN']],
] as const;
