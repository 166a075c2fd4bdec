import type { Columns } from './columns.ts';
import type { DrawnMark } from './drawing.ts';
import type { Mark } from './lifeline.ts';
import type { TimeMap } from './time-map.ts';
import { SIDES } from '../../../shared/scenario/sides.ts';

export function placeMarks(marks: readonly Mark[], time: TimeMap, cols: Columns): readonly DrawnMark[] {
  return SIDES.flatMap((side) =>
    stacks(marks.filter((mark) => mark.side === side)).flatMap((group) =>
      group.map((mark, i) => ({ key: mark.key, mark, y: time.yOf(mark.item.ms) + i * cols.markPx })),
    ),
  );
}

/** Marks of the same instant are stacked. */
export function stacks(marks: readonly Mark[]): readonly (readonly Mark[])[] {
  const groups: Mark[][] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    if (last?.[0]?.item.ms === mark.item.ms) last.push(mark);
    else groups.push([mark]);
  }
  return groups;
}
