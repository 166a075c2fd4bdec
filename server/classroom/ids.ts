import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 31 characters that are not taken for each other: no 0 O, 1 I L. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 6;

/** A join code: one of 887,503,681. */
export function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
}

/** What the QR code carries beside the code: 64 bits. */
export function newClassroomSecret(): string {
  return randomBytes(8).toString('base64url');
}

/**
 * What somebody typed, as it was given out: case, spaces and dashes do not matter. Null: it cannot be a code.
 */
export function readCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase();
  return code.length === CODE_LENGTH && [...code].every((c) => CODE_ALPHABET.includes(c)) ? code : null;
}

export function newClassroomId(): string {
  return randomBytes(6).toString('hex');
}

/** Of tables' seeds and whatever else must not be guessed: 128 bits. */
export function newSeed(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * An id that follows from who asked under which command id, so that asking twice gives the same thing.
 * Not a secret: knowing an id opens nothing.
 */
export function idFor(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 12);
}

/** A round's id begins with its classroom's, and a table's with its round's. */
export function newRoundId(classroomId: string, by: string, cmd: string): string {
  return `${classroomId}_${idFor(classroomId, by, cmd)}`;
}

export function classroomOfTable(tableId: string): string {
  return tableId.split('_', 1)[0] ?? '';
}
