import { reach } from './box.ts';
import type { Box, Point } from './box.ts';
import type { Columns } from './columns.ts';
import { BLOCKED_PX } from './draw-way.ts';
import type { DrawnWay } from './drawing.ts';
import type { Journey } from './journey.ts';
import type { Label } from './label.ts';

const LABEL_LIFT_PX = 4;

/** Where a label could stand: along its line above it, shifted to and fro; then below it. */
export function labelPlaces(
  journey: Journey,
  ways: readonly DrawnWay[],
  label: Label,
  cols: Columns,
): readonly { box: Box; cost: number }[] {
  const [main] = ways;
  if (!main) return [];
  const [first] = main.points;
  if (journey.kind === 'blocked' && first) {
    const out = journey.from === 'client' ? 1 : -1;
    const cx = first.x + out * (BLOCKED_PX + cols.font + label.w / 2);
    return [{ box: { cx, cy: first.y + BLOCKED_PX * 0.06, w: label.w, h: label.h, angle: 0 }, cost: 0 }];
  }
  const [p, q] = labelled(main.points, cols.widePx * 0.3);
  const run = q.x - p.x;
  const slope = run === 0 ? 0 : (q.y - p.y) / run;
  const angle = Math.atan(slope);
  const lift = LABEL_LIFT_PX + label.h / 2 + (main.ending === 'lost' ? 2 : 0);
  const half = reach({ w: label.w, h: label.h, angle }).x;
  const [left, right] = cols.labelSpan;
  const shifts =
    main.ending === 'unknown'
      ? [journey.kind === 'sent' ? 0.36 : 0.64, 0.3, 0.7, 0.5]
      : main.ending === 'lost'
        ? [0.5, 0.6, 0.7, 0.4, 0.85, 0.3]
        : [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8];
  return shifts.flatMap((shift, i) => {
    const x = Math.max(left + half, Math.min(right - half, p.x + run * shift));
    const y = p.y + (x - p.x) * slope;
    return [-1, 1].map((where) => ({
      box: {
        cx: x - where * Math.sin(angle) * lift,
        cy: y + where * Math.cos(angle) * lift,
        w: label.w,
        h: label.h,
        angle,
      },
      cost: i * 0.4 + (where > 0 ? 4 : 0),
    }));
  });
}

/** A segment is labelled where it sets out, unless the link took hold of it at once. */
function labelled([first, second, ...rest]: readonly Point[], leastPx: number): readonly [Point, Point] {
  const from = first ?? { x: 0, y: 0 };
  const to = second ?? from;
  const last = rest.at(-1);
  return last && Math.abs(to.x - from.x) < leastPx ? [rest.at(-2) ?? to, last] : [from, to];
}

/** Labels keep a little distance. */
export function withMargin(box: Box): Box {
  return { ...box, w: box.w + 6, h: box.h + 2 };
}
