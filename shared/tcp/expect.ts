import type { Due } from './due.ts';
import type { End } from './end.ts';

/** Every segment that would answer an open cause now, what a kernel would send first. Empty: there is nothing to send. */
export function expect(end: End): readonly Due[] {
  throw new Error(`not yet: ${end.state}`);
}
