/**
 * Letters of other scripts, digits and signs, above the small Latin (or Han) one as which most fonts draw
 * them.
 */
const LOOKS_LIKE = alike([
  // Cyrillic
  ['авсеёһніїјкморԛѕтуүѵԝхӏԁԍьпгз', 'abceëhhlïjkmopqstyyvwxldgbnre'],
  // Greek
  ['αβεηικμνορτυχωγζσς', 'abenlkuvoptuxwyzoo'],
  // Armenian
  ['օոսհցզ', 'onuhgq'],
  // Cherokee, in the small letters of its capitals
  ['ꭺꮟꮯꭰꭼꮐꮋꭻꮶꮮꮇꮲꮪꭲꮩꮃꮓꭹꮢꮤ', 'abcdeghjklmpstvwzyrw'],
  // Lisu
  ['ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ', 'bpdtgkjczfmnlsrvhwxyaelou'],
  // Small capitals, and Latin letters that lack or have a little
  ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıȷɑɡɩꞵ', 'abcdefghljklmnoprstuvwyzljaglb'],
  // Digits and signs
  ['01|i35$@', 'olllessa'],
  // White on black, and the letters of flags
  ...[0x1f150, 0x1f170, 0x1f1e6].map((a) => [alphabetFrom(a), 'abcdefghljklmnopqrstuvwxyz'] as const),
  // Han, and the Kana that look like it
  ['〇口曰ロニハエカタトー', 'o囗日囗二八工力夕卜一'],
]);

/** Greek capitals that look like another Latin letter than the small ones do. */
const CAPITALS = alike([['ΗΜΝΥ', 'hmny']]);

/** Longer pieces that look like one letter. */
const PIECES: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
];

/**
 * What is left of a name when everything is gone that the eye does not hold on to: case, look-alikes across
 * scripts, `rn` for `m`, spaces and punctuation. Two, where the name reads one way as it is drawn and another
 * in small letters: Greek ΜΑΡΙΑ is μαρια, and looks like MARIA.
 */
export function foldName(name: string): readonly [string, ...string[]] {
  const normal = name.normalize('NFKC');
  const read = folded(normal);
  const drawn = folded(swapped(normal, CAPITALS));
  return read === drawn ? [read] : [read, drawn];
}

function folded(name: string): string {
  let bare = swapped(name.toLowerCase().normalize('NFKC'), LOOKS_LIKE);
  for (const [piece, letter] of PIECES) bare = bare.replace(piece, letter);
  return bare.replace(/[\s\p{P}\p{Default_Ignorable_Code_Point}]/gu, '');
}

function swapped(text: string, letters: ReadonlyMap<string, string>): string {
  return Array.from(text, (one) => letters.get(one) ?? one).join('');
}

/** Letter by letter. */
function alike(lines: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap(([from, to]) => {
      const letters = [...to];
      return Array.from(from, (one, i) => [one, letters[i] ?? one] as const);
    }),
  );
}

function alphabetFrom(a: number): string {
  return String.fromCodePoint(...Array.from({ length: 26 }, (_, i) => a + i));
}
