import { forget, recall, remember } from './storage.ts';

/** A seat in a classroom, and the token that proves it is ours. Kept on this device only. */
export interface Identity {
  readonly classroomId: string;
  readonly playerId: string;
  readonly token: string;
  readonly name: string;
  readonly code: string;
  /** When it was used last, epoch ms of this device. */
  readonly usedAt: number;
}

/** A classroom, or the practice alone: the two are kept apart, so that one does not cost the other. */
export type Kind = 'class' | 'practice';

/** Identities older than this are not offered any more. */
const FORGOTTEN_AFTER_MS = 36 * 3600_000;

/**
 * This tab's identity. It survives a reload (session) and a crash of the tab or a locked phone (local, the
 * most recent one); a second tab with an identity of its own keeps that.
 */
export function currentIdentity(kind: Kind): Identity | null {
  const own = read(recall('session', `identity:${kind}`));
  if (own) return own;
  const last = read(recall('local', `identity:${kind}`));
  return last && Date.now() - last.usedAt < FORGOTTEN_AFTER_MS ? last : null;
}

/** Kept for this tab, and as the device's most recent one. */
export function keepIdentity(kind: Kind, identity: Identity): void {
  remember('session', `identity:${kind}`, identity);
  remember('local', `identity:${kind}`, identity);
}

/** This tab's, and the device's as well unless that is somebody else's by now. */
export function dropIdentity(kind: Kind): void {
  const own = currentIdentity(kind);
  forget('session', `identity:${kind}`);
  const last = read(recall('local', `identity:${kind}`));
  if (!own || last?.playerId === own.playerId) forget('local', `identity:${kind}`);
}

function read(stored: unknown): Identity | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { classroomId, playerId, token, name, code, usedAt } = stored as Record<string, unknown>;
  if (typeof classroomId !== 'string' || typeof playerId !== 'string' || typeof token !== 'string')
    return null;
  return {
    classroomId,
    playerId,
    token,
    name: typeof name === 'string' ? name : '',
    code: typeof code === 'string' ? code : '',
    usedAt: typeof usedAt === 'number' ? usedAt : 0,
  };
}
