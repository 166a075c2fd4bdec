import { FLAG_LETTERS } from '../tcp/notation.ts';
import { PSH } from '../tcp/segment.ts';
import type { Segment } from '../tcp/segment.ts';

/** `S.` for SYN,ACK; PSH is left out, since no rule looks at it. */
export function lettersOf(flags: number): string {
  const bits = flags & ~PSH;
  return FLAG_LETTERS.filter(([, bit]) => bits & bit)
    .map(([letter]) => letter)
    .join('');
}

/** The bits that letters name, in any order and without PSH; null if one is unknown. */
export function flagsOfLetters(letters: string): number | null {
  let flags = 0;
  for (const letter of letters) {
    const known = FLAG_LETTERS.find(([name]) => name === letter);
    if (!known) return null;
    flags |= known[1];
  }
  return flags & ~PSH;
}

/**
 * Whether a segment is what a script means:
 * `*` any; otherwise exactly the flags of the letters (PSH aside), and where it says `. 11 octets`, exactly
 * so much data. A pattern that cannot be read matches nothing.
 */
export function matches(pattern: string, seg: Segment): boolean {
  const [, letters = '', octets] = /^(\S+)(?: (\d+) octets?)?$/.exec(pattern.trim()) ?? [];
  if (octets !== undefined && Number(octets) !== seg.dataOctets) return false;
  return letters === '*' || (letters !== '' && flagsOfLetters(letters) === (seg.flags & ~PSH));
}
