import type { Columns } from './columns.ts';
import type { DrawnBand } from './drawing.ts';
import type { BandSpan } from './lifeline.ts';
import type { Break, TimeMap } from './time-map.ts';

/** A name is written again in a band after this much. */
const NAME_AGAIN_PX = 360;

export function placeBands(spans: readonly BandSpan[], time: TimeMap, cols: Columns): readonly DrawnBand[] {
  return spans.map((span): DrawnBand => {
    const y = time.yOf(span.fromMs);
    const endY = span.toMs === null ? null : time.yOf(span.toMs);
    const first = clearOfBreaks(y, endY ?? time.lastY + cols.idlePx, cols.bandPx(span.state), time.breaks);
    const nameYs = [first];
    for (let again = first + NAME_AGAIN_PX; again < (endY ?? time.lastY) - 120; again += NAME_AGAIN_PX) {
      nameYs.push(clearOfBreaks(again, endY ?? time.lastY, cols.bandPx(span.state), time.breaks));
    }
    return { ...span, y, endY, nameYs };
  });
}

/** A name that would be cut by a break stands below it, and below the next, if the band is long enough. */
function clearOfBreaks(y: number, endY: number, namePx: number, breaks: readonly Break[]): number {
  return breaks.reduce((at, gap) => {
    const cuts = gap.y > at - 4 && gap.y < at + namePx + 4;
    return cuts && gap.y + 8 + namePx <= endY ? gap.y + 8 : at;
  }, y);
}
