import type { Snippet } from 'svelte';
import type { Refusal } from '../../../shared/refusals.ts';
import type { Result } from '../../../shared/result.ts';
import type { About } from '../../../shared/table/about.ts';
import type { Command } from '../../../shared/table/command.ts';
import type { SeatName } from '../../../shared/table/seats.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';

/** What every seat is given. */
export interface SeatProps<Now> {
  about: About;
  now: Now;
  trace: readonly TraceItem[];
  mates: Readonly<Partial<Record<SeatName, string>>>;
  oncommand: (command: Command) => Promise<Result<null, Refusal>>;
  menu?: Snippet | undefined;
  /** It counts: answers bring marks. */
  graded: boolean;
  /** Something from outside the table, under the header. */
  notice?: Snippet | undefined;
}
