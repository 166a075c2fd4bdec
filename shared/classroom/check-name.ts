import type { Refusal } from '../refusals.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { foldName } from './fold-name.ts';
import { isAlike } from './is-alike.ts';

/** The most grapheme clusters that a name may have: what people call letters, whatever they are made of. */
export const NAME_MAX = 24;
/** No honest name is longer; a single cluster may otherwise be built of any number of code points. */
const UNITS_MAX = 200;
/** Vietnamese, Thai and Hebrew need two or three; a tower of them covers other people's names. */
const MARKS_MAX = 4;

/** What the lab and those who run it are called, folded like the names they are compared with. */
const RESERVED: ReadonlySet<string> = new Set(
  [
    ...['teacher', 'instructor', 'professor', 'lecturer', 'tutor', 'assistant', 'admin', 'administrator'],
    ...['moderator', 'host', 'system', 'support', 'lab', 'handshake lab', 'screen', 'projector'],
    ...['client', 'server', 'network', 'link', 'referee', 'observer', 'bot', 'robot', 'nobody', 'anonymous'],
    ...['老师', '教师', '老師', '教師', '教授', '讲师', '助教', '导师'],
    ...['管理员', '主持人', '系统', '客服', '实验室'],
    ...['客户端', '服务器', '服务器端', '网络', '链路', '裁判', '观察者', '机器人', '投影', '匿名'],
  ].flatMap(foldName),
);

/**
 * Takes a name from outside: NFKC, trimmed, one space between words, 1 to 24 grapheme clusters. Refuses what
 * cannot be seen or turns the direction of writing (emoji may be made up of several parts), what covers the
 * line above, and what cannot be told from somebody else's name: of the lab
 * (`teachers`: of those who teach this class), or of another student (`taken`).
 */
export function checkName(
  given: string,
  taken: readonly string[],
  teachers: readonly string[] = [],
): Result<string, Refusal> {
  if (given.length > 2 * UNITS_MAX) return refuse({ code: 'name/too-long', with: { max: NAME_MAX } });
  const name = given.normalize('NFKC').replace(/ +/g, ' ').trim();
  if (name === '') return refuse({ code: 'name/empty' });
  const clusters = Array.from(
    new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name),
    (it) => it.segment,
  );
  if (clusters.some(isHidden)) return refuse({ code: 'name/hidden-characters' });
  if (clusters.some(isHeaped)) return refuse({ code: 'name/too-many-marks' });
  if (clusters.length > NAME_MAX || name.length > UNITS_MAX) {
    return refuse({ code: 'name/too-long', with: { max: NAME_MAX } });
  }
  const folds = foldName(name);
  if (folds[0] === '') return refuse({ code: 'name/no-letters' });
  if (folds.some((fold) => RESERVED.has(fold)) || teachers.some((teacher) => isAlike(name, teacher))) {
    return refuse({ code: 'name/reserved' });
  }
  const others = new Set(taken.flatMap(foldName));
  if (folds.some((fold) => others.has(fold))) return refuse({ code: 'name/taken' });
  return ok(name);
}

/** Controls, direction, joiners, fillers, private and unassigned code points, line and paragraph ends. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const PICTURE = String.raw`\p{Extended_Pictographic}[\uFE0E\uFE0F]?\p{Emoji_Modifier}?`;
/**
 * One emoji, whole: a flag of letters or of tags, a keycap, or pictures joined to one, each perhaps with a
 * form and a skin colour.
 */
const EMOJI = new RegExp(
  [
    String.raw`^\p{RI}{1,2}$`,
    String.raw`^[0-9#*]\uFE0F?\u20E3$`,
    String.raw`^\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}$`,
    String.raw`^${PICTURE}(\u200D${PICTURE})*$`,
  ].join('|'),
  'u',
);

function isHidden(cluster: string): boolean {
  return HIDDEN.test(cluster) && !EMOJI.test(cluster);
}

/**
 * More marks than a letter carries, or a mark with nothing to stand on, which is drawn onto its neighbour.
 */
function isHeaped(cluster: string): boolean {
  return (
    !EMOJI.test(cluster) && (/^\p{M}/u.test(cluster) || (cluster.match(/\p{M}/gu) ?? []).length > MARKS_MAX)
  );
}
