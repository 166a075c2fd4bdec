import fc from 'fast-check';
import { describe, expect as expectThat, test } from 'vitest';
import { fill, fits } from './due.ts';
import type { Due } from './due.ts';
import type { End } from './end.ts';
import { expect } from './expect.ts';
import { mayMove } from './figure-5.testing.ts';
import { hint } from './hint.ts';
import { inferCalls } from './infer.ts';
import { judge, judgeLabel, judgeNothing } from './judge.ts';
import { STRANGER, numbers, play, steps } from './play.testing.ts';
import { ACK, FIN, PSH, RST, SYN } from './segment.ts';
import type { Segment } from './segment.ts';
import { isSeq, seqAdd, seqDiff, seqLe } from './seq.ts';
import { STATES } from './state.ts';
import type { Field, Verdict } from './verdict.ts';

const isses = fc.tuple(numbers, numbers);
const runs = { numRuns: 250 };
const scripted = { app: 'scripted' } as const;

/** Every end that comes up in a play. */
function endsOf(first: readonly [number, number], script: Parameters<typeof play>[1]): End[] {
  return play(first, script).map(({ after }) => after);
}

describe('laws that hold for every end', { timeout: 60_000 }, () => {
  test('every move is in Figure 5 of RFC 9293, or in its text', () => {
    fc.assert(
      fc.property(isses, steps, (first, script) => {
        for (const { name, before, after } of play(first, script)) {
          expectThat(mayMove(before.state, after.state), `${name}: ${before.state} to ${after.state}`).toBe(
            true,
          );
        }
      }),
      runs,
    );
  });

  test('an end survives JSON, and its numbers stay in order', () => {
    fc.assert(
      fc.property(isses, steps, (first, script) => {
        for (const end of endsOf(first, script)) {
          expectThat(JSON.parse(JSON.stringify(end))).toEqual(end);
          const { snd, rcv } = end.tcb;
          expectThat(isSeq(snd.una) && isSeq(snd.nxt) && (rcv.nxt === null || isSeq(rcv.nxt))).toBe(true);
          expectThat(seqLe(snd.una, snd.nxt)).toBe(true);
          expectThat(end.queued).toBeGreaterThanOrEqual(0);
          expectThat(rcv.wnd).toBeGreaterThanOrEqual(0);
          const inQueue = end.unacked.reduce(
            (sum, r) => sum + r.dataOctets + (r.flags & SYN ? 1 : 0) + (r.flags & FIN),
            0,
          );
          const live = end.state !== 'CLOSED' && end.state !== 'LISTEN' && !end.abortCalled;
          if (live) expectThat(inQueue).toBe(seqDiff(snd.nxt, snd.una));
          if (end.timers.rto) expectThat(snd.una).not.toBe(snd.nxt);
        }
      }),
      runs,
    );
  });

  test('what is due is never judged wrong, and answers what it says it answers', () => {
    fc.assert(
      fc.property(isses, steps, (first, script) => {
        for (const end of endsOf(first, script)) {
          const dues = expect(end);
          const nothing = judgeNothing(end);
          expectThat(nothing.verdict === 'wrong').toBe(dues.some((due) => !due.optional));
          for (const due of dues) {
            const seg = fill(due);
            expectThat(fits(due, seg)).toBe(true);
            expectThat(judge(end, seg, scripted).verdict).toBe('due');
            expectThat(judge(end, seg, { app: 'free' }).verdict).not.toBe('wrong');
            expectThat(due.causes.length).toBeGreaterThan(0);
            for (const id of due.causes) expectThat(end.causes.some((cause) => cause.id === id)).toBe(true);
            expectThat(judge(end, { ...seg, flags: seg.flags ^ PSH, wnd: 7 }, scripted).verdict).toBe('due');
          }
        }
      }),
      runs,
    );
  });

  test('what is right when calls are told is right when they are not', () => {
    fc.assert(
      fc.property(isses, steps, fc.nat(), (first, script, pick) => {
        for (const end of endsOf(first, script)) {
          const seg = mutations(end)[pick % Math.max(1, mutations(end).length)]?.seg;
          if (!seg || judge(end, seg, scripted).verdict === 'wrong') continue;
          expectThat(judge(end, seg, { app: 'free' }).verdict).not.toBe('wrong');
          expectThat(inferCalls(end, seg).filter((c) => c.call !== 'abort')).toEqual([]);
        }
      }),
      runs,
    );
  });

  test('a due segment with one field changed is right by another rule, or wrong in that very field', () => {
    fc.assert(
      fc.property(isses, steps, (first, script) => {
        for (const end of endsOf(first, script)) {
          for (const { seg, field, due } of mutations(end)) {
            const verdict = judge(end, seg, scripted);
            if (verdict.verdict !== 'wrong') continue;
            const fields = verdict.faults.map((fault) => fault.field);
            if (isOneFieldFromAnother(end, due, seg, fields)) continue;
            expectThat(fields, `${JSON.stringify(seg)} for ${due.why} in ${end.state}`).toContain(field);
          }
        }
      }),
      runs,
    );
  });

  test('adding a constant to every number changes no verdict', () => {
    fc.assert(
      fc.property(isses, steps, numbers, (first, script, shift) => {
        const shifted: [number, number] = [seqAdd(first[0], shift), seqAdd(first[1], shift)];
        // The stranger's numbers hang on the ends' own, but for irs unknown: leave him out.
        const tame = script.filter(([kind]) => kind !== STRANGER);
        const ends = endsOf(first, tame);
        const moved = endsOf(shifted, tame);
        // The RST for a stray without ACK stands at 0, wherever the others are: that one cannot be moved
        // along.
        fc.pre(
          ![...ends, ...moved].some(({ newest }) => newest && newest.seg.flags & RST && newest.seg.seq === 0),
        );
        expectThat(moved.map((end) => end.state)).toEqual(ends.map((end) => end.state));
        ends.forEach((end, i) => {
          const far = moved[i];
          if (!far) throw new Error('one play is shorter');
          const dues = expect(end);
          // Beside one that stays at 0, what was changed may by chance be another right answer in one of the
          // two plays.
          if (dues.length > 1 && dues.some(staysAtZero)) return;
          const before = mutations(end);
          const after = mutations(far);
          before.forEach(({ seg }, j) => {
            const other = after[j];
            if (!other) throw new Error('one end owes less');
            expectThat(outline(judge(far, other.seg, scripted))).toEqual(outline(judge(end, seg, scripted)));
          });
        });
      }),
      { numRuns: 100, examples: [TWO_STRAYS] },
    );
  });

  test('a label is right for one state, or for two while a FIN or a RST waits', () => {
    fc.assert(
      fc.property(isses, steps, (first, script) => {
        for (const end of endsOf(first, script)) {
          const right = STATES.filter((state) => judgeLabel(end, state).verdict === 'due');
          expectThat(right).toContain(end.state);
          const between = end.abortCalled || (end.closeCalled && end.finSeq === null);
          if (!between) expectThat(right).toHaveLength(1);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('hints give a due segment away, one field at a time', () => {
    fc.assert(
      fc.property(isses, steps, (first, script) => {
        for (const end of endsOf(first, script)) {
          for (const due of expect(end)) {
            const given: Field[] = [];
            for (let next = hint(due, given); next; next = hint(due, given)) {
              expectThat(given).not.toContain(next.field);
              given.push(next.field);
            }
            expectThat(given).toContain('seq');
            expectThat(given.includes('ack')).toBe((due.flags.required & ACK) !== 0);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

/**
 * Owes two RSTs, one at 0 for a SYN and one at the number that a SYN,ACK acknowledges, which is 0 as well.
 */
const TWO_STRAYS: [[number, number], [number, number, number][], number] = [
  [4294967295, 0],
  [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [20, 0, 0],
    [0, 0, 18],
    [0, 0, 0],
    [6, 0, 0],
    [0, 0, 0],
    [6, 13, 0],
    [6, 3, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [6, 0, 2],
    [0, 0, 0],
    [8, 31, 0],
    [0, 0, 0],
    [7, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ],
  1,
];

/** The RST for a stray without ACK. */
function staysAtZero(due: Due): boolean {
  return due.why === 'rst-stray' && (due.flags.required & ACK) !== 0;
}

interface Mutation {
  readonly due: Due;
  readonly field: Field;
  readonly seg: Segment;
}

/** Every due segment, and each with one field changed. */
function mutations(end: End): Mutation[] {
  return expect(end).flatMap((due) => {
    const seg = fill(due);
    const changed: Mutation[] = [];
    for (const by of [1, -1, 1000, 0x80000000]) {
      changed.push({ due, field: 'seq', seg: { ...seg, seq: seqAdd(seg.seq, by) } });
      if (seg.flags & ACK) changed.push({ due, field: 'ack', seg: { ...seg, ack: seqAdd(seg.ack, by) } });
    }
    for (const bit of [SYN, FIN, RST, ACK]) {
      // With the ACK flag comes the number that belongs to it.
      const ack = seg.flags & ACK ? seg.ack : (due.ack ?? 0);
      changed.push({ due, field: 'flags', seg: { ...seg, ack, flags: seg.flags ^ bit } });
    }
    for (const by of [1, -1, 5000]) {
      const dataOctets = seg.dataOctets + by;
      if (dataOctets >= 0) changed.push({ due, field: 'data', seg: { ...seg, dataOctets } });
    }
    return changed;
  });
}

/**
 * Whether what was changed is as near to another right segment, and the fault is measured against that one.
 */
function isOneFieldFromAnother(end: End, due: Due, seg: Segment, fields: readonly Field[]): boolean {
  if (fields.length !== 1) return false;
  const [field] = fields;
  // A FIN that octets should precede is the FIN's fault, not theirs (M23).
  if (field === 'flags' && seg.flags & FIN && end.queued > 0) return true;
  const repaired: Segment[] = expect(end)
    .filter((other) => other !== due)
    .map((other) => {
      const right = fill(other);
      if (field === 'flags') return { ...seg, flags: right.flags };
      if (field === 'seq') return { ...seg, seq: right.seq };
      return field === 'ack' ? { ...seg, ack: right.ack } : { ...seg, dataOctets: right.dataOctets };
    });
  if (field === 'flags' && !(seg.flags & RST)) repaired.push({ ...seg, flags: ACK });
  if (field === 'data') repaired.push({ ...seg, dataOctets: 0 });
  // In TIME-WAIT a SYN,ACK may be meant for the SYN that would reopen the connection.
  if (field === 'ack' && end.newest) repaired.push({ ...seg, ack: seqAdd(end.newest.seg.seq, 1) });
  const { snd, iss } = end.tcb;
  if (field === 'seq') repaired.push(...[snd.nxt, snd.una, iss].map((seq) => ({ ...seg, seq })));
  return repaired.some((other) => judge(end, other, scripted).verdict !== 'wrong');
}

/**
 * A verdict without its numbers, and without the codes that look at them by themselves. The RST for a stray
 * without ACK stands at 0 wherever the others are, so there only the judgement is the same.
 */
function outline(verdict: Verdict): unknown {
  if (verdict.why === 'rst-stray') return verdict.verdict;
  return [
    verdict.verdict,
    verdict.why,
    verdict.causes,
    verdict.faults.map((fault) => [fault.field, fault.diff]),
  ];
}
