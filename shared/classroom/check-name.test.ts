import { describe, expect, test } from 'vitest';
import { checkName } from './check-name.ts';

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
    ['ａｎａ', 'ana'], // NFKC
    ['x'.repeat(24), 'x'.repeat(24)],
    ['👩‍👩‍👧‍👦'.repeat(16), '👩‍👩‍👧‍👦'.repeat(16)],
  ])('%j is welcome', (given, kept) => {
    expect(code(given)).toBe(`ok ${kept}`);
  });

  test.each([
    ['', 'name/empty'],
    ['   ', 'name/empty'],
    ['…', 'name/empty'],
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
    [`z${'\u0301'.repeat(20)}`, 'name/hidden-characters'],
    ['\u0301a', 'name/hidden-characters'],
    ['Teacher', 'name/reserved'],
    ['TEАCHER', 'name/reserved'], // a Cyrillic А
    ['t.e.a.c.h.e.r', 'name/reserved'],
    ['老师', 'name/reserved'],
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
    ['A na', 'Ana'],
    ['An-a', 'Ana'],
    ['Pau1', 'Paul'],
    ['PauI', 'Paul'],
    ['B0b', 'Bob'],
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
  ])('%j is another name than %j', (given, taken) => {
    expect(code(given, [taken])).toBe(`ok ${given}`);
  });
});
