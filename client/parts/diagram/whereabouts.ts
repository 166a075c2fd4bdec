import type { Point } from './box.ts';
import type { DrawnWay } from './drawing.ts';

/**
 * Where on its way a segment is at the height of an instant; null: it has not set out, or has come to its
 * end.
 */
export function whereabouts({ points, held }: DrawnWay, y: number): Point | null {
  const last = points.at(-1);
  if (held && last && y >= last.y) return { x: last.x, y };
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    if (!from || !to || y < from.y || y >= to.y) continue;
    return { x: from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x), y };
  }
  return null;
}
