import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkName } from './check-name.ts';
import { isAlike } from './is-alike.ts';

const code = (name: string, taken: readonly string[] = []): string => {
  const checked = checkName(name, taken);
  return checked.ok ? `ok ${checked.value}` : checked.error.code;
};

describe('a name', () => {
  test.each([
    ['Ana', 'Ana'],
    ['  Ana   Maria ', 'Ana Maria'],
    ['王伟', '王伟'],
    ['Nguyễn Thị Ngọc Ánh', 'Nguyễn Thị Ngọc Ánh'],
    ["O'Neill-Šimić", "O'Neill-Šimić"],
    ['Zoë', 'Zoë'],
    ['محمد', 'محمد'],
    ['अनिता', 'अनिता'],
    ['สมชาย', 'สมชาย'],
    ['👩‍💻', '👩‍💻'],
    ['Ana 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣', 'Ana 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣'],
    ['🇨🇳王伟', '🇨🇳王伟'],
    ['👋🏽', '👋🏽'],
    ['🏋🏿‍♀️', '🏋🏿‍♀️'],
    ['👁️‍🗨️', '👁️‍🗨️'],
    ['☺\uFE0E', '☺\uFE0E'],
    ['สุนี่', 'สุนี่'],
    ['נִיצָּן', 'נִיצָּן'],
    ['𝓐𝓷𝓪', 'Ana'],
    ['Ⓐⓝⓐ', 'Ana'],
    ['ａｎａ', 'ana'], // NFKC
    ['x'.repeat(24), 'x'.repeat(24)],
    ['👩‍👩‍👧‍👦'.repeat(16), '👩‍👩‍👧‍👦'.repeat(16)],
  ])('%j is welcome', (given, kept) => {
    expect(code(given)).toBe(`ok ${kept}`);
  });

  test.each([
    ['', 'name/empty'],
    ['   ', 'name/empty'],
    ['\u3000\u00A0', 'name/empty'],
    ['…', 'name/no-letters'],
    ['- _ -', 'name/no-letters'],
    ['x'.repeat(25), 'name/too-long'],
    ['y'.repeat(5000), 'name/too-long'],
    ['An\u200Ba', 'name/hidden-characters'],
    ['An\u200Da', 'name/hidden-characters'],
    ['\u202Eana', 'name/hidden-characters'],
    ['ana\u2066', 'name/hidden-characters'],
    ['a\u0000b', 'name/hidden-characters'],
    ['a\nb', 'name/hidden-characters'],
    ['\u3164', 'name/hidden-characters'],
    ['a\u2800', 'name/hidden-characters'],
    ['a\uFE0F', 'name/hidden-characters'],
    ['a\u00ADb', 'name/hidden-characters'],
    ['\uD800x', 'name/hidden-characters'],
    ['\uE000', 'name/hidden-characters'],
    ['王\u{E0100}伟', 'name/hidden-characters'], // a variant of the glyph
    ['a\u034Fb', 'name/hidden-characters'],
    ['Ana\u{E0041}\u{E0042}', 'name/hidden-characters'], // a message in tags
    ['👩\u{E0061}\u{E0062}\u{E0063}\u{E007F}', 'name/hidden-characters'],
    ['👩\u200D', 'name/hidden-characters'],
    ['👩\u200Da', 'name/hidden-characters'],
    ['👩\uFE0F\uFE0F', 'name/hidden-characters'],
    [`z${'\u0301'.repeat(20)}`, 'name/too-many-marks'],
    ['\u0301a', 'name/too-many-marks'],
    ['Teacher', 'name/reserved'],
    ['TEАCHER', 'name/reserved'], // a Cyrillic А
    ['t.e.a.c.h.e.r', 'name/reserved'],
    ['🅃🄴🄰🄲🄷🄴🅁', 'name/reserved'],
    ['🆃🅴🅰🅲🅷🅴🆁', 'name/reserved'],
    ['ᴛᴇᴀᴄʜᴇʀ', 'name/reserved'],
    ['老师', 'name/reserved'],
    ['老師', 'name/reserved'],
    ['助教', 'name/reserved'],
    ['服务器端', 'name/reserved'],
    ['系 统', 'name/reserved'],
    ['System', 'name/reserved'],
    ['Bot', 'name/reserved'],
  ])('%j is refused: %s', (given, refused) => {
    expect(code(given)).toBe(refused);
  });

  test.each([
    ['ana', 'Ana'],
    ['АNA', 'Ana'], // Cyrillic А
    ['Αna', 'Ana'], // Greek Α
    ['ΜΑRIA', 'Maria'], // Greek Μ and Α
    ['Νina', 'Nina'], // Greek Ν
    ['ΜΑΡΙΑ', 'μαρια'],
    ['ΜΑΡΙΑ', 'MAPIA'],
    ['ꭺna', 'Ana'], // Cherokee
    ['ꓮna', 'Ana'], // Lisu
    ['ᴀna', 'Ana'],
    ['🅰na', 'Ana'],
    ['𝔸na', 'Ana'],
    ['❤', '❤️'],
    ['エ伟', '工伟'], // Katakana
    ['A na', 'Ana'],
    ['An-a', 'Ana'],
    ['Pau1', 'Paul'],
    ['PauI', 'Paul'],
    ['B0b', 'Bob'],
    ['5ara', 'Sara'],
    ['3va', 'Eva'],
    ['Torn', 'Tom'],
    ['王 伟', '王伟'],
  ])('%j cannot be told from %j', (given, taken) => {
    expect(code(given, ['Xi', taken])).toBe('name/taken');
  });

  test.each([
    ['Anna', 'Ana'],
    ['王伟', '王玮'],
    ['Jose', 'José'],
    ['王一', '王'],
    ['Ana 🙂', 'Ana'],
    ['👋🏽', '👋🏿'],
    ['🇩🇪', '🇫🇷'],
    ['Vina', 'Nina'],
  ])('%j is another name than %j', (given, taken) => {
    expect(code(given, [taken])).toBe(`ok ${given}`);
  });

  test('is nobody’s who teaches the class', () => {
    for (const given of ['Grace Hopper', 'GraceHopper', 'Grасе Норреr']) {
      expect(checkName(given, [], ['Grace Hopper'])).toEqual({ ok: false, error: { code: 'name/reserved' } });
    }
    expect(checkName('Grace', [], ['Grace Hopper'])).toEqual({ ok: true, value: 'Grace' });
  });

  const anything = fc.string({ unit: 'binary', maxLength: 30 });
  const likely = fc.string({ unit: fc.constantFrom(...'aА王👩🏽🇨\u0301\u200D\uFE0F ．-1'), maxLength: 12 });

  test('that is welcome stays what it is, however often it is looked at', () => {
    fc.assert(
      fc.property(fc.oneof(anything, likely), (given) => {
        const once = checkName(given, []);
        if (once.ok) expect(checkName(once.value, [])).toEqual(once);
      }),
      { numRuns: 2000 },
    );
  });

  test('cannot be had twice by writing something into it that nobody sees', () => {
    const unseen = fc.constantFrom(
      ...'\u200B\u200C\u200D\u2060\u202E\u2066\uFE0E\uFE0F\u00AD\u034F\u{E0100}\u{E0041}\u3164\uFEFF',
    );
    fc.assert(
      fc.property(fc.oneof(anything, likely), unseen, fc.nat(), (given, sign, place) => {
        const name = checkName(given, []);
        if (!name.ok) return;
        const letters = [...name.value];
        const marked = letters.toSpliced(place % (letters.length + 1), 0, sign).join('');
        expect(checkName(marked, [name.value]).ok).toBe(false);
        expect(isAlike(marked, name.value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
