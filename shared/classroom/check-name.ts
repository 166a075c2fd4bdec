import type { Refusal } from '../refusals.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { foldName } from './fold-name.ts';

/** The most grapheme clusters that a name may have: what people call letters, whatever they are made of. */
export const NAME_MAX = 24;
/** No honest name is longer; a single cluster may otherwise be built of any number of code points. */
const UNITS_MAX = 200;
/** Vietnamese, Thai and Hebrew need two or three; a tower of them covers other people's names. */
const MARKS_MAX = 4;

/** Folded like the names they are compared with. */
const RESERVED: ReadonlySet<string> = new Set(
  [
    ...['teacher', 'instructor', 'professor', 'admin', 'administrator', 'moderator', 'host', 'system'],
    ...['server', 'network', 'referee', 'observer', 'handshake lab', 'bot', 'robot', 'anonymous'],
    ...['老师', '教师', '教授', '讲师', '管理员', '系统', '服务器', '网络', '裁判', '机器人', '匿名'],
  ].map(foldName),
);

/**
 * Takes a name from outside: NFKC, trimmed, one space between words, 1 to 24 grapheme clusters. Refuses what cannot be seen or turns the
 * direction of writing (emoji may be made up of several parts), and what cannot be told from somebody else's name.
 */
export function checkName(given: string, taken: readonly string[]): Result<string, Refusal> {
  if (given.length > 2 * UNITS_MAX) return refuse({ code: 'name/too-long', with: { max: NAME_MAX } });
  const name = given.normalize('NFKC').replace(/ +/g, ' ').trim();
  if (name === '') return refuse({ code: 'name/empty' });
  const clusters = Array.from(
    new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name),
    (it) => it.segment,
  );
  if (clusters.some((cluster) => !isVisible(cluster))) return refuse({ code: 'name/hidden-characters' });
  if (clusters.length > NAME_MAX || name.length > UNITS_MAX) {
    return refuse({ code: 'name/too-long', with: { max: NAME_MAX } });
  }
  const folded = foldName(name);
  // Nothing but marks and punctuation is no name either.
  if (folded === '') return refuse({ code: 'name/empty' });
  if (RESERVED.has(folded)) return refuse({ code: 'name/reserved' });
  if (taken.some((other) => foldName(other) === folded)) return refuse({ code: 'name/taken' });
  return ok(name);
}

/** Controls, direction, joiners, fillers, private and unassigned code points, line and paragraph ends. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** What emoji are put together with: joiner, presentation selector, tags of flags. */
const GLUE = /\u200D|\uFE0F|[\u{E0020}-\u{E007F}]/gu;
const EMOJI = /^(\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\uFE0F?\u20E3)/u;

function isVisible(cluster: string): boolean {
  const bare = EMOJI.test(cluster) ? cluster.replace(GLUE, '') : cluster;
  if (HIDDEN.test(bare)) return false;
  if ((bare.match(/\p{M}/gu) ?? []).length > MARKS_MAX) return false;
  // A mark with nothing to stand on is drawn onto its neighbour.
  return !/^\p{M}/u.test(bare);
}
