import type { Speaker } from './speaker.ts';

/** Who sends a segment and who is to receive it, in one connection. */
export interface Ends {
  readonly speaker: Speaker;
  readonly listener: Speaker;
}
