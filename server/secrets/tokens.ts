import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits that nobody can guess. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret: enough to recognise it, not to use it. SHA-256 will do for 256 random bits. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * A secret as good as a new one to whoever does not know `key`, and the same for the same parts: whoever asks
 * again because the answer was lost gets what they were given, though only its hash was kept.
 */
export function derivedSecret(key: string, ...parts: readonly string[]): string {
  return createHmac('sha256', key).update(parts.join('\u0000')).digest('base64url');
}

/** Compares in the same time whatever differs. */
export function isSame(given: string, kept: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(kept)));
}

/** A rejoin token, or link, says which classroom it is for, so that it is found without a search. */
export function rejoinToken(classroomId: string, secret: string): string {
  return `${classroomId}.${secret}`;
}

/** Null: not a rejoin token. */
export function classroomOfToken(token: string): string | null {
  const [, classroomId] = /^([0-9a-f]{12})\.[\w-]{43}$/.exec(token) ?? [];
  return classroomId ?? null;
}
