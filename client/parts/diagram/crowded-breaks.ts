import { overlap } from './box.ts';
import { breakWords } from './break-words.ts';
import type { Columns } from './columns.ts';
import type { DrawnSegment } from './drawing.ts';
import { withMargin } from './label-places.ts';
import type { Apart, TimeMap } from './time-map.ts';

/** A break is made taller until no label lies on what is written there. */
export function crowdedBreaks(
  segments: readonly DrawnSegment[],
  time: TimeMap,
  cols: Columns,
): readonly Apart[] {
  return time.breaks.flatMap((gap) => {
    const words = breakWords(gap, cols);
    if (!segments.some(({ box }) => overlap(withMargin(box), words))) return [];
    const px = time.yOf(gap.toMs) - time.yOf(gap.fromMs) + cols.font / 2;
    return [{ fromMs: gap.fromMs, toMs: gap.toMs, px }];
  });
}
