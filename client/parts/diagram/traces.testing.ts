import type { AppCall, Side } from '../../../shared/scenario/types.ts';
import type { Touch } from '../../../shared/table/command.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import type { LossReason } from '../../../shared/link/fate.ts';
import { ACK, FIN, PSH, RST, SYN, URG } from '../../../shared/tcp/segment.ts';
import type { Segment } from '../../../shared/tcp/segment.ts';
import type { State } from '../../../shared/tcp/state.ts';
import type { Fault, Verdict } from '../../../shared/tcp/verdict.ts';
import type { DiagramLens } from './lens.ts';
import { other } from '../../../shared/scenario/sides.ts';

const BITS: Readonly<Record<string, number>> = { S: SYN, F: FIN, R: RST, P: PSH, '.': ACK, U: URG };
export function segment(flags: string, seq: number, ack = 0, text = ''): Segment {
  const bits = [...flags].reduce((sum, letter) => sum | (BITS[letter] ?? 0), 0);
  return { seq, ack, flags: bits, wnd: 64240, dataOctets: text.length, ...(text && { text }) };
}

export const wrong = (...faults: readonly Fault[]): Verdict => ({
  verdict: 'wrong',
  why: 'other' as Verdict['why'],
  causes: [],
  faults,
});

interface Fortune {
  readonly delayMs?: number;
  readonly lost?: LossReason | 'corrupt';
  readonly copyMs?: number;
  readonly again?: boolean;
  readonly verdict?: Verdict;
}

/** Writes a trace as one would tell it; everything that arrives is put in its place. */
export class Story {
  readonly #items: TraceItem[] = [];
  readonly #counts: Record<Side, number> = { client: 0, server: 0 };
  readonly #states: Record<Side, State> = { client: 'CLOSED', server: 'CLOSED' };

  call(ms: number, side: Side, call: AppCall): this {
    return this.add({ ms, kind: 'called', side, call });
  }

  state(ms: number, side: Side, is: State): this {
    const was = this.#states[side];
    this.#states[side] = is;
    return this.add({ ms, kind: 'state', side, was, is });
  }

  send(ms: number, side: Side, seg: Segment, fortune: Fortune = {}): this {
    const { delayMs = 1500, lost, copyMs, again = false, verdict } = fortune;
    const id = `${side.charAt(0)}${++this.#counts[side]}`;
    this.add({ ms, kind: 'sent', side, id, seg, again, by: 'player', ...(verdict && { verdict }) });
    if (lost === 'corrupt') this.add({ ms: ms + delayMs, kind: 'lost', from: side, id, seg, why: lost });
    else if (lost !== undefined) this.add({ ms, kind: 'lost', from: side, id, seg, why: lost });
    else this.#arrive(ms, ms + delayMs, side, id, seg);
    if (copyMs !== undefined) this.#arrive(ms, ms + copyMs, side, id, seg);
    return this;
  }

  /** Sent, and touched by the link before it arrives; what comes of it is told by `then`. */
  touched(
    ms: number,
    side: Side,
    seg: Segment,
    touches: readonly (readonly [number, Touch])[],
    arrivesMs: number | null,
  ): this {
    const id = `${side.charAt(0)}${++this.#counts[side]}`;
    this.add({ ms, kind: 'sent', side, id, seg, again: false, by: 'player' });
    for (const [at, touch] of touches)
      this.add({ ms: at, kind: 'touch', id, from: side, touch, by: 'player' });
    const dropped = touches.find(([, touch]) => touch === 'drop');
    if (dropped) this.add({ ms: dropped[0], kind: 'lost', from: side, id, seg, why: 'touch' });
    else if (arrivesMs !== null) this.#arrive(ms, arrivesMs, side, id, seg);
    return this;
  }

  blocked(ms: number, side: Side, seg: Segment, ...faults: readonly Fault[]): this {
    return this.add({ ms, kind: 'blocked', side, seg, verdict: wrong(...faults) });
  }

  timer(ms: number, side: Side, timer: 'rto' | 'time-wait' = 'rto'): this {
    return this.add({ ms, kind: 'timer', side, timer });
  }

  add(item: TraceItem): this {
    this.#items.push(item);
    return this;
  }

  #arrive(sentMs: number, ms: number, from: Side, id: string, seg: Segment): void {
    this.add({ ms, kind: 'arrived', side: other(from), id, seg, sentMs });
  }

  /** What a seat would have of it: an end knows nothing of the far side. */
  trace(lens: DiagramLens = 'full'): readonly TraceItem[] {
    const inOrder = this.#items
      .map((item, i) => ({ item, i }))
      .sort((a, b) => a.item.ms - b.item.ms || a.i - b.i)
      .map(({ item }) => item);
    if (lens === 'full' || lens === 'link') return inOrder;
    return inOrder.flatMap((item): TraceItem[] => {
      if (!('side' in item) || item.side !== lens) return [];
      if (item.kind !== 'arrived') return [item];
      return [{ ms: item.ms, kind: 'arrived', side: item.side, seg: item.seg }];
    });
  }
}

/** The handshake with its second segment lost, data both ways, a close in four with the last ACK lost. */
export function wholeLife(): Story {
  return new Story()
    .call(200, 'server', { call: 'listen' })
    .state(200, 'server', 'LISTEN')
    .call(1000, 'client', { call: 'connect' })
    .send(3200, 'client', segment('S', 100))
    .state(3200, 'client', 'SYN-SENT')
    .state(4700, 'server', 'SYN-RECEIVED')
    .send(8000, 'server', segment('S.', 300, 101), { lost: 'script' })
    .timer(15200, 'client')
    .send(17000, 'client', segment('S', 100), { again: true })
    .timer(20000, 'server')
    .send(22500, 'server', segment('S.', 300, 101), { again: true })
    .state(24000, 'client', 'ESTABLISHED')
    .blocked(26000, 'client', segment('.', 100, 301), fault('seq', 'M05', 100, 101))
    .send(28500, 'client', segment('.', 101, 301))
    .state(30000, 'server', 'ESTABLISHED')
    .call(31000, 'client', { call: 'write', text: 'hello' })
    .send(33000, 'client', segment('P.', 101, 301, 'hello'))
    .call(33200, 'server', { call: 'write', text: 'HTTP/1.1' })
    .send(33900, 'server', segment('P.', 301, 101, 'HTTP/1.1'))
    .send(37000, 'client', segment('.', 106, 309))
    .send(38000, 'server', segment('.', 309, 106))
    .call(42000, 'client', { call: 'close' })
    .send(43500, 'client', segment('F.', 106, 309))
    .state(43500, 'client', 'FIN-WAIT-1')
    .state(45000, 'server', 'CLOSE-WAIT')
    .send(47000, 'server', segment('.', 309, 107))
    .state(48500, 'client', 'FIN-WAIT-2')
    .call(50000, 'server', { call: 'close' })
    .send(51500, 'server', segment('F.', 309, 107))
    .state(51500, 'server', 'LAST-ACK')
    .state(53000, 'client', 'TIME-WAIT')
    .add({ ms: 54000, kind: 'label', side: 'client', label: 'CLOSED', verdict: wrong() })
    .send(55000, 'client', segment('.', 107, 310), { lost: 'loss' })
    .timer(63500, 'server')
    .send(64500, 'server', segment('F.', 309, 107), { again: true })
    .send(68000, 'client', segment('.', 107, 310), { again: true })
    .state(69500, 'server', 'CLOSED')
    .timer(86000, 'client', 'time-wait')
    .state(86000, 'client', 'CLOSED')
    .add({ ms: 86000, kind: 'ended' });
}

/** Everything that a link can do, in a few segments with long numbers. */
export function badLink(): Story {
  const [c, s] = [4294967290, 3735928559];
  return new Story()
    .state(0, 'client', 'ESTABLISHED')
    .state(0, 'server', 'ESTABLISHED')
    .send(1000, 'client', segment('P.', c, s, 'abcdefgh'), { delayMs: 4200 })
    .send(2200, 'client', segment('P.', 2, s, 'ijklmnop'), { delayMs: 1200 })
    .send(3800, 'server', segment('.', s, c), { delayMs: 1500 })
    .send(7000, 'server', segment('.', s, 10), { copyMs: 2600, delayMs: 1300 })
    .send(11000, 'client', segment('P.', 10, s, 'qrst'), { lost: 'corrupt' })
    .send(12000, 'server', segment('P.', s, 10, 'x'), { lost: 'limit' })
    .touched(
      15000,
      'client',
      segment('P.', 10, s, 'qrst'),
      [
        [15600, 'hold'],
        [19000, 'release'],
      ],
      20000,
    )
    .touched(16500, 'server', segment('P.', s, 10, 'x'), [[17400, 'drop']], null)
    .add({ ms: 21500, kind: 'cable', up: false })
    .send(22500, 'server', segment('P.', s, 14, 'x'), { lost: 'cable', again: true })
    .add({ ms: 24500, kind: 'cable', up: true })
    .send(30000, 'server', segment('P.', s, 14, 'x'), { again: true })
    .send(33000, 'client', segment('R', 14), { verdict: wrong(fault('flags', 'M17', 'RST', 'ACK')) })
    .state(33000, 'client', 'CLOSED')
    .state(34500, 'server', 'CLOSED');
}

/** Both ends at the same instant, twice. */
export function simultaneous(): Story {
  return new Story()
    .call(0, 'client', { call: 'connect' })
    .call(0, 'server', { call: 'connect' })
    .send(1000, 'client', segment('S', 1000))
    .send(1000, 'server', segment('S', 2000))
    .state(1000, 'client', 'SYN-SENT')
    .state(1000, 'server', 'SYN-SENT')
    .state(2500, 'client', 'SYN-RECEIVED')
    .state(2500, 'server', 'SYN-RECEIVED')
    .send(4000, 'client', segment('S.', 1000, 2001))
    .send(4000, 'server', segment('S.', 2000, 1001))
    .state(5500, 'client', 'ESTABLISHED')
    .state(5500, 'server', 'ESTABLISHED')
    .send(7000, 'client', segment('F.', 1001, 2001))
    .send(7300, 'server', segment('F.', 2001, 1001))
    .state(7000, 'client', 'FIN-WAIT-1')
    .state(7300, 'server', 'FIN-WAIT-1')
    .state(8500, 'server', 'CLOSING')
    .state(8800, 'client', 'CLOSING')
    .send(9500, 'server', segment('.', 2002, 1002))
    .send(9800, 'client', segment('.', 1002, 2002))
    .state(11000, 'client', 'TIME-WAIT')
    .state(11300, 'server', 'TIME-WAIT');
}

export function fault(
  field: Fault['field'],
  code: Fault['code'],
  given: number | string,
  needed: number | string,
): Fault {
  return { field, code, given, needed, section: '3.4' };
}
