import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

/** In characters. The pages advise 15; what it is made of is its owner's business (ASVS 6.2). */
const PASSWORD_MIN = 8;
const PASSWORD_MAX = 256;

/** What everybody would try first at this lab. */
const OURS = ['handshake', 'handshakelab', 'handshake lab', 'handshake-lab', 'threewayhandshake'];

/**
 * A new password, normalised so that it is the same from every keyboard. Refuses what is too short, or tried
 * first by whoever guesses.
 */
export function checkPassword(given: string, name: string): Result<string, Refusal> {
  const password = normalPassword(given);
  const length = [...password].length;
  if (length < PASSWORD_MIN) return refuse({ code: 'password/too-short', with: { min: PASSWORD_MIN } });
  if (length > PASSWORD_MAX) return refuse({ code: 'password/too-long', with: { max: PASSWORD_MAX } });
  const folded = password.toLowerCase().trim();
  // A digit or a mark at the end is what people add when they are told to.
  const bare = folded.replace(/[\d\s\p{P}\p{S}]+$/u, '');
  const known = [folded, bare].some((one) => COMMON_PASSWORDS.has(one) || OURS.includes(one));
  const isName = name !== '' && bare === name.toLowerCase();
  if (known || isName || isOneCharacter(folded)) return refuse({ code: 'password/common' });
  return ok(password);
}

/**
 * The same text in the same code points (RFC 8265 asks for NFC; NFKC also folds the full-width forms of some
 * keyboards).
 */
export function normalPassword(given: string): string {
  return given.normalize('NFKC');
}

function isOneCharacter(text: string): boolean {
  return new Set(text).size === 1;
}
