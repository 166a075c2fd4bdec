import type { Box } from './box.ts';
import type { Columns } from './columns.ts';
import type { Break } from './time-map.ts';

/** Where it is written how long a break is: room for `105.5s`. */
export function breakWords({ y }: Break, { font, labelSpan: [left, right] }: Columns): Box {
  return { cx: (left + right) / 2, cy: y + 1, w: font * 3.6, h: font * 1.1, angle: 0 };
}
