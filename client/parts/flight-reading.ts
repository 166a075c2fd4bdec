import { segmentOf } from '../../shared/table/flight-id.ts';
import type { TraceItem } from '../../shared/table/trace.ts';
import { fateStory } from '../text/fate-story.ts';
import type { StoryLine } from '../text/fate-story.ts';

/** Since when a flight is held, virtual ms: since the link was told so, or from the beginning. */
export function heldSince(trace: readonly TraceItem[], flight: string): number {
  const held = trace.findLast((item) => item.kind === 'touch' && item.touch === 'hold' && item.id === flight);
  return held?.ms ?? sentAs(trace, segmentOf(flight))?.ms ?? 0;
}

/** What became of a segment and why; empty if it was not seen to leave. */
export function storyOf(trace: readonly TraceItem[], segment: string): readonly StoryLine[] {
  const item = sentAs(trace, segment);
  return item ? fateStory(item, trace) : [];
}

function sentAs(trace: readonly TraceItem[], id: string) {
  return trace.find((item): item is TraceItem & { kind: 'sent' } => item.kind === 'sent' && item.id === id);
}
