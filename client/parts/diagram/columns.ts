import type { State } from '../../../shared/tcp/state.ts';
import { ADVANCE } from './label.ts';
import type { DiagramLens } from './lens.ts';

/** Where things stand on a sheet of a given width; px. */
export interface Columns {
  readonly width: number;
  readonly clientX: number;
  readonly serverX: number;
  /** Distance between the lifelines. */
  readonly widePx: number;
  /** The bands lie outside the lifelines, the marks outside the bands. */
  readonly bandW: number;
  readonly markW: Readonly<Record<'client' | 'server', number>>;
  /** States' names stand upright, or run down the band. */
  readonly upright: boolean;
  readonly font: number;
  /** Widest that a label should be, and between which x it may stand. */
  readonly labelPx: number;
  readonly labelSpan: readonly [number, number];
  readonly topPx: number;
  /** What a flight of the usual length falls. */
  readonly dropPx: number;
  readonly idlePx: number;
  readonly rowPx: number;
  readonly markPx: number;
  /** How much of the way an end sees before the fog, as a share; and what its lines fall in it. */
  readonly seen: number;
  readonly fogDropPx: number;
  /** Least height of a state's band, so that its name fits. */
  readonly bandPx: (state: State) => number;
}

export function columns(lens: DiagramLens, width: number): Columns {
  const size = width < 520 ? 'narrow' : width < 900 ? 'medium' : 'wide';
  const pick = (narrow: number, medium: number, wide: number) =>
    size === 'narrow' ? narrow : size === 'medium' ? medium : wide;
  const end = lens === 'client' || lens === 'server';
  const font = pick(11.5, 13.5, 14);
  const upright = size === 'wide' && lens !== 'link';
  const bandW = lens === 'link' ? 6 : upright ? 116 : pick(18, 20, 0);
  const near = lens === 'link' ? 10 : end ? pick(70, 92, 110) : pick(26, 88, 110);
  const far = end ? pick(6, 20, 40) : near;
  const markW = {
    client: lens === 'server' ? far : near,
    server: lens === 'client' ? far : near,
  };
  const bandOf = (side: 'client' | 'server') => (end && lens !== side ? 8 : bandW);
  const clientX = markW.client + bandOf('client') + 2;
  const serverX = width - markW.server - bandOf('server') - 2;
  const widePx = serverX - clientX;
  const seen = end ? 0.9 : 1;
  const labelPx = widePx * (end ? 0.76 : 0.88);
  const labelSpan: readonly [number, number] =
    lens === 'client'
      ? [clientX + 6, clientX + widePx * 0.8]
      : lens === 'server'
        ? [clientX + widePx * 0.2, serverX - 6]
        : [clientX + 6, serverX - 6];
  return {
    width,
    clientX,
    serverX,
    widePx,
    bandW,
    markW,
    upright,
    font,
    labelPx,
    labelSpan,
    topPx: 14,
    dropPx: pick(40, 44, 48),
    idlePx: 64,
    rowPx: Math.round(font * 1.42) + 6,
    markPx: 24,
    seen,
    fogDropPx: pick(18, 24, 30),
    bandPx: (state) => (lens === 'link' ? 2 : upright ? 24 : state.length * font * ADVANCE + 14),
  };
}
