import type { Lesson, Side } from '../scenario/types.ts';
import { ACK, FIN, PSH, RST, SYN, has } from '../tcp/segment.ts';
import { seqAdd, seqLe, seqLt } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';
import type { Happening } from './happening.ts';
import { SIDES, other } from '../scenario/sides.ts';

type Of<K extends Happening['kind']> = Extract<Happening, { kind: K }>;

/** What can be learned from a table, read off what happened there and not off what was meant to. */
export function lessonsOf(history: readonly Happening[]): Set<Lesson> {
  return new Set((Object.keys(TAUGHT) as Lesson[]).filter((lesson) => TAUGHT[lesson](history)));
}

const TAUGHT: Readonly<Record<Lesson, (history: readonly Happening[]) => boolean>> = {
  handshake: (h) =>
    SIDES.some(
      (side) =>
        entered(h, side, 'SYN-SENT', 'ESTABLISHED') && entered(h, other(side), 'SYN-RECEIVED', 'ESTABLISHED'),
    ),
  'simultaneous-open': (h) => SIDES.every((side) => entered(h, side, 'SYN-SENT', 'SYN-RECEIVED')),
  data: (h) => h.some((it) => it.kind === 'arrived' && it.seg.dataOctets > 0),
  'cumulative-ack': (h) => SIDES.some((side) => acknowledgesSeveral(h, side)),
  'out-of-order': (h) => all(h, 'arrived').some((it) => aheadOfOthers(h, it)),
  'duplicate-ack': (h) =>
    SIDES.some((side) => {
      const acks = all(h, 'sent')
        .filter((it) => it.side === side && isPureAck(it))
        .map(({ seg }) => `${seg.seq} ${seg.ack}`);
      return new Set(acks).size < acks.length;
    }),
  loss: (h) => h.some(({ kind }) => kind === 'lost'),
  retransmission: (h) =>
    all(h, 'timer').some(({ timer }) => timer === 'rto') && all(h, 'sent').some(({ again }) => again),
  'four-segment-close': (h) =>
    SIDES.some(
      (side) => entered(h, side, 'FIN-WAIT-1', 'FIN-WAIT-2') && entered(h, side, 'FIN-WAIT-2', 'TIME-WAIT'),
    ),
  'three-segment-close': (h) => SIDES.some((side) => entered(h, side, 'FIN-WAIT-1', 'TIME-WAIT')),
  'half-close': (h) =>
    all(h, 'arrived').some((it) => it.seg.dataOctets > 0 && stateAt(h, it.side, it) === 'FIN-WAIT-2'),
  'simultaneous-close': (h) =>
    SIDES.every((side) => h.some((it) => it.kind === 'state' && it.side === side && it.is === 'CLOSING')),
  'time-wait': (h) => all(h, 'timer').some(({ timer }) => timer === 'time-wait'),
  'time-wait-restart': (h) =>
    all(h, 'arrived').some((it) => has(it.seg, FIN) && stateAt(h, it.side, it) === 'TIME-WAIT'),
  reset: (h) => all(h, 'arrived').some(({ seg }) => has(seg, RST)),
  'challenge-ack': (h) =>
    all(h, 'arrived').some((it) => {
      if (!has(it.seg, SYN) || stateAt(h, it.side, it) !== 'ESTABLISHED') return false;
      const answer = all(h.slice(h.indexOf(it)), 'sent').find(({ side }) => side === it.side);
      return answer !== undefined && isPureAck(answer);
    }),
  'old-duplicate': (h) =>
    all(h, 'arrived').some((it) => {
      const listens = all(h.slice(0, h.indexOf(it)), 'called').filter(
        ({ side, call }) => side === it.side && call.call === 'listen',
      );
      return listens.some(({ ms }) => ms > it.sentMs);
    }),
  wraparound: (h) =>
    SIDES.every((side) => {
      const seqs = all(h, 'sent')
        .filter((it) => it.side === side)
        .map(({ seg }) => seg.seq);
      return seqs.some((seq, i) => i > 0 && seq < 2 ** 16 && (seqs[i - 1] ?? 0) > 2 ** 32 - 2 ** 16);
    }),
  'full-backlog': (h) =>
    all(h, 'arrived').some(
      (it) =>
        isSyn(it) &&
        stateAt(h, it.side, it) === 'LISTEN' &&
        backlogAt(h, it.side, it) === 'full' &&
        !all(untilNext(h, it), 'sent').some(({ side }) => side === it.side) &&
        entered(h, it.side, 'SYN-RECEIVED', 'ESTABLISHED'),
    ),
  'syn-cookies': (h) =>
    SIDES.some(
      (side) =>
        entered(h, side, 'LISTEN', 'ESTABLISHED') &&
        all(h, 'sent').some(
          (it) => it.side === side && it.verdict.why === 'syn-cookie' && backlogAt(h, side, it) === 'cookies',
        ),
    ),
  'zero-window': (h) =>
    all(h, 'sent').some((probe) => {
      const after = all(h.slice(h.indexOf(probe)), 'arrived').filter(({ side }) => side === probe.side);
      const shut = all(h.slice(0, h.indexOf(probe)), 'arrived').findLast(({ side }) => side === probe.side);
      return probe.verdict.why === 'probe' && shut?.seg.wnd === 0 && after.some(({ seg }) => seg.wnd > 0);
    }),
};

function all<K extends Happening['kind']>(history: readonly Happening[], kind: K): Of<K>[] {
  return history.filter((it): it is Of<K> => it.kind === kind);
}

function entered(history: readonly Happening[], side: Side, was: State, is: State): boolean {
  return all(history, 'state').some((it) => it.side === side && it.was === was && it.is === is);
}

/** The state in which a side was just before something happened; null if it never had another. */
function stateAt(history: readonly Happening[], side: Side, moment: Happening): State | null {
  const before = all(history.slice(0, history.indexOf(moment)), 'state').filter((it) => it.side === side);
  const after = all(history.slice(history.indexOf(moment)), 'state').find((it) => it.side === side);
  return before.at(-1)?.is ?? after?.was ?? 'ESTABLISHED';
}

function isSyn({ seg }: Of<'arrived'>): boolean {
  return has(seg, SYN) && !has(seg, ACK);
}

/** What a listener could do with a SYN at that moment. */
function backlogAt(
  history: readonly Happening[],
  side: Side,
  moment: Happening,
): 'room' | 'full' | 'cookies' {
  const last = all(history.slice(0, history.indexOf(moment)), 'backlog').findLast((it) => it.side === side);
  if (!last || last.halfOpen < last.slots) return 'room';
  return last.cookies ? 'cookies' : 'full';
}

/** What happens until the same side's next arrival. */
function untilNext(history: readonly Happening[], arrival: Of<'arrived'>): readonly Happening[] {
  const rest = history.slice(history.indexOf(arrival) + 1);
  const next = rest.findIndex((it) => it.kind === 'arrived' && it.side === arrival.side);
  return next < 0 ? rest : rest.slice(0, next);
}

function isPureAck({ seg }: Of<'sent'>): boolean {
  return (seg.flags & ~PSH) === ACK && seg.dataOctets === 0;
}

/** Whether a segment with data arrives before one that the peer sent earlier and that has not arrived yet. */
function aheadOfOthers(history: readonly Happening[], late: Of<'arrived'>): boolean {
  if (late.seg.dataOctets === 0) return false;
  const before = history.slice(0, history.indexOf(late));
  const arrived = new Set(
    all(before, 'arrived')
      .filter(({ side }) => side === late.side)
      .map(({ seg }) => seg.seq),
  );
  return all(before, 'sent').some(
    ({ side, seg, ms }) =>
      side !== late.side &&
      ms < late.sentMs &&
      seg.dataOctets > 0 &&
      seqLt(seg.seq, late.seg.seq) &&
      !arrived.has(seg.seq),
  );
}

/** Whether one arriving ACK is the first to cover two or more segments of data. */
function acknowledgesSeveral(history: readonly Happening[], side: Side): boolean {
  const waiting = new Map<number, number>();
  for (const it of history) {
    if (it.kind === 'sent' && it.side === side && it.seg.dataOctets > 0)
      waiting.set(it.seg.seq, seqAdd(it.seg.seq, it.seg.dataOctets));
    if (it.kind !== 'arrived' || it.side !== side || !has(it.seg, ACK)) continue;
    const covered = [...waiting].filter(([, end]) => seqLe(end, it.seg.ack));
    if (covered.length > 1) return true;
    for (const [seq] of covered) waiting.delete(seq);
  }
  return false;
}
