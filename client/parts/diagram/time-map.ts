/** Time that the diagram does not draw to scale, because nothing happens in it. */
export interface Break {
  readonly fromMs: number;
  readonly toMs: number;
  readonly y: number;
}

/** From virtual time to the diagram's height: monotone, and straight between two events. */
export interface TimeMap {
  readonly yOf: (ms: number) => number;
  readonly msOf: (y: number) => number;
  readonly breaks: readonly Break[];
  /** Height of the last event. */
  readonly lastY: number;
}

/** `toMs` lies at least `px` lower than `fromMs`. Both are events; `fromMs` is the earlier. */
export interface Apart {
  readonly fromMs: number;
  readonly toMs: number;
  readonly px: number;
}

interface Options {
  readonly topY: number;
  readonly pxPerMs: number;
  /** A stretch that would be taller than this is drawn `idlePx` high, with a break. */
  readonly longestPx: number;
  readonly idlePx: number;
}

/** Two events are never drawn at the same height. */
const LEAST_PX = 2;

/** The lowest heights at which every event is below the one before and all of `apart` holds. */
export function timeMap(events: readonly number[], apart: readonly Apart[], options: Options): TimeMap {
  const times = [...new Set(events)].sort((a, b) => a - b);
  const index = new Map(times.map((ms, i) => [ms, i]));
  const above = times.map((): { from: number; px: number }[] => []);
  for (const { fromMs, toMs, px } of apart) {
    const from = index.get(fromMs);
    const to = index.get(toMs);
    if (from !== undefined && to !== undefined && from < to) above[to]?.push({ from, px });
  }

  const ys: number[] = [];
  const breaks: Break[] = [];
  times.forEach((ms, i) => {
    if (i === 0) {
      ys.push(options.topY);
      return;
    }
    const beforeMs = times[i - 1] ?? ms;
    const beforeY = ys[i - 1] ?? options.topY;
    const trueRise = (ms - beforeMs) * options.pxPerMs;
    const idle = trueRise > options.longestPx;
    let y = beforeY + Math.max(LEAST_PX, idle ? options.idlePx : trueRise);
    for (const { from, px } of above[i] ?? []) y = Math.max(y, (ys[from] ?? 0) + px);
    ys.push(y);
    // The first stretch, before anything has happened, needs no apology. One that is tall anyway is no break.
    if (idle && i > 1 && y - beforeY < trueRise) {
      breaks.push({ fromMs: beforeMs, toMs: ms, y: beforeY + (y - beforeY) * 0.4 });
    }
  });

  const lastMs = times.at(-1) ?? 0;
  const lastY = ys.at(-1) ?? options.topY;
  const after = (ms: number) => lastY + Math.min((ms - lastMs) * options.pxPerMs, options.idlePx);
  const yOf = (ms: number): number => {
    if (times.length === 0 || ms >= lastMs) return after(Math.max(ms, lastMs));
    const i = lastAtMost(times, ms);
    if (i < 0) return options.topY;
    return between(ms, times[i] ?? 0, times[i + 1] ?? 0, ys[i] ?? 0, ys[i + 1] ?? 0);
  };
  const msOf = (y: number): number => {
    if (times.length === 0 || y >= lastY) return lastMs + Math.max(0, y - lastY) / options.pxPerMs;
    const i = lastAtMost(ys, y);
    if (i < 0) return times[0] ?? 0;
    return between(y, ys[i] ?? 0, ys[i + 1] ?? 0, times[i] ?? 0, times[i + 1] ?? 0);
  };
  return { yOf, msOf, breaks, lastY };
}

function between(value: number, a: number, b: number, atA: number, atB: number): number {
  return b > a ? atA + ((value - a) / (b - a)) * (atB - atA) : atA;
}

/** Index of the last element that is not above `value` in a sorted list; -1 if there is none. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
