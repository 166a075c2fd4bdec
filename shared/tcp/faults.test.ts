import { describe, expect, test } from 'vitest';
import { judge, judgeLabel, judgeNothing } from './judge.ts';
import { play, segment } from './script.testing.ts';
import { ANSWERED, FIN_OUT, FLIGHT, HALF, HEARD, OPEN, SENT } from './stories.testing.ts';
import type { State } from './state.ts';

const WAITING = `${HALF}\n< F. 301 ack 102\n> . 102 ack 302`;
const FIN_CAME = `${OPEN}\n< F. 301 ack 101\n> . 101 ack 302`;

/**
 * Everything that a student is told of a wrong segment: what it was meant for, and of each field that is
 * wrong what that is taken for, what was given, what it should have been, and the section that says so.
 */
const TOLD: readonly (readonly [story: string, slip: string, meant: string, faults: string])[] = [
  ['', 'S 100', 'nothing', 'flags unprompted SYN/null §3.10.7.1'],
  ['', 'R 100', 'nothing', 'flags rst-unasked RST/null §3.10.7.1'],
  ['listen', 'S. 100 ack 301', 'nothing', 'flags unprompted SYN,ACK/null §3.10.7.2'],
  ['connect', 'S. 100 ack 301', 'syn', 'flags other SYN,ACK/SYN §3.10.1'],
  ['connect', 'SF 100', 'syn', 'flags other SYN,FIN/SYN §3.10.1'],
  ['connect', 'none 100', 'syn', 'flags other none/SYN §3.10.1'],
  ['connect', '. 100 ack 5', 'syn', 'flags other ACK/SYN §3.10.1'],
  ['connect', 'S 100:105(5)', 'syn', 'data data-not-given 5/0 §3.10.2'],
  ['< S 300', 'S. 100 ack 301', 'rst-stray', 'flags other SYN,ACK/RST,ACK §3.5.2'],
  ['< S 300', 'R 0', 'rst-stray', 'flags other RST/RST,ACK §3.5.2'],
  ['< S 300', 'R. 5 ack 302', 'rst-stray', 'seq other 5/0 §3.4; ack other 302/301 §3.4'],
  [SENT, 'S 101', 'retransmit-syn', 'seq M14 101/100 §3.8.1'],
  [SENT, 'SF 100', 'retransmit-syn', 'flags other SYN,FIN/SYN §3.10.8'],
  [SENT, '. 101 ack 0', 'retransmit-syn', 'flags other ACK/SYN §3.10.8'],
  [SENT, 'F 101', 'retransmit-syn', 'flags other FIN/SYN §3.10.8'],
  [SENT, 'S 100:105(5)', 'retransmit-syn', 'data data-not-given 5/0 §3.10.2'],
  [`${SENT}\nclose`, 'S 100', 'nothing', 'flags unprompted SYN/null §3.10.7.1'],
  [HEARD, 'S. 101 ack 302', 'syn-ack', 'seq other 101/100 §3.4; ack other 302/301 §3.4'],
  [HEARD, 'SP 100', 'syn-ack', 'flags other SYN,PSH/SYN,PSH,ACK §3.10.7.2'],
  [HEARD, 'P. 100:105(5) ack 301', 'syn-ack', 'flags M12 PSH,ACK/SYN,PSH,ACK §3.10.7.2'],
  [HEARD, 'S. 100:105(5) ack 301', 'syn-ack', 'data M10 5/0 §3.10.7.4 fifth'],
  [ANSWERED, 'S. 101 ack 301', 'retransmit-syn-ack', 'seq M14 101/100 §3.8.1'],
  [ANSWERED, '. 100 ack 301', 'duplicate-ack', 'seq other 100/101 §3.4'],
  [ANSWERED, 'P. 101:106(5) ack 301', 'duplicate-ack', 'data M10 5/0 §3.10.7.4 fifth'],
  [`${ANSWERED}\nclose`, 'F. 100 ack 301', 'fin', 'seq other 100/101 §3.4'],
  [`${ANSWERED}\nclose`, 'F. 102 ack 301', 'fin', 'seq other 102/101 §3.4'],
  [ANSWERED, 'F. 101 ack 301', 'duplicate-ack', 'flags fin-before-close FIN,ACK/ACK §3.10.7.4'],
  [`${ANSWERED}\nwrite 5`, 'P. 101:106(5) ack 301', 'duplicate-ack', 'data M10 5/0 §3.10.7.4 fifth'],
  [`${ANSWERED}\nclose`, 'P. 101:106(5) ack 301', 'duplicate-ack', 'data data-not-given 5/0 §3.10.2'],
  [OPEN, '. 102 ack 301', 'duplicate-ack', 'seq M04 102/101 §3.4'],
  [OPEN, '. 101 ack 302', 'duplicate-ack', 'ack other 302/301 §3.4'],
  [OPEN, '. 99 ack 299', 'duplicate-ack', 'seq other 99/101 §3.4; ack other 299/301 §3.4'],
  [OPEN, 'P. 101:106(5) ack 301', 'duplicate-ack', 'data data-not-given 5/0 §3.10.2'],
  [OPEN, 'none 101', 'duplicate-ack', 'flags M09 none/ACK §3.1'],
  [OPEN, 'P 101:106(5)', 'duplicate-ack', 'flags M09 PSH/PSH,ACK §3.1; data data-not-given 5/0 §3.10.2'],
  [OPEN, 'U. 101 ack 301', 'duplicate-ack', 'flags M36 ACK,URG/ACK §3.8.5'],
  [OPEN, 'S 100', 'duplicate-ack', 'flags M09 SYN/ACK §3.1'],
  [OPEN, 'R 101', 'duplicate-ack', 'flags rst-unasked RST/ACK §3.10.7.4'],
  [OPEN, 'PR. 101 ack 301', 'duplicate-ack', 'flags rst-unasked RST,PSH,ACK/PSH,ACK §3.10.7.4'],
  [`${OPEN}\nwrite 9`, 'P. 101:112(11) ack 301', 'data', 'data data-not-given 11/9 §3.10.2'],
  [`${OPEN}\nwrite 9`, 'P. 103:112(9) ack 301', 'data', 'seq other 103/101 §3.4'],
  [`${OPEN}\nwrite 9`, 'P. 101:110(9) ack 300', 'data', 'ack M01 300/301 §3.4'],
  [
    `${OPEN}\nwrite 9`,
    'P. 103:115(12) ack 300',
    'data',
    'seq other 103/101 §3.4; ack M01 300/301 §3.4; data data-not-given 12/9 §3.10.2',
  ],
  [
    `${OPEN}\nwrite 9`,
    'FP. 101:110(9) ack 301',
    'data',
    'flags fin-before-close FIN,PSH,ACK/PSH,ACK §3.10.2',
  ],
  [`${OPEN}\nwrite 9`, 'P. 110:119(9) ack 301', 'data', 'seq M23 110/101 §3.10.4'],
  [`${OPEN}\nwrite 9\nclose`, 'F. 101 ack 301', 'data-fin', 'flags M23 FIN,ACK/FIN,ACK §3.10.4'],
  [
    `${OPEN}\nwrite 9\nclose`,
    'FP. 101:105(4) ack 301',
    'data-fin',
    'flags M23 FIN,PSH,ACK/FIN,PSH,ACK §3.10.4',
  ],
  [`${OPEN}\nwrite 9\nclose`, 'FP. 101:111(10) ack 301', 'data-fin', 'data data-not-given 10/9 §3.10.2'],
  [`${OPEN}\nwrite 9\nclose`, 'FP. 102:111(9) ack 301', 'data-fin', 'seq M04 102/101 §3.4'],
  [`${OPEN}\nwrite 9\nclose`, 'F. 110 ack 301', 'data-fin', 'seq M23 110/101 §3.10.4'],
  [`${OPEN}\nwrite 9\nclose`, 'P. 101:111(10) ack 301', 'data', 'data data-not-given 10/9 §3.10.2'],
  [
    `${OPEN}\n< . 301 ack 101 win 4\nwrite 9`,
    'P. 101:107(6) ack 301',
    'data',
    'data beyond-window 6/4 §3.10.2',
  ],
  [
    `${OPEN}\n< . 301 ack 101 win 4\nwrite 9`,
    'P. 101:111(10) ack 301',
    'data',
    'data data-not-given 10/4 §3.10.2',
  ],
  [
    `${OPEN}\n< . 301 ack 101 win 4\nwrite 9\nclose`,
    'FP. 101:110(9) ack 301',
    'data',
    'flags M23 FIN,PSH,ACK/PSH,ACK §3.10.4',
  ],
  [
    `${OPEN}\n< . 301 ack 101 win 0\nwrite 9`,
    'P. 101:103(2) ack 301',
    'duplicate-ack',
    'data beyond-window 2/0 §3.10.2',
  ],
  [
    `${OPEN}\n< . 301 ack 101 win 0\nwrite 9\npersist`,
    'P. 101:103(2) ack 301',
    'probe',
    'data beyond-window 2/1 §3.10.2',
  ],
  [`${OPEN}\nclose`, 'F. 101:104(3) ack 301', 'fin', 'data data-not-given 3/0 §3.10.2'],
  [`${OPEN}\nclose`, 'P. 101:104(3) ack 301', 'duplicate-ack', 'data data-not-given 3/0 §3.10.2'],
  [`${OPEN}\nclose`, '. 101 ack 300', 'duplicate-ack', 'ack M01 300/301 §3.4'],
  [`${OPEN}\nclose`, 'F 101', 'fin', 'flags M09 FIN/FIN,ACK §3.1'],
  [`${OPEN}\n< P. 301:305(4) ack 101`, 'P. 101:106(5) ack 305', 'ack', 'data data-not-given 5/0 §3.10.2'],
  [
    `${OPEN}\n< P. 301:305(4) ack 101`,
    'F. 101 ack 305',
    'ack',
    'flags fin-before-close FIN,ACK/ACK §3.10.7.4 seventh',
  ],
  [`${OPEN}\n< P. 301:305(4) ack 101`, '. 100 ack 305', 'ack', 'seq other 100/101 §3.4'],
  [`${OPEN}\n< P. 301:305(4) ack 101`, 'S. 101 ack 305', 'ack', 'flags M13 SYN,ACK/ACK §3.4'],
  [
    `${OPEN}\n< P. 301:305(4) ack 101`,
    '. 105 ack 309',
    'ack',
    'seq other 105/101 §3.4; ack other 309/305 §3.4',
  ],
  [`${OPEN}\nabort`, 'F. 101 ack 301', 'rst-abort', 'flags abort-asked FIN,ACK/RST §3.10.5'],
  [`${OPEN}\nabort`, 'R 102', 'rst-abort', 'seq M04 102/101 §3.4'],
  [`${OPEN}\nabort`, 'R. 101 ack 300', 'rst-abort', 'ack M01 300/301 §3.4'],
  [`${OPEN}\nabort`, 'PR. 101:104(3) ack 301', 'rst-abort', 'data data-not-given 3/0 §3.10.2'],
  [`${OPEN}\nabort`, 'PS. 101 ack 301', 'rst-abort', 'flags M13 SYN,PSH,ACK/RST §3.4'],
  [FLIGHT, 'P. 111:121(10) ack 301', 'retransmit', 'seq M14 111/101 §3.8.1'],
  [FLIGHT, 'P. 112:122(10) ack 301', 'retransmit', 'seq M14 112/101 §3.8.1'],
  [FLIGHT, 'P. 101:112(11) ack 301', 'retransmit', 'data data-not-given 11/10 §3.10.2'],
  [FLIGHT, 'P. 105:112(7) ack 301', 'retransmit', 'data data-not-given 7/6 §3.10.2'],
  [FLIGHT, 'P. 99:109(10) ack 301', 'retransmit', 'seq M14 99/101 §3.8.1'],
  [FLIGHT, 'P. 105:111(6) ack 300', 'retransmit', 'ack M01 300/301 §3.4'],
  [FLIGHT, '. 110 ack 301', 'duplicate-ack', 'seq other 110/111 §3.4'],
  [FLIGHT, '. 101 ack 301', 'duplicate-ack', 'seq other 101/111 §3.4'],
  [
    FLIGHT,
    'F. 101 ack 301',
    'retransmit',
    'flags fin-before-close FIN,ACK/ACK §3.10.8; data other 0/1 §3.10.8',
  ],
  [FLIGHT, 'FP. 101:111(10) ack 301', 'retransmit', 'flags fin-before-close FIN,PSH,ACK/PSH,ACK §3.10.8'],
  [`${FLIGHT}\nrto`, 'P. 101:112(11) ack 301', 'retransmit', 'data data-not-given 11/10 §3.10.2'],
  [`${FLIGHT}\nrto`, 'P. 111:121(10) ack 301', 'retransmit', 'seq M14 111/101 §3.8.1'],
  [`${FLIGHT}\nrto`, 'P. 102:112(10) ack 301', 'retransmit', 'seq M14 102/101 §3.8.1'],
  [`${FLIGHT}\nrto`, '. 111 ack 300', 'duplicate-ack', 'ack M01 300/301 §3.4'],
  [`${FLIGHT}\nrto`, 'R 111', 'duplicate-ack', 'flags M17 RST/ACK §3.8.1'],
  [`${FLIGHT}\nrto`, 'P 101:111(10)', 'retransmit', 'flags M09 PSH/PSH,ACK §3.1'],
  [
    `${FLIGHT}\nwrite 5\nclose`,
    'FP. 101:111(10) ack 301',
    'retransmit-fin',
    'flags M23 FIN,PSH,ACK/FIN,PSH,ACK §3.10.4',
  ],
  [
    `${FLIGHT}\nwrite 5\nclose`,
    'FP. 103:115(12) ack 301',
    'retransmit-fin',
    'flags M23 FIN,PSH,ACK/FIN,PSH,ACK §3.10.4',
  ],
  [`${FLIGHT}\nwrite 5`, 'P. 103:117(14) ack 301', 'retransmit', 'data data-not-given 14/13 §3.10.2'],
  [`${FLIGHT}\nwrite 5`, 'P. 112:117(5) ack 301', 'data', 'seq M35 112/111 §3.9.1.2'],
  [
    `${FLIGHT}\nclose\n> F. 111 ack 301`,
    'FP. 105:112(7) ack 301',
    'retransmit-fin',
    'data data-out-of-state 7/6 §3.10.2',
  ],
  [`${FLIGHT}\nclose\n> F. 111 ack 301`, 'F. 110 ack 301', 'retransmit-fin', 'seq M14 110/111 §3.8.1'],
  [
    `${FLIGHT}\nclose\n> F. 111 ack 301`,
    'P. 105:112(7) ack 301',
    'retransmit',
    'data data-out-of-state 7/6 §3.10.2',
  ],
  [
    `${FLIGHT}\nclose\n> F. 111 ack 301\nrto`,
    'FP. 101:110(9) ack 301',
    'retransmit-fin',
    'data other 9/10 §3.10.8',
  ],
  [
    `${FLIGHT}\nclose\n> F. 111 ack 301`,
    'P. 112:115(3) ack 301',
    'duplicate-ack',
    'data data-out-of-state 3/0 §3.10.2',
  ],
  [FIN_OUT, 'F. 102 ack 301', 'retransmit-fin', 'seq M14 102/101 §3.8.1'],
  [FIN_OUT, 'F. 101:104(3) ack 301', 'retransmit-fin', 'data data-out-of-state 3/0 §3.10.2'],
  [FIN_OUT, '. 101 ack 301', 'duplicate-ack', 'seq other 101/102 §3.4'],
  [FIN_OUT, 'P. 102:105(3) ack 301', 'duplicate-ack', 'data data-out-of-state 3/0 §3.10.2'],
  [`${FIN_OUT}\nrto`, 'F. 102 ack 301', 'retransmit-fin', 'seq M14 102/101 §3.8.1'],
  [`${FIN_OUT}\nrto`, 'F 101', 'retransmit-fin', 'flags M09 FIN/FIN,ACK §3.1'],
  [`${FIN_OUT}\n< F. 301 ack 101`, 'F. 101 ack 301', 'retransmit-fin', 'ack M19 301/302 §3.4'],
  [HALF, 'F. 101 ack 301', 'duplicate-ack', 'flags fin-again FIN,ACK/ACK §3.10.7.4'],
  [HALF, 'F. 102 ack 301', 'duplicate-ack', 'flags fin-again FIN,ACK/ACK §3.10.7.4'],
  [HALF, 'P. 102:105(3) ack 301', 'duplicate-ack', 'data data-out-of-state 3/0 §3.10.2'],
  [HALF, '. 103 ack 301', 'duplicate-ack', 'seq other 103/102 §3.4'],
  [`${HALF}\n< P. 301:305(4) ack 102`, 'R 102', 'ack', 'flags M20 RST/ACK §3.6'],
  [`${HALF}\n< P. 301:305(4) ack 102`, '. 102 ack 301', 'ack', 'ack other 301/305 §3.4'],
  [
    WAITING,
    'F. 101 ack 302',
    'duplicate-ack',
    'flags M26 FIN,ACK/ACK §3.10.7.4 eighth; seq other 101/102 §3.4',
  ],
  [WAITING, '. 103 ack 302', 'duplicate-ack', 'seq M04 103/102 §3.4'],
  [`${WAITING}\n< S 9000`, 'S. 102 ack 9002', 'reopen', 'ack other 9002/9001 §3.4'],
  [`${WAITING}\n< S 9000`, 'S. 101 ack 9001', 'reopen', 'seq other 101/102 §3.4'],
  [`${WAITING}\n< S 9000`, 'S. 200:203(3) ack 9001', 'reopen', 'data data-out-of-state 3/0 §3.10.2'],
  [`${WAITING}\n< S 9000`, 'S 200', 'reopen', 'flags M09 SYN/SYN,ACK §3.1'],
  [`${WAITING}\n< S 9000`, 'SF. 200 ack 9001', 'reopen', 'flags other SYN,FIN,ACK/SYN,ACK §3.6.1'],
  [FIN_CAME, 'F. 101 ack 302', 'duplicate-ack', 'flags fin-before-close FIN,ACK/ACK §3.10.7.4'],
  [FIN_CAME, 'P. 101:104(3) ack 302', 'duplicate-ack', 'data data-not-given 3/0 §3.10.2'],
  [FIN_CAME, 'R 101', 'duplicate-ack', 'flags M18 RST/ACK §3.6'],
  [`${FIN_CAME}\nclose`, 'F. 101 ack 301', 'fin', 'ack M19 301/302 §3.4'],
  [`${FIN_CAME}\nclose`, '. 101 ack 301', 'duplicate-ack', 'ack M19 301/302 §3.4'],
  // Of several that could be meant, the one that fewest fields speak against.
  ['< S 300\n< S 400', 'R. 5 ack 401', 'rst-stray', 'seq other 5/0 §3.4'],
  ['< S 300\n< S 400', 'R. 5 ack 301', 'rst-stray', 'seq other 5/0 §3.4'],
  [`${OPEN}\n< F. 301 ack 101\nclose`, 'F. 101 ack 301', 'fin', 'ack M19 301/302 §3.4'],
  [`${WAITING}\n< S 9000`, 'S. 50 ack 9002', 'reopen', 'seq other 50/102 §3.4; ack other 9002/9001 §3.4'],
  [`${HEARD}\nclose\n> S. 100 ack 301`, 'F. 102 ack 301', 'fin', 'seq other 102/101 §3.4'],
  ['listen\nroom 0\n< S 300\nclose', 'S. 100 ack 301', 'nothing', 'flags unprompted SYN,ACK/null §3.10.7.1'],
];

describe('what a student is told of a wrong segment', () => {
  test.each(TOLD)('after %j: %s, meant as %s: %s', (story, slip, meant, wanted) => {
    const { verdict, why, faults } = judge(play(story), segment(slip), { app: 'scripted' });
    const told = faults.map((f) => `${f.field} ${f.code} ${f.given}/${f.needed} §${f.section}`);
    expect([verdict, why, told.join('; ')]).toEqual(['wrong', meant, wanted]);
  });

  test('a number is told with how far it is off, round the circle', () => {
    const slip = judge(
      play(`iss 4294967295\nconnect\n> S 4294967295\n< S. 300 ack 0`),
      segment('. 4294967290 ack 303'),
      {
        app: 'scripted',
      },
    );
    expect(slip.faults).toMatchObject([
      { field: 'seq', given: 4294967290, needed: 0, diff: -6 },
      { field: 'ack', given: 303, needed: 301, diff: 2 },
    ]);
    const named = judge(play(`${OPEN}\nclose`), segment('F. 102 ack 301'), { app: 'scripted' });
    expect(named.faults).toMatchObject([{ code: 'M04', diff: 1 }]);
  });

  test('a number that is none has no distance', () => {
    const seq = (given: number): unknown =>
      judge(play(OPEN), { ...segment('. 101 ack 301'), seq: given }, { app: 'scripted' }).faults;
    expect(seq(2 ** 32 + 101)).toEqual([
      { field: 'seq', code: 'M34', given: 2 ** 32 + 101, needed: 101, section: '3.4' },
    ]);
    expect(seq(2 ** 32 + 102)).toEqual([
      { field: 'seq', code: 'out-of-range', given: 2 ** 32 + 102, needed: 101, section: '3.4' },
    ]);
    expect(seq(2 ** 32 + 101.5)).toMatchObject([{ code: 'out-of-range', given: 2 ** 32 + 101.5 }]);
    expect(seq(101 - 2 ** 32)).toMatchObject([{ code: 'out-of-range' }]);
    expect(seq(Infinity)).toMatchObject([{ code: 'out-of-range', given: null }]);
  });
});

test('what resembles something that is merely allowed should have answered nothing', () => {
  const causes = (story: string, slip: string): readonly number[] =>
    judge(play(story), segment(slip), { app: 'scripted' }).causes;
  expect(causes(OPEN, '. 102 ack 301')).toEqual([]);
  expect(causes(SENT, 'S 101')).toEqual([]);
  expect(causes(FLIGHT, 'P. 105:112(7) ack 301')).toEqual([]);
  expect(causes(`${WAITING}\n< S 9000`, 'S. 101 ack 9001')).toEqual([]);
});

test('a wrong name for a state is taken for what it is where it is said', () => {
  const code = (story: string, label: State): string | undefined =>
    judgeLabel(play(story), label).faults[0]?.code;
  expect(code('listen\nroom 0 cookies\n< S 300', 'CLOSED')).toBe('other');
  expect(code('listen\nroom 0\n< S 300\nconnect\n> S 100', 'SYN-RECEIVED')).toBe('other');
  expect(code(`${FIN_CAME}\nclose\n> F. 101 ack 302\n< . 302 ack 102\nconnect\n> S 100`, 'TIME-WAIT')).toBe(
    'other',
  );
});

describe('what a student is told of silence', () => {
  test.each([
    ['connect', 'missing SYN §3.10.1'],
    [HEARD, 'missing SYN,ACK §3.10.7.2'],
    ['< S 300', 'missing RST,ACK §3.5.2'],
    ['< . 300 ack 7', 'missing RST §3.5.2'],
    [`${OPEN}\nwrite 5`, 'missing ACK §3.10.2'],
    [`${OPEN}\nclose`, 'missing FIN,ACK §3.10.4'],
    [`${OPEN}\nabort`, 'missing RST §3.10.5'],
    [`${OPEN}\n< P. 301:305(4) ack 101`, 'missing ACK §3.10.7.4 seventh'],
    [`${FIN_OUT}\n< P. 301:305(4) ack 101`, 'M20 ACK §3.10.7.4 seventh'],
    [`${HALF}\n< P. 301:305(4) ack 102`, 'M20 ACK §3.10.7.4 seventh'],
    [`${FIN_OUT}\n< P. 301:305(4) ack 101\nrto`, 'missing FIN,ACK §3.10.8'],
    [`${OPEN}\n< F. 301 ack 101`, 'missing ACK §3.10.7.4 eighth'],
    [`${OPEN}\n< F. 301 ack 101\nclose`, 'M21 FIN,ACK §3.10.4'],
    [`${FIN_CAME}\nclose\n> F. 101 ack 302\nrto`, 'missing FIN,ACK §3.10.8'],
    [`${WAITING}\n< F. 301 ack 102`, 'M26 ACK §3.10.7.4 eighth'],
    [`${HALF}\n< F. 301 ack 102`, 'missing ACK §3.10.7.4 eighth'],
  ])('after %j: %s', (story, wanted) => {
    const { verdict, faults } = judgeNothing(play(story));
    expect(verdict).toBe('wrong');
    expect(faults.map((f) => [f.field, f.given, `${f.code} ${f.needed} §${f.section}`])).toEqual([
      ['flags', null, wanted],
    ]);
  });
});
