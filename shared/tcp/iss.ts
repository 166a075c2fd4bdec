import type { End } from './end.ts';

/** The end chooses its initial sequence number now. Only while its SYN has not gone out; afterwards the end is returned as it is. */
export function chooseIss(end: End, iss: number): End {
  throw new Error(`not yet: ${end.state} ${iss}`);
}
