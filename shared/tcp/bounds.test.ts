import { describe, expect, test } from 'vitest';
import { arrive } from './arrive.ts';
import { call } from './call.ts';
import type { End } from './end.ts';
import { newEnd } from './end.ts';
import { expect as expectDues } from './expect.ts';
import { judge } from './judge.ts';
import { play } from './script.testing.ts';
import { ACK, PSH } from './segment.ts';
import { sent } from './sent.ts';
import { seqAdd } from './seq.ts';

const MANY = 2100;

function times(n: number, end: End, step: (end: End, i: number) => End): End {
  for (let i = 0; i < n; i++) end = step(end, i);
  return end;
}

function write(end: End, octets: number): End {
  const called = call(end, { call: 'write', octets });
  if (!called.ok) throw new Error(called.error.code);
  return called.value;
}

const data = (seq: number, dataOctets: number, ack: number, flags = ACK | PSH) => ({
  seq,
  ack,
  flags,
  wnd: 65535,
  dataOctets,
});

const established = (): End =>
  play(`
    iss 100 wnd 1000000
    connect
    > S 100
    < S. 300 ack 101
    > . 101 ack 301`);

describe('an end that lives long, and one to whom somebody means ill, stay small', () => {
  test('what one ACK answers is one cause: the oldest id, the newest segment', () => {
    const end = times(MANY, established(), (e, i) => arrive(e, data(301 + i, 1, 101)));
    expect(end.causes).toHaveLength(1);
    expect(end.causes[0]).toMatchObject({ id: 3, need: 'ack', why: 'ack', seg: { seq: 300 + MANY } });
    const last = data(101, 0, 301 + MANY, ACK);
    expect(judge(end, last, { app: 'scripted' })).toMatchObject({ verdict: 'due', causes: [3] });
    expect(sent(end, last).causes).toEqual([]);
  });

  test('an ACK that may be left out, joined by one that may not, is owed', () => {
    const open = play(`
      connect
      > S 100
      < S 300
      > S. 100 ack 301
      < S. 300 ack 101`);
    expect(expectDues(open)).toMatchObject([{ why: 'simultaneous-ack', optional: true }]);
    const more = arrive(open, data(301, 5, 101));
    expect(more.causes).toHaveLength(1);
    expect(expectDues(more)).toMatchObject([{ why: 'ack', optional: false }]);
    // And the other way round: what is owed stays owed.
    const less = arrive(more, data(300, 0, 101, ACK));
    expect(expectDues(less)).toMatchObject([{ optional: false }]);
  });

  test('a SYN that comes again and again', () => {
    const end = play(`
      listen
      < S 300
      > S. 100 ack 301`);
    const syn = { seq: 300, ack: 0, flags: 2, wnd: 65535, dataOctets: 0 };
    expect(times(MANY, end, (e) => arrive(e, syn)).causes).toHaveLength(1);
  });

  test('each stray calls for a RST of its own, the newest few hundred of them', () => {
    const closed = newEnd({ iss: 1, rcvWnd: 1000, mss: 10 });
    const end = times(MANY, closed, (e, i) => arrive(e, data(7, 0, 1000 + i, ACK)));
    expect(end.causes).toHaveLength(256);
    expect(expectDues(end).map((due) => due.seq)).toContain(999 + MANY);
    const answered = times(256, end, (e) => {
      const due = expectDues(e)[0];
      return sent(e, { seq: due?.seq ?? 0, ack: 0, flags: 4, wnd: 0, dataOctets: 0 });
    });
    expect(answered.causes).toEqual([]);
  });

  test('writes that wait are causes of their own up to a point, and all of their octets count', () => {
    const end = times(MANY, established(), (e) => write(e, 2));
    expect(end.causes).toHaveLength(64);
    expect(end.queued).toBe(2 * MANY);
    const half = sent(end, data(101, 1000, 301));
    expect(half.causes).toHaveLength(1);
    const all = sent(half, data(1101, 2 * MANY - 1000, 301));
    expect(all.causes).toEqual([]);
  });

  test('a retransmission queue of many pieces is put together, text and all', () => {
    const text = (i: number): string => String.fromCharCode(97 + (i % 26));
    const end = times(MANY, established(), (e, i) => {
      const called = call(e, { call: 'write', octets: 1, text: text(i) });
      if (!called.ok) throw new Error(called.error.code);
      return sent(called.value, data(seqAdd(101, i), 1, 301));
    });
    expect(end.unacked.length).toBeLessThanOrEqual(64);
    expect(end.unacked.map((range) => range.text).join('')).toBe(
      Array.from({ length: MANY }, (_, i) => text(i)).join(''),
    );
    const acked = arrive(end, data(301, 0, 101 + 30, ACK));
    expect(acked.unacked[0]).toMatchObject({ seq: 131, flags: 0 });
    expect(acked.unacked[0]?.text?.slice(0, 4)).toBe('efgh');
  });

  test('pieces past gaps are put together where they touch, and the furthest are forgotten', () => {
    const touching = times(MANY, established(), (e, i) => arrive(e, data(311 + i, 1, 101)));
    expect(touching.held.length).toBeLessThanOrEqual(64);
    expect(arrive(touching, data(301, 10, 101)).tcb.rcv.nxt).toBe(311 + MANY);

    const pieces = Array.from({ length: 2040 }, (_, i) => ({ seq: 311 + 2 * i, dataOctets: 1, fin: false }));
    const apart = times(20, { ...established(), held: pieces }, (e, i) =>
      arrive(e, data(4391 + 2 * i, 1, 101)),
    );
    expect(apart.held).toHaveLength(2048);
    expect(apart.held.at(-1)).toMatchObject({ seq: 4405 });
    expect(arrive(apart, data(301, 10, 101)).tcb.rcv.nxt).toBe(312);

    // Overlapping, one inside another, and the FIN at the end of the last.
    const fin = arrive(touching, data(311 + MANY, 5, 101, ACK | 1));
    const inside = arrive(arrive(fin, data(400, 300, 101)), data(310 + MANY, 2, 101));
    expect(arrive(inside, data(301, 10, 101))).toMatchObject({
      state: 'CLOSE-WAIT',
      tcb: { rcv: { nxt: 317 + MANY } },
    });
  });
});
