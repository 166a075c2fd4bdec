import type { Rng } from '../rng.ts';
import type { Locale } from '../scenario/types.ts';
import { foldName } from './fold-name.ts';

interface Words {
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly join: (first: string, second: string) => string;
}

/**
 * Nothing that mocks, praises too much, or means something else to somebody; 1,600 pairs in each language.
 */
const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    first: [
      ...['Amber', 'Autumn', 'Brave', 'Bright', 'Brisk', 'Calm', 'Careful', 'Cheerful', 'Clear', 'Copper'],
      ...['Coral', 'Curious', 'Dawn', 'Eager', 'Early', 'Emerald', 'Gentle', 'Golden', 'Happy', 'Honest'],
      ...['Indigo', 'Ivory', 'Jolly', 'Keen', 'Kind', 'Lively', 'Lucky', 'Mellow', 'Merry', 'Misty'],
      ...['Nimble', 'Patient', 'Quick', 'Quiet', 'Silver', 'Spring', 'Steady', 'Sunny', 'Swift', 'Warm'],
    ],
    second: [
      ...['Alder', 'Badger', 'Birch', 'Bison', 'Cedar', 'Comet', 'Crane', 'Dolphin', 'Falcon', 'Fern'],
      ...['Finch', 'Fox', 'Gull', 'Harbor', 'Hare', 'Heron', 'Island', 'Jay', 'Kestrel', 'Kite'],
      ...['Koala', 'Lark', 'Lemur', 'Lynx', 'Maple', 'Marten', 'Meadow', 'Otter', 'Panda', 'Pebble'],
      ...['Penguin', 'Puffin', 'Robin', 'Seal', 'Sparrow', 'Swan', 'Tern', 'Turtle', 'Willow', 'Wren'],
    ],
    join: (first, second) => `${first} ${second}`,
  },
  'zh-CN': {
    first: [
      ...['安静', '沉稳', '聪慧', '淡定', '灯下', '飞快', '风中', '高兴', '海边', '和气'],
      ...['欢喜', '活泼', '机灵', '金色', '静静', '开朗', '可靠', '快乐', '林间', '灵巧'],
      ...['明亮', '耐心', '暖暖', '平和', '晴朗', '秋日', '热心', '认真', '山间', '细心'],
      ...['夏日', '悠闲', '勇敢', '友好', '雨后', '月下', '早起', '真诚', '自在', '春天'],
    ],
    second: [
      ...['白鹭', '白鲸', '斑马', '贝壳', '彩虹', '翠鸟', '杜鹃', '飞鱼', '枫叶', '海豹'],
      ...['海豚', '海龟', '海鸥', '浣熊', '画眉', '花鹿', '黄莺', '金鱼', '鲸鱼', '考拉'],
      ...['孔雀', '蓝鲸', '柳树', '麋鹿', '麻雀', '企鹅', '青松', '蜻蜓', '山雀', '水獭'],
      ...['松鼠', '天鹅', '彗星', '喜鹊', '星星', '熊猫', '雪豹', '燕子', '银杏', '云雀'],
    ],
    join: (first, second) => `${first}的${second}`,
  },
};

/** A pleasant name that nobody has who is in `taken`. With all of them taken, numbers follow. */
export function generateName(locale: Locale, chance: Rng, taken: readonly string[]): string {
  const { first, second, join } = WORDS[locale];
  const used = new Set(taken.flatMap(foldName));
  const pairs = first.length * second.length;
  // From a place by chance on, each pair once: 7 shares no factor with their number, so that neighbours are
  // unlike.
  const start = Math.floor(chance.next() * pairs);
  for (let i = 0; ; i++) {
    const at = (start + 7 * i) % pairs;
    const name = join(first[at % first.length] ?? '', second[Math.floor(at / first.length)] ?? '');
    const numbered = i < pairs ? name : `${name} ${Math.floor(i / pairs) + 1}`;
    if (!foldName(numbered).some((fold) => used.has(fold))) return numbered;
  }
}
