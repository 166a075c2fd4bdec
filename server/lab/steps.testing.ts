import { parse } from '../../shared/tcp/notation.ts';
import { flagNames } from '../../shared/tcp/segment.ts';
import { seqAdd } from '../../shared/tcp/seq.ts';
import { traceSteps } from './trace/trace.ts';

/** A line of `lab trace`'s output. */
export interface Told {
  readonly state?: string;
  readonly snd_una?: number | null;
  readonly snd_nxt?: number | null;
  readonly rcv_nxt?: number | null;
  readonly verdict?: string;
  readonly faults?: readonly { field: string; code: string }[];
  readonly error?: string;
}

async function* lines(steps: readonly string[]): AsyncGenerator<string> {
  yield* steps;
}

export async function run(steps: readonly string[]): Promise<{ status: number; told: Told[] }> {
  const told: Told[] = [];
  const status = await traceSteps(lines(steps), (line) => told.push(JSON.parse(line) as Told));
  return { status, told };
}

/** How far our numbers and the peer's are moved round the circle. */
export interface Shift {
  readonly ours: number;
  readonly theirs: number;
}

/** `> S 0` and `< S. 0 ack 1` as steps; `connect`, `write 11`, `timer rto`; a line of JSON as it is. */
export function stepOf(text: string, { ours, theirs }: Shift = { ours: 0, theirs: 0 }): string {
  if (text.startsWith('{')) return text;
  const [first = '', ...rest] = text.split(' ');
  if (first === 'timer') return JSON.stringify({ timer: rest[0] });
  if (first !== '>' && first !== '<') {
    return JSON.stringify({ app: first, ...(rest[0] !== undefined && { octets: Number(rest[0]) }) });
  }
  const typed = parse(rest.join(' '));
  if (!typed.ok) throw new Error(`${text}: ${typed.error.code}`);
  const { flags, seq, ack, dataOctets, wnd } = typed.value;
  const out = first === '>';
  return JSON.stringify({
    dir: out ? 'out' : 'in',
    flags: flagNames(flags),
    // What answers a stray without ACK begins at 0, wherever anybody counts from.
    seq: rest[0] === 'R.' && out && seq === 0 ? 0 : seqAdd(seq ?? 0, out ? ours : theirs),
    ack: ack === null ? null : seqAdd(ack, out ? theirs : ours),
    len: dataOctets,
    ...(wnd !== null && { win: wnd }),
  });
}
