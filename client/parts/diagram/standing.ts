import type { Columns } from './columns.ts';
import type { Journey } from './journey.ts';
import type { Label } from './label.ts';
import type { BandSpan, Mark, Ruler } from './lifeline.ts';
import { stacks } from './place-marks.ts';
import type { Apart } from './time-map.ts';
import { SIDES } from '../../../shared/scenario/sides.ts';

/** Distances that hold whatever the labels do. */
export function standing(
  found: readonly Journey[],
  labels: ReadonlyMap<string, Label>,
  spans: readonly BandSpan[],
  marks: readonly Mark[],
  rulers: readonly Ruler[],
  cols: Columns,
): readonly Apart[] {
  const apart: Apart[] = [];
  for (const side of SIDES) {
    const starts = spans.filter((span) => span.side === side);
    starts.slice(1).forEach((span, i) => {
      const before = starts[i];
      if (before) apart.push({ fromMs: before.fromMs, toMs: span.fromMs, px: cols.bandPx(before.state) });
    });

    const groups = stacks(marks.filter((mark) => mark.side === side));
    groups.slice(1).forEach((group, i) => {
      const before = groups[i];
      if (!before || !group[0] || !before[0]) return;
      apart.push({ fromMs: before[0].item.ms, toMs: group[0].item.ms, px: before.length * cols.markPx + 2 });
    });

    // Lines that meet the same lifeline one after the other leave room for what is written on the later.
    const touching = found
      .flatMap((journey) => {
        const leaves = journey.from === side && journey.kind !== 'emerged';
        const ends = journey.ways.filter(({ ending }) => ending === 'arrived' || ending === 'unknown');
        const arrives =
          journey.from === side || journey.kind === 'blocked' ? [] : ends.map((way) => way.points.at(-1));
        const h = labels.get(journey.key)?.h ?? 0;
        return [
          ...(leaves ? [{ ms: journey.startMs, leaves: true, h, journey }] : []),
          ...arrives.flatMap((end) => (end ? [{ ms: end.ms, leaves: false, h, journey }] : [])),
        ];
      })
      .sort((a, b) => a.ms - b.ms);
    touching.slice(1).forEach((event, i) => {
      const before = touching[i];
      if (!before || before.journey === event.journey) return;
      const same = before.leaves === event.leaves;
      // Out of the fog it comes from above, and what went into the fog before it hangs down.
      const fog = event.journey.kind === 'emerged' && event.journey.ways[0]?.ending === 'unknown';
      const px =
        fog && before.leaves
          ? cols.fogDropPx * 1.4 + event.h + 8
          : same || event.leaves
            ? event.h + 8
            : Math.max(16, event.h * 0.6);
      apart.push({ fromMs: before.ms, toMs: event.ms, px });
    });
  }

  for (const journey of found) {
    for (const way of journey.ways) {
      const end = way.points.at(-1);
      if (!end || end.ms <= journey.startMs) continue;
      const least = cols.dropPx * 0.55 * Math.max(0.3, end.at);
      apart.push({ fromMs: journey.startMs, toMs: end.ms, px: least });
    }
  }
  rulers.slice(1).forEach((ruler, i) => {
    const before = rulers[i];
    if (before) apart.push({ fromMs: before.item.ms, toMs: ruler.item.ms, px: cols.rowPx });
  });
  return apart;
}
