import { ACK, FLAGS } from '../../../shared/tcp/segment.ts';
import type { FlagName, Segment } from '../../../shared/tcp/segment.ts';
import type { Fault, Field } from '../../../shared/tcp/verdict.ts';

/** A flag's chip, or one `name=number`. */
export type Piece =
  | {
      readonly kind: 'chip';
      readonly flag: FlagName;
      readonly letter: string;
      readonly x: number;
      readonly w: number;
    }
  | {
      readonly kind: 'number';
      readonly name: 'seq' | 'ack' | 'len';
      readonly value: string;
      readonly x: number;
      readonly w: number;
      /** The judge found fault with it. */
      readonly fault: boolean;
    };

export interface LabelRow {
  readonly pieces: readonly Piece[];
  readonly w: number;
}

/** A segment's label, laid out in as few rows as fit a width; px, from its own top left corner. */
export interface Label {
  readonly rows: readonly LabelRow[];
  readonly w: number;
  readonly h: number;
  readonly rowH: number;
}

/** Advance of a figure in the monospaced faces of the tokens, as a share of the font's size. */
export const ADVANCE = 0.605;
const LETTER: Readonly<Record<FlagName, string>> = {
  SYN: 'S',
  FIN: 'F',
  RST: 'R',
  PSH: 'P',
  ACK: 'A',
  URG: 'U',
  ECE: 'E',
  CWR: 'C',
};

/**
 * `S A  seq=300 ack=101 len=0` in one row, two or three, whichever is the first that is no wider than
 * `roomPx`.
 */
export function labelOf(seg: Segment, fontPx: number, roomPx: number, faults: readonly Fault[] = []): Label {
  const faulty = (field: Field) => faults.some((fault) => fault.field === field);
  const chipW = Math.round(fontPx * 1.2);
  const chips = FLAGS.filter(([, bit]) => seg.flags & bit).map(([flag]): Unplaced => {
    return { kind: 'chip', flag, letter: LETTER[flag], w: chipW };
  });
  const number = (name: 'seq' | 'ack' | 'len', value: number, fault: boolean): Unplaced => ({
    kind: 'number',
    name,
    value: String(value),
    w: (name.length + 1 + String(value).length) * fontPx * ADVANCE,
    fault,
  });
  const seq = number('seq', seg.seq, faulty('seq'));
  const acks = seg.flags & ACK || seg.ack !== 0 ? [number('ack', seg.ack, faulty('ack'))] : [];
  const len = number('len', seg.dataOctets, faulty('data'));

  const cuts = [
    [[...chips, seq, ...acks, len]],
    [
      [...chips, seq],
      [...acks, len],
    ],
    [[...chips, len], [seq], acks],
  ];
  let best: Label | null = null;
  for (const cut of cuts) {
    const label = place(
      cut.filter((row) => row.length > 0),
      fontPx,
    );
    if (best === null || label.w < best.w) best = label;
    if (label.w <= roomPx) break;
  }
  return best ?? place([], fontPx);
}

type Unplaced = Piece extends infer P ? (P extends Piece ? Omit<P, 'x'> : never) : never;

function place(rows: readonly (readonly Unplaced[])[], fontPx: number): Label {
  const placed = rows.map((row): LabelRow => {
    let x = 0;
    const pieces = row.map((piece, i): Piece => {
      const before = row[i - 1];
      if (before) x += before.kind === 'chip' && piece.kind === 'chip' ? fontPx * 0.16 : fontPx * 0.55;
      const at = { ...piece, x };
      x += piece.w;
      return at;
    });
    return { pieces, w: x };
  });
  const rowH = Math.round(fontPx * 1.42);
  return { rows: placed, w: Math.max(0, ...placed.map(({ w }) => w)), h: rowH * placed.length, rowH };
}
