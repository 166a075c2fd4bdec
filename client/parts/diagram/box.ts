/** A rectangle turned by `angle` (radians, clockwise as the screen has it) about its centre; px. */
export interface Box {
  readonly cx: number;
  readonly cy: number;
  readonly w: number;
  readonly h: number;
  readonly angle: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function corners({ cx, cy, w, h, angle }: Box): readonly Point[] {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [
    [-w / 2, -h / 2],
    [w / 2, -h / 2],
    [w / 2, h / 2],
    [-w / 2, h / 2],
  ].map(([dx = 0, dy = 0]) => ({ x: cx + dx * cos - dy * sin, y: cy + dx * sin + dy * cos }));
}

/** Half the height and half the width that a turned box takes up, upright. */
export function reach({ w, h, angle }: Pick<Box, 'w' | 'h' | 'angle'>): { x: number; y: number } {
  const cos = Math.abs(Math.cos(angle));
  const sin = Math.abs(Math.sin(angle));
  return { x: (w * cos + h * sin) / 2, y: (w * sin + h * cos) / 2 };
}

/** Whether two turned rectangles share any area (separating axes). */
export function overlap(a: Box, b: Box): boolean {
  const ra = reach(a);
  const rb = reach(b);
  if (Math.abs(a.cy - b.cy) >= ra.y + rb.y || Math.abs(a.cx - b.cx) >= ra.x + rb.x) return false;
  return ![a.angle, a.angle + Math.PI / 2, b.angle, b.angle + Math.PI / 2].some((axis) => {
    const x = Math.cos(axis);
    const y = Math.sin(axis);
    const distance = Math.abs((a.cx - b.cx) * x + (a.cy - b.cy) * y);
    return distance >= halfAlong(a, axis) + halfAlong(b, axis);
  });
}

/** Half the length of a box's shadow on an axis. */
function halfAlong({ w, h, angle }: Box, axis: number): number {
  return (w * Math.abs(Math.cos(angle - axis)) + h * Math.abs(Math.sin(angle - axis))) / 2;
}

/** Whether the stretch from `p` to `q` enters the box. */
export function crosses(p: Point, q: Point, box: Box): boolean {
  // In the box's own frame it is upright at the origin: clip the stretch against its four sides.
  const [a, b] = [p, q].map(({ x, y }) => {
    const dx = x - box.cx;
    const dy = y - box.cy;
    const cos = Math.cos(-box.angle);
    const sin = Math.sin(-box.angle);
    return { x: dx * cos - dy * sin, y: dx * sin + dy * cos };
  }) as [Point, Point];
  let from = 0;
  let to = 1;
  for (const [start, change, half] of [
    [a.x, b.x - a.x, box.w / 2],
    [a.y, b.y - a.y, box.h / 2],
  ] as const) {
    if (change === 0) {
      if (Math.abs(start) >= half) return false;
      continue;
    }
    const t1 = (-half - start) / change;
    const t2 = (half - start) / change;
    from = Math.max(from, Math.min(t1, t2));
    to = Math.min(to, Math.max(t1, t2));
  }
  return from < to;
}
