/** Letters of other scripts, and digits, that most fonts draw like a Latin letter; lower case. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a', в: 'b', с: 'c', е: 'e', ё: 'ë', һ: 'h', н: 'h', і: 'l', ї: 'ï', ј: 'j', к: 'k', м: 'm', о: 'o', р: 'p',
  ԛ: 'q', ѕ: 's', т: 't', у: 'y', ү: 'y', ѵ: 'v', ԝ: 'w', х: 'x', ӏ: 'l', ԁ: 'd', ԍ: 'g', ь: 'b', п: 'n', г: 'r',
  // Greek
  α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'l', κ: 'k', μ: 'u', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', ω: 'w',
  γ: 'y', ϲ: 'c', ζ: 'z', σ: 'o',
  // Armenian, Cherokee and Latin look-alikes
  օ: 'o', ո: 'n', ս: 'u', հ: 'h', ց: 'g', զ: 'q', ı: 'l', ȷ: 'j', ɑ: 'a', ɡ: 'g', ɩ: 'l', ʏ: 'y', ᴏ: 'o', ᴄ: 'c',
  ᴠ: 'v', ᴡ: 'w', ᴢ: 'z', ꞵ: 'b', ꮩ: 'v',
  // Digits and signs
  '0': 'o', '1': 'l', '|': 'l', i: 'l', '3': 'e', '5': 's', $: 's', '@': 'a',
  // CJK
  〇: 'o', 口: '囗', 曰: '日',
}; // prettier-ignore

/** Longer pieces that look like one letter. */
const PIECES: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
];

/**
 * What is left of a name when everything is gone that the eye does not hold on to: two names with the same fold are the same to a class. Case,
 * look-alikes across scripts, `rn` for `m`, spaces and punctuation.
 */
export function foldName(name: string): string {
  const lower = name.normalize('NFKC').toLowerCase().normalize('NFKC');
  let folded = '';
  for (const character of lower) folded += LOOKS_LIKE[character] ?? character;
  for (const [piece, letter] of PIECES) folded = folded.replace(piece, letter);
  return folded.replace(/[\s\p{P}\p{Default_Ignorable_Code_Point}]/gu, '');
}
