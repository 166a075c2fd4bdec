import { describe, expect, test } from 'vitest';
import { arrive } from './arrive.ts';
import { inWindow } from './in-window.ts';
import type { End } from './end.ts';
import { expect as expectDues } from './expect.ts';
import { play, segment } from './script.testing.ts';
import { ANSWERED, FIN_OUT, FLIGHT, HALF, HEARD, OPEN, SENT } from './stories.testing.ts';

const WAITING = `${HALF}\n< F. 301 ack 102\n> . 102 ack 302`;
const FIN_CAME = `${OPEN}\n< F. 301 ack 101\n> . 101 ack 302`;
const LAST = `${FIN_CAME}\nclose\n> F. 101 ack 302`;
const CLOSING = `${FIN_OUT}\n< F. 301 ack 101\n> . 102 ack 302`;
const SHUT = `wnd 10\n${OPEN}\nstop-reading\n< P. 301:311(10) ack 101\n> . 101 ack 311`;
const SMALL = `wnd 10\n${OPEN}`;

/** What becomes of a segment: the state, the outcome, octets delivered, and what it calls for. */
function becomes(story: string, arrival: string): string {
  const before = play(story);
  const end = arrive(before, segment(arrival));
  const { outcome, delivered, fin } = end.newest ?? {};
  const owed = expectDues(end).filter(({ causes }) => causes.includes(before.nextId));
  const names = owed.map(({ why, optional }) => (optional ? `(${why})` : why));
  return [end.state, outcome, delivered, ...(fin ? ['FIN'] : []), ...names].join(' ');
}

/** §3.10.7, check by check: the story, what arrives, what becomes of it. */
const ARRIVALS: readonly (readonly [story: string, arrival: string, becomes: string])[] = [
  // CLOSED: "if the incoming segment is a RST, then drop it"; all else calls for one.
  ['', 'S 300', 'CLOSED stray 0 rst-stray'],
  ['', '. 300 ack 5', 'CLOSED stray 0 rst-stray'],
  ['', 'R 300', 'CLOSED ignored 0'],
  // LISTEN: first RST, second ACK, third SYN, fourth anything else.
  ['listen', 'R 300', 'LISTEN ignored 0'],
  ['listen', 'R. 300 ack 5', 'LISTEN ignored 0'],
  ['listen', 'SR 300', 'LISTEN ignored 0'],
  ['listen', '. 300 ack 5', 'LISTEN stray 0 rst-stray'],
  ['listen', 'S. 300 ack 5', 'LISTEN stray 0 rst-stray'],
  ['listen', 'S 300', 'SYN-RECEIVED accepted 0 syn-ack'],
  ['listen', 'S 300:305(5)', 'SYN-RECEIVED accepted 0 syn-ack'],
  ['listen', 'P 300:305(5)', 'LISTEN ignored 0'],
  ['listen', 'F 300', 'LISTEN ignored 0'],
  // SYN-SENT: first ACK, second RST, fourth SYN, fifth neither.
  [SENT, '. 300 ack 100', 'SYN-SENT stray 0 rst-stray'],
  [SENT, '. 300 ack 102', 'SYN-SENT stray 0 rst-stray'],
  [SENT, 'S. 300 ack 100', 'SYN-SENT stray 0 rst-stray'],
  [SENT, 'R. 300 ack 100', 'SYN-SENT ignored 0'],
  [SENT, 'R. 300 ack 101', 'CLOSED reset 0'],
  [SENT, 'R 300', 'SYN-SENT ignored 0'],
  [SENT, '. 300 ack 101', 'SYN-SENT ignored 0'],
  [SENT, 'F 300', 'SYN-SENT ignored 0'],
  [SENT, 'S 300', 'SYN-RECEIVED accepted 0 syn-ack'],
  [SENT, 'S. 300 ack 101', 'ESTABLISHED accepted 0 third-ack'],
  [SENT, 'S. 300:305(5) ack 101', 'ESTABLISHED accepted 5 third-ack'],
  [SENT, 'SF. 300 ack 101', 'CLOSE-WAIT accepted 0 FIN ack-fin'],
  ['connect\nwrite 5\n> S 100:105(5)', 'S. 300 ack 101', 'ESTABLISHED accepted 0 third-ack'],
  ['connect\nwrite 5\n> S 100:105(5)', 'S. 300 ack 106', 'ESTABLISHED accepted 0 third-ack'],
  ['connect\nwrite 5\n> S 100:105(5)', 'S. 300 ack 107', 'SYN-SENT stray 0 rst-stray'],
  // First, the sequence number.
  [OPEN, 'P. 305:309(4) ack 101', 'ESTABLISHED held 0 dup-ack'],
  [OPEN, 'P. 297:301(4) ack 101', 'ESTABLISHED unacceptable 0 old-ack'],
  [OPEN, '. 300 ack 101', 'ESTABLISHED unacceptable 0 challenge-ack'],
  [OPEN, 'F. 300 ack 101', 'ESTABLISHED unacceptable 0 old-ack'],
  [SMALL, 'P. 311:315(4) ack 101', 'ESTABLISHED unacceptable 0 old-ack'],
  [SMALL, '. 311 ack 101', 'ESTABLISHED unacceptable 0 challenge-ack'],
  [SMALL, 'P. 310:315(5) ack 101', 'ESTABLISHED held 0 dup-ack'],
  [SMALL, 'P. 298:303(5) ack 101', 'ESTABLISHED accepted 2 ack'],
  // Past the window on both sides: neither end of it lies within.
  [SMALL, 'P. 298:330(32) ack 101', 'ESTABLISHED unacceptable 0 old-ack'],
  [SMALL, 'P. 301:330(29) ack 101', 'ESTABLISHED accepted 10 ack'],
  [SHUT, '. 311 ack 101', 'ESTABLISHED accepted 0'],
  [SHUT, 'P. 311:312(1) ack 101', 'ESTABLISHED unacceptable 0 old-ack'],
  [SHUT, 'F. 311 ack 101', 'ESTABLISHED unacceptable 0 old-ack'],
  [SHUT, '. 310 ack 101', 'ESTABLISHED unacceptable 0 challenge-ack'],
  [SHUT, '. 312 ack 101', 'ESTABLISHED unacceptable 0 challenge-ack'],
  [SHUT, 'P. 311:312(1) ack 900', 'ESTABLISHED ack-beyond 0 ack-beyond'],
  [SHUT, 'S. 311 ack 900', 'ESTABLISHED unacceptable 0 old-ack'],
  // The SYN once more is a repetition; with an ACK of ours it is Figure 7's.
  [HEARD, 'S 300', 'SYN-RECEIVED unacceptable 0'],
  [HEARD, '. 300 ack 100', 'SYN-RECEIVED unacceptable 0'],
  [ANSWERED, 'S 300', 'SYN-RECEIVED unacceptable 0 syn-ack-again syn-ack-again'],
  [ANSWERED, 'S. 300 ack 101', 'ESTABLISHED accepted 0 (simultaneous-ack)'],
  [ANSWERED, 'S. 300:305(5) ack 101', 'ESTABLISHED accepted 5 simultaneous-ack'],
  ['listen\n< S 300:305(5)\n> S. 100 ack 301', 'S. 300 ack 101', 'ESTABLISHED accepted 5 ack'],
  [ANSWERED, 'S. 300 ack 102', 'SYN-RECEIVED stray 0 rst-stray'],
  [ANSWERED, 'SR 300', 'SYN-RECEIVED unacceptable 0'],
  // Second, the RST bit, by RFC 5961: exactly, in the window, outside.
  [OPEN, 'R 301', 'CLOSED reset 0'],
  [OPEN, 'R 302', 'ESTABLISHED challenged 0 challenge-ack'],
  [OPEN, 'R 300', 'ESTABLISHED unacceptable 0'],
  [SMALL, 'R 310', 'ESTABLISHED challenged 0 challenge-ack'],
  [SMALL, 'R 311', 'ESTABLISHED unacceptable 0'],
  [SHUT, 'R 311', 'CLOSED reset 0'],
  [SHUT, 'R 312', 'ESTABLISHED unacceptable 0'],
  [OPEN, 'R 299:303(4)', 'ESTABLISHED unacceptable 0'],
  [ANSWERED, 'R 301', 'LISTEN reset 0'],
  [`${SENT}\n< S 300\n> S. 100 ack 301`, 'R 301', 'CLOSED reset 0'],
  [HEARD, 'R 302', 'SYN-RECEIVED challenged 0'],
  [WAITING, 'R 302', 'CLOSED reset 0'],
  // Fourth, the SYN bit.
  [OPEN, 'S 302', 'ESTABLISHED challenged 0 challenge-ack'],
  [OPEN, 'S 300', 'ESTABLISHED unacceptable 0 old-ack'],
  [`${ANSWERED}\n< . 301 ack 101`, 'S 302', 'ESTABLISHED challenged 0 challenge-ack'],
  [ANSWERED, 'S 302', 'LISTEN reset 0'],
  [`${SENT}\n< S 300\n> S. 100 ack 301`, 'S 302', 'SYN-RECEIVED challenged 0 challenge-ack'],
  [`${SENT}\n< S 300`, 'S 302', 'SYN-RECEIVED challenged 0'],
  [WAITING, 'S 9000', 'TIME-WAIT challenged 0 challenge-ack'],
  // Fifth, the ACK field.
  [OPEN, 'P 301:305(4)', 'ESTABLISHED ignored 0'],
  [ANSWERED, '. 301 ack 100', 'SYN-RECEIVED stray 0 rst-stray'],
  [ANSWERED, '. 301 ack 101', 'ESTABLISHED accepted 0'],
  [ANSWERED, '. 301 ack 102', 'SYN-RECEIVED stray 0 rst-stray'],
  [`${ANSWERED}\nclose`, '. 301 ack 101', 'FIN-WAIT-1 accepted 0'],
  [FLIGHT, '. 301 ack 111', 'ESTABLISHED accepted 0'],
  [FLIGHT, '. 301 ack 112', 'ESTABLISHED ack-beyond 0 ack-beyond'],
  [FLIGHT, 'P. 301:305(4) ack 112', 'ESTABLISHED ack-beyond 0 ack-beyond'],
  [FIN_OUT, '. 301 ack 101', 'FIN-WAIT-1 accepted 0'],
  [FIN_OUT, '. 301 ack 102', 'FIN-WAIT-2 accepted 0'],
  [CLOSING, '. 302 ack 101', 'CLOSING accepted 0'],
  [CLOSING, '. 302 ack 102', 'TIME-WAIT accepted 0'],
  [LAST, '. 302 ack 101', 'LAST-ACK accepted 0'],
  [LAST, '. 302 ack 102', 'CLOSED accepted 0'],
  [FIN_CAME, '. 302 ack 101', 'CLOSE-WAIT accepted 0'],
  [`${FIN_CAME}\nwrite 5\nclose`, '. 302 ack 101', 'LAST-ACK accepted 0'],
  // Seventh, the text; eighth, the FIN.
  [OPEN, 'P. 301:305(4) ack 101', 'ESTABLISHED accepted 4 ack'],
  [OPEN, 'P. 299:305(6) ack 101', 'ESTABLISHED accepted 4 ack'],
  [OPEN, 'F. 301 ack 101', 'CLOSE-WAIT accepted 0 FIN ack-fin'],
  [OPEN, 'FP. 301:305(4) ack 101', 'CLOSE-WAIT accepted 4 FIN ack-fin'],
  [OPEN, 'FP. 299:301(2) ack 101', 'CLOSE-WAIT accepted 0 FIN ack-fin'],
  [OPEN, 'FP. 298:300(2) ack 101', 'ESTABLISHED unacceptable 0 old-ack'],
  [SMALL, 'FP. 301:310(9) ack 101', 'CLOSE-WAIT accepted 9 FIN ack-fin'],
  // The FIN itself lies outside the window, and has to come again.
  [SMALL, 'FP. 301:311(10) ack 101', 'ESTABLISHED accepted 10 ack'],
  [FIN_OUT, 'F. 301 ack 101', 'CLOSING accepted 0 FIN ack-fin'],
  [FIN_OUT, 'F. 301 ack 102', 'TIME-WAIT accepted 0 FIN ack-fin'],
  [FIN_OUT, 'P. 301:305(4) ack 101', 'FIN-WAIT-1 accepted 4 ack'],
  [HALF, 'F. 301 ack 102', 'TIME-WAIT accepted 0 FIN ack-fin'],
  [HALF, 'P. 301:305(4) ack 102', 'FIN-WAIT-2 accepted 4 ack'],
  [FIN_CAME, 'P. 302:306(4) ack 101', 'CLOSE-WAIT ignored 0 (old-ack)'],
  [FIN_CAME, 'F. 302 ack 101', 'CLOSE-WAIT ignored 0 (old-ack)'],
  [CLOSING, 'P. 302:306(4) ack 101', 'CLOSING ignored 0 (old-ack)'],
  [WAITING, 'P. 302:306(4) ack 102', 'TIME-WAIT ignored 0 (old-ack)'],
  [WAITING, 'F. 301 ack 102', 'TIME-WAIT unacceptable 0 time-wait-ack'],
  [WAITING, 'P. 301:302(1) ack 102', 'TIME-WAIT unacceptable 0 old-ack'],
  [FIN_CAME, 'F. 301 ack 101', 'CLOSE-WAIT unacceptable 0 old-ack'],
  // The TCB is as good as deleted: only a RST at its place is heard.
  [`${OPEN}\nabort`, 'P. 301:305(4) ack 101', 'ESTABLISHED ignored 0'],
  [`${OPEN}\nabort`, 'R 302', 'ESTABLISHED ignored 0'],
  [`${OPEN}\nabort`, 'R 301', 'CLOSED reset 0'],
];

describe('SEGMENT ARRIVES', () => {
  test.each(ARRIVALS)('after %j, %s: %s', (story, arrival, wanted) => {
    expect(becomes(story, arrival)).toBe(wanted);
  });
});

test('the acceptability test of §3.4, case by case', () => {
  const fits = (nxt: number | null, wnd: number, notation: string): boolean =>
    inWindow({ rcv: { nxt, wnd } }, segment(notation));
  expect(fits(null, 10, 'S 300')).toBe(false);
  // No length, no window; no length, a window.
  expect([299, 300, 301].map((seq) => fits(300, 0, `. ${seq}`))).toEqual([false, true, false]);
  expect([299, 300, 309, 310].map((seq) => fits(300, 10, `. ${seq}`))).toEqual([false, true, true, false]);
  // A length, no window; a length, a window: its first or its last octet lies within.
  expect(fits(300, 0, 'P. 300:301(1)')).toBe(false);
  expect([299, 300, 309, 310].map((seq) => fits(300, 10, `P. ${seq}:${seq + 1}(1)`))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect([297, 296].map((seq) => fits(300, 10, `P. ${seq}:${seq + 4}(4)`))).toEqual([true, false]);
  expect(fits(300, 10, 'F. 299')).toBe(false);
  expect(fits(300, 10, 'F. 300')).toBe(true);
  // Larger than the window on both sides: its last octet is past it, its first before it.
  expect(fits(300, 10, 'P. 299:310(11)')).toBe(true);
  expect(fits(300, 10, 'P. 299:311(12)')).toBe(false);
});

describe('past a gap', () => {
  const held = (story: string): unknown =>
    play(story).held.map(({ seq, dataOctets, fin }) => [seq, dataOctets, fin]);

  test('pieces are kept by number, and none that is known already', () => {
    expect(held(`${OPEN}\n< P. 321:325(4) ack 101\n< P. 311:315(4) ack 101`)).toEqual([
      [311, 4, false],
      [321, 4, false],
    ]);
    expect(
      held(`${OPEN}\n< P. 311:312(1) ack 101\n< P. 331:332(1) ack 101\n< P. 321:322(1) ack 101`),
    ).toEqual([
      [311, 1, false],
      [321, 1, false],
      [331, 1, false],
    ]);
    const one = `${OPEN}\n< P. 311:321(10) ack 101`;
    expect(held(`${one}\n< P. 311:321(10) ack 101`)).toEqual([[311, 10, false]]);
    expect(held(`${one}\n< P. 312:320(8) ack 101`)).toEqual([[311, 10, false]]);
    expect(held(`${one}\n< P. 312:322(10) ack 101`)).toEqual([
      [311, 10, false],
      [312, 10, false],
    ]);
    expect(held(`${one}\n< P. 310:312(2) ack 101`)).toEqual([
      [310, 2, false],
      [311, 10, false],
    ]);
    // The FIN is news even if its octets are not.
    expect(held(`${one}\n< FP. 311:321(10) ack 101`)).toEqual([
      [311, 10, false],
      [311, 10, true],
    ]);
    expect(held(`${OPEN}\n< FP. 311:321(10) ack 101\n< P. 311:321(10) ack 101\n< F. 321 ack 101`)).toEqual([
      [311, 10, true],
    ]);
  });

  test('what lies beyond the window is not kept', () => {
    expect(held(`${SMALL}\n< P. 306:316(10) ack 101`)).toEqual([[306, 5, false]]);
    expect(held(`${SMALL}\n< FP. 306:310(4) ack 101`)).toEqual([[306, 4, true]]);
    expect(held(`${SMALL}\n< FP. 306:311(5) ack 101`)).toEqual([[306, 5, false]]);
    expect(held(`${SMALL}\n< . 306 ack 101`)).toEqual([]);
  });

  test('what waits is delivered when the gap is filled, each octet once', () => {
    const gaps = `${OPEN}\n< P. 311:321(10) ack 101\n< P. 316:326(10) ack 101\n< P. 331:335(4) ack 101`;
    const filled = (arrival: string): End => arrive(play(gaps), segment(arrival));
    expect(filled('P. 301:311(10) ack 101')).toMatchObject({
      tcb: { rcv: { nxt: 326 } },
      newest: { delivered: 25 },
      held: [{ seq: 331 }],
    });
    expect(filled('P. 301:309(8) ack 101')).toMatchObject({
      tcb: { rcv: { nxt: 309 } },
      held: { length: 3 },
    });
    // What came meanwhile covers some of it, or all.
    expect(filled('P. 301:313(12) ack 101')).toMatchObject({
      tcb: { rcv: { nxt: 326 } },
      newest: { delivered: 25 },
    });
    expect(filled('P. 301:329(28) ack 101')).toMatchObject({
      tcb: { rcv: { nxt: 329 } },
      newest: { delivered: 28 },
      held: [{ seq: 331 }],
    });
    expect(filled('P. 301:340(39) ack 101')).toMatchObject({ tcb: { rcv: { nxt: 340 } }, held: [] });
  });

  test('a FIN that waits takes effect at its place, and ends what waits', () => {
    const end = play(`${OPEN}\n< FP. 311:315(4) ack 101\n< P. 317:319(2) ack 101`);
    expect(arrive(end, segment('P. 301:311(10) ack 101'))).toMatchObject({
      state: 'CLOSE-WAIT',
      held: [],
      tcb: { rcv: { nxt: 316 } },
      newest: { delivered: 14, fin: true },
    });
  });

  test('an application that does not read has the window shut by what waits, too', () => {
    const end = play(`wnd 20\n${OPEN}\nstop-reading\n< P. 306:311(5) ack 101`);
    expect(arrive(end, segment('P. 301:306(5) ack 101'))).toMatchObject({
      unread: 10,
      tcb: { rcv: { nxt: 311, wnd: 10 } },
    });
  });

  test('a great many pieces are put together where they touch or overlap', () => {
    const pieces = Array.from({ length: 64 }, (_, i) => ({ seq: 1000 + 10 * i, dataOctets: 5, fin: false }));
    const end = { ...play(OPEN), held: pieces };
    const grown = (arrival: string): unknown => arrive(end, segment(arrival)).held;
    // Into the gap behind the first: it touches both of its neighbours.
    expect(grown('P. 1005:1010(5) ack 101')).toEqual([
      { seq: 1000, dataOctets: 15, fin: false },
      ...pieces.slice(2),
    ]);
    expect(grown('P. 1003:1008(5) ack 101')).toEqual([
      { seq: 1000, dataOctets: 8, fin: false },
      ...pieces.slice(1),
    ]);
    expect(grown('P. 1006:1008(2) ack 101')).toEqual([
      pieces[0],
      { seq: 1006, dataOctets: 2, fin: false },
      ...pieces.slice(1),
    ]);
    // One that covers several, and the FIN at the end of the last.
    expect(grown('P. 1003:1027(24) ack 101')).toEqual([
      { seq: 1000, dataOctets: 27, fin: false },
      ...pieces.slice(3),
    ]);
    expect(grown('FP. 1635:1637(2) ack 101')).toEqual([
      ...pieces.slice(0, -1),
      { seq: 1630, dataOctets: 7, fin: true },
    ]);
    expect(grown('FP. 1633:1634(1) ack 101')).toEqual([
      ...pieces.slice(0, -1),
      { seq: 1630, dataOctets: 5, fin: false },
    ]);
    expect(grown('P. 900:905(5) ack 101')).toEqual([{ seq: 900, dataOctets: 5, fin: false }, ...pieces]);
  });
});

describe('what comes with a SYN waits for the handshake', () => {
  test('as far as the window has room, with its FIN if it all fits', () => {
    const kept = (story: string): unknown => play(story).held;
    expect(kept('listen\n< S 300')).toEqual([]);
    expect(kept('listen\n< S 300:305(5)')).toEqual([{ seq: 301, dataOctets: 5, fin: false }]);
    expect(kept('listen\n< SF 300')).toEqual([{ seq: 301, dataOctets: 0, fin: true }]);
    expect(kept('wnd 10\nlisten\n< SF 300:310(10)')).toEqual([{ seq: 301, dataOctets: 10, fin: true }]);
    expect(kept('wnd 10\nlisten\n< SF 300:311(11)')).toEqual([{ seq: 301, dataOctets: 10, fin: false }]);
    expect(kept(`${SENT}\n< S 300:305(5)`)).toEqual([{ seq: 301, dataOctets: 5, fin: false }]);
  });

  test('and is then delivered and acknowledged', () => {
    expect(becomes('listen\n< S 300:305(5)\n> S. 100 ack 301', '. 306 ack 101')).toBe(
      'ESTABLISHED accepted 5 ack',
    );
    expect(becomes('listen\n< SF 300:305(5)\n> S. 100 ack 301', '. 301 ack 101')).toBe(
      'CLOSE-WAIT accepted 5 FIN ack-fin',
    );
    expect(becomes('listen\n< SF 300\n> S. 100 ack 301', '. 301 ack 101')).toBe(
      'CLOSE-WAIT accepted 0 FIN ack-fin',
    );
    expect(becomes('listen\n< S 300:305(5)\n> S. 100 ack 301', 'P. 306:310(4) ack 101')).toBe(
      'ESTABLISHED accepted 9 ack',
    );
  });
});

describe('SND.WND', () => {
  test('is set by the newest segment: by its number, then by its ACK (§3.10.7.4 fifth)', () => {
    const wnd = (story: string): number => play(story).tcb.snd.wnd;
    const two = `${FLIGHT}\n< P. 301:305(4) ack 106 win 50`;
    expect(wnd(two)).toBe(50);
    expect(wnd(`${two}\n< . 305 ack 106 win 60`)).toBe(60);
    // Older, by its number or by what it acknowledges.
    expect(wnd(`${two}\n< P. 300:306(6) ack 106 win 60`)).toBe(50);
    expect(wnd(`${two}\n< . 305 ack 104 win 60`)).toBe(50);
    expect(wnd(`${two}\n< . 305 ack 106 win 60\n< . 305 ack 106 win 70`)).toBe(70);
    expect(wnd('connect\n> S 100\n< S. 300 ack 101 win 9')).toBe(9);
    expect(wnd('listen\n< S 300 win 9')).toBe(9);
    expect(wnd('listen\n< S 300 win 9\n> S. 100 ack 301\n< . 301 ack 101 win 8')).toBe(8);
  });

  test('is forgotten with the connection', () => {
    const end = play(`${ANSWERED}\n< R 301`);
    expect(end).toMatchObject({ state: 'LISTEN', opened: 'passive', unacked: [], causes: [], held: [] });
    expect(end.tcb).toEqual({
      iss: 100,
      irs: null,
      snd: { una: 100, nxt: 100, wnd: 2 ** 30, wl1: 0, wl2: 0 },
      rcv: { nxt: null, wnd: 65535 },
    });
  });
});

describe('an ACK', () => {
  test('counts at a shut window only from where the window begins', () => {
    const una = (arrival: string): number =>
      arrive(play(`${SHUT}\nwrite 5\n> P. 101:106(5) ack 311`), segment(arrival)).tcb.snd.una;
    expect(una('P. 311:312(1) ack 106')).toBe(106);
    expect(una('P. 312:313(1) ack 106')).toBe(101);
    expect(una('. 312 ack 106')).toBe(101);
  });

  test('takes with it the retransmission that it makes needless, and what the timer had learnt', () => {
    const again = play(`${FLIGHT}\nrto\n> P. 101:111(10) ack 301\nrto`);
    expect(again).toMatchObject({ rtoBackoff: 1, causes: [{ need: 'retransmit' }] });
    const part = arrive(again, segment('. 301 ack 106'));
    expect(part).toMatchObject({ rtoBackoff: 0, causes: [], timers: { rto: { backoff: 0 } } });
    expect(arrive(again, segment('. 301 ack 111'))).toMatchObject({
      rtoBackoff: 0,
      causes: [],
      timers: { rto: null },
    });
    expect(arrive(again, segment('. 301 ack 101'))).toMatchObject({
      rtoBackoff: 1,
      causes: [{ need: 'retransmit' }],
    });
  });

  test('of our SYN leaves of the answer to the peer’s no more than an ACK', () => {
    const why = (story: string): unknown => play(story).causes.map((cause) => [cause.need, cause.why]);
    expect(why(`${ANSWERED}\n< S 300`)).toEqual([['syn-ack-or-ack', 'syn-ack-again']]);
    expect(why(`${ANSWERED}\n< S 300\n< . 301 ack 101`)).toEqual([['ack', 'old-ack']]);
    expect(why(`${SENT}\n< S 300`)).toEqual([['syn-ack', 'syn-ack']]);
    expect(why(`${SENT}\n< S 300\n< . 301 ack 101`)).toEqual([['ack', 'old-ack']]);
    expect(why(`${SENT}\nrto\n< S 300`)).toEqual([['syn-ack', 'syn-ack']]);
    expect(why(`${ANSWERED}\nwrite 5\n< S 300\n< . 301 ack 101`)).toEqual([
      ['data', 'data'],
      ['ack', 'old-ack'],
    ]);
    expect(why(`${SENT}\nwrite 5\nrto\n< S 300`)).toEqual([
      ['data', 'data'],
      ['syn-ack', 'syn-ack'],
    ]);
    // Until the SYN,ACK is out, it says all that another ACK would say.
    expect(why(`${HEARD}\n< . 300 ack 100`)).toEqual([['syn-ack', 'syn-ack']]);
    expect(why(`${HEARD}\n< R 302`)).toEqual([['syn-ack', 'syn-ack']]);
    expect(why(`${SENT}\n< S 300\n< S 302`)).toEqual([['syn-ack', 'syn-ack']]);
  });
});

describe('a cookie that comes back', () => {
  const OUT = 'listen\nroom 0 cookies\n< S 300\n> S. 100 ack 301';

  test('opens the connection that nobody kept', () => {
    expect(becomes(OUT, '. 301 ack 101')).toBe('ESTABLISHED accepted 0');
    expect(becomes(OUT, 'P. 301:305(4) ack 101')).toBe('ESTABLISHED accepted 4 ack');
    expect(becomes(OUT, 'F. 301 ack 101')).toBe('CLOSE-WAIT accepted 0 FIN ack-fin');
    expect(arrive(play(OUT), segment('. 301 ack 101 win 77'))).toMatchObject({
      cookieFor: null,
      causes: [],
      tcb: { irs: 300, rcv: { nxt: 301 }, snd: { una: 101, nxt: 101, wnd: 77 } },
    });
  });

  test('does not with other numbers, or a SYN', () => {
    for (const arrival of [
      '. 302 ack 101',
      '. 300 ack 101',
      '. 301 ack 100',
      '. 301 ack 102',
      'S. 301 ack 101',
    ]) {
      expect(becomes(OUT, arrival)).toBe('LISTEN stray 0 rst-stray');
    }
    expect(becomes('listen', '. 301 ack 101')).toBe('LISTEN stray 0 rst-stray');
  });

  test('is forgotten when a SYN finds room', () => {
    expect(play(`${OUT}\nroom 1\n< S 400`)).toMatchObject({ state: 'SYN-RECEIVED', cookieFor: null });
  });
});
