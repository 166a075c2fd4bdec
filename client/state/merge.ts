import type { TableNow } from '../../shared/table/table-now.ts';
import type { TableView } from '../../shared/table/table-view.ts';
import type { Lens, TraceItem } from '../../shared/table/trace.ts';

/** What a page shows of a table. */
export interface Shown {
  readonly at: number;
  readonly now: TableNow;
  readonly lens: Lens;
  readonly trace: readonly TraceItem[];
}

/**
 * A view laid on what is shown. Views may cross on their way, so one is judged by what it contains: a trace
 * only grows, so a shorter one is older, and of two equally long ones the later made is newer.
 * `gap`: something in between is missing, and a snapshot must be asked for. `older`: nothing to do.
 */
export function merge(shown: Shown | null, view: TableView): Shown | 'older' | 'gap' {
  const { lens, from, items } = view.trace;
  if (shown === null || shown.lens !== lens) {
    if (shown !== null && view.at < shown.at) return 'older';
    return from === 0 && view.now ? { at: view.at, now: view.now, lens, trace: items } : 'gap';
  }
  const fresh = { at: view.at, now: view.now ?? shown.now, lens };
  const reach = from + items.length;
  if (from > shown.trace.length) return 'gap';
  if (reach < shown.trace.length) return 'older';
  if (reach === shown.trace.length && view.at < shown.at) return 'older';
  if (from === 0) return { ...fresh, trace: items };
  const unseen = items.slice(shown.trace.length - from);
  return { ...fresh, trace: unseen.length > 0 ? [...shown.trace, ...unseen] : shown.trace };
}
