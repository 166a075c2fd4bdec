import type { Side } from './types.ts';

export const SIDES: readonly Side[] = ['client', 'server'];

/** The side that is not this one. */
export function other(side: Side): Side {
  return side === 'client' ? 'server' : 'client';
}
