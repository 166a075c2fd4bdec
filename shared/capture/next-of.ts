import { has, RST } from '../tcp/segment.ts';
import type { Line } from './line.ts';

/** The next that is captured of a segment's sender, RSTs apart: they may carry any number. */
export function nextOfSender({ captured: { from } }: Line, upcoming: readonly Line[]): Line | undefined {
  return upcoming.find(({ captured, seg }) => captured.from === from && !has(seg, RST));
}

/** The same of the other end. */
export function nextOfPeer({ captured: { from } }: Line, upcoming: readonly Line[]): Line | undefined {
  return upcoming.find(({ captured, seg }) => captured.from !== from && !has(seg, RST));
}
