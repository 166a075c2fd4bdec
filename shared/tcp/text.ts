/** Octets of one code point in UTF-8. */
export function codePointOctets(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** How long a text is in UTF-8, in octets. */
export function textOctets(text: string): number {
  let octets = 0;
  for (const char of text) octets += codePointOctets(char.codePointAt(0) ?? 0);
  return octets;
}

/**
 * Cuts a text after so many octets of its UTF-8. Both parts are null when the text is unknown, when it is too
 * short, or when the cut would fall inside a character: then nobody can say what the parts read like.
 */
export function cutText(text: string | null, octets: number): readonly [string | null, string | null] {
  if (text === null) return [null, null];
  let passed = 0;
  let at = 0;
  for (const char of text) {
    if (passed >= octets) break;
    passed += codePointOctets(char.codePointAt(0) ?? 0);
    at += char.length;
  }
  return passed === octets ? [text.slice(0, at), text.slice(at)] : [null, null];
}
