import type { TraceItem } from '../../shared/table/trace.ts';

/**
 * Whether a prediction that is asked for no more came too late, and was not made or taken back by the link
 * itself. `since`: what the link has witnessed from the question on.
 */
export function wasTooLate(since: readonly TraceItem[]): boolean {
  return !since.some(
    (item) =>
      item.kind === 'prediction' ||
      item.kind === 'ended' ||
      (item.kind === 'cable' && item.up) ||
      (item.kind === 'touch' && item.touch === 'release'),
  );
}
