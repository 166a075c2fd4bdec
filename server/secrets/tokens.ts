import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that nobody can guess. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret: enough to recognise it, not to use it. SHA-256 will do for 256 random bits. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A rejoin token says which classroom it is for, so that it is found without a search. */
export function newRejoinToken(classroomId: string): string {
  return `${classroomId}.${newSecret()}`;
}

/** Null: not a rejoin token. */
export function classroomOfToken(token: string): string | null {
  const [, classroomId] = /^([0-9a-f]{12})\.[\w-]{43}$/.exec(token) ?? [];
  return classroomId ?? null;
}
