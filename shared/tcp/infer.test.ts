import { expect, test } from 'vitest';
import { inferCalls, withInferredCalls } from './infer.ts';
import { play, segment } from './script.testing.ts';
import { ANSWERED, FIN_OUT, FLIGHT, HEARD, OPEN } from './stories.testing.ts';

/** A story, what is sent then, and the calls that must have come before it. */
const CALLS: readonly (readonly [story: string, sends: string, calls: string])[] = [
  ['', 'S 100', 'connect'],
  ['listen', 'S 100', 'connect'],
  ['connect', 'S 100', ''],
  ['', 'S 100:105(5)', 'connect, write 5'],
  ['connect\nwrite 3', 'S 100:105(5)', 'write 2'],
  ['connect\nwrite 5', 'S 100:105(5)', ''],
  // Once more, with as much as before, or more.
  ['connect\n> S 100', 'S 100', ''],
  ['connect\n> S 100', 'S 100:105(5)', 'write 5'],
  ['connect\nwrite 5\n> S 100:105(5)', 'S 100:105(5)', ''],
  ['connect\nwrite 5\n> S 100:105(5)', 'S 100:107(7)', 'write 2'],
  // A SYN,ACK answers a SYN, and a SYN opens nothing that is open.
  ['', 'S. 100 ack 301', ''],
  [HEARD, 'S. 100 ack 301', ''],
  [HEARD, 'S 100', ''],
  [OPEN, 'S 100', ''],
  [OPEN, 'P. 101:111(10) ack 301', 'write 10'],
  [`${OPEN}\nwrite 4`, 'P. 101:111(10) ack 301', 'write 6'],
  [`${OPEN}\nwrite 10`, 'P. 101:111(10) ack 301', ''],
  [OPEN, 'F. 101 ack 301', 'close'],
  [OPEN, 'FP. 101:111(10) ack 301', 'write 10, close'],
  [`${OPEN}\n< F. 301 ack 101`, 'FP. 101:111(10) ack 302', 'write 10, close'],
  // Old octets need no call; where they begin too early or too late, none would explain them.
  [FLIGHT, 'P. 101:111(10) ack 301', ''],
  [FLIGHT, 'P. 106:116(10) ack 301', 'write 5'],
  [FLIGHT, 'FP. 101:111(10) ack 301', 'close'],
  [FLIGHT, 'FP. 101:106(5) ack 301', ''],
  [`${FLIGHT}\n< . 301 ack 106`, 'P. 101:116(15) ack 301', ''],
  [FLIGHT, 'P. 112:122(10) ack 301', ''],
  // The FIN waits for what is queued.
  [`${OPEN}\nwrite 10`, 'F. 101 ack 301', ''],
  [`${OPEN}\nwrite 10`, 'FP. 101:111(10) ack 301', 'close'],
  // After CLOSE there is no more to write, and after the FIN nothing more to call.
  [`${OPEN}\nwrite 4\nclose`, 'P. 101:111(10) ack 301', ''],
  [`${OPEN}\nclose`, 'F. 101 ack 301', ''],
  [FIN_OUT, 'F. 101 ack 301', ''],
  [FIN_OUT, 'P. 102:112(10) ack 301', ''],
  [`${FIN_OUT}\n< . 301 ack 102`, 'P. 102:112(10) ack 301', ''],
  // During the handshake a FIN may go out, and no data.
  [ANSWERED, 'F. 101 ack 301', 'close'],
  [ANSWERED, 'P. 101:111(10) ack 301', ''],
  ['connect\n> S 100', 'F. 101 ack 301', ''],
  ['connect\n> S 100', 'P. 101:111(10)', ''],
  // A RST in the shape of an abort, unless it answers a stray.
  [OPEN, 'R 101', 'abort'],
  [OPEN, 'R. 101 ack 301', 'abort'],
  [OPEN, 'R. 101 ack 300', ''],
  [OPEN, 'R 102', ''],
  [ANSWERED, 'R 101', 'abort'],
  [`${ANSWERED}\n< . 301 ack 101`, 'R 101', 'abort'],
  [`${ANSWERED}\n< . 301 ack 900`, 'R 101', 'abort'],
  [`${HEARD}\n< . 301 ack 100`, 'R 100', ''],
  ['', 'R 100', ''],
  ['listen', 'R 100', ''],
  ['connect\n> S 100', 'R 101', ''],
  [`${OPEN}\nabort`, 'R 101', ''],
  [`${OPEN}\nabort`, 'P. 101:111(10) ack 301', ''],
];

test.each(CALLS)('after %j, %s tells of: %s', (story, sends, calls) => {
  const inferred = inferCalls(play(story), segment(sends));
  expect(inferred.map((c) => (c.call === 'write' ? `write ${c.octets}` : c.call)).join(', ')).toBe(calls);
});

test('with Fast Open the SYN,ACK may carry what nobody was seen to write', () => {
  const fast = { ...play(HEARD), fastOpen: true };
  expect(inferCalls(fast, segment('S. 100:105(5) ack 301'))).toEqual([{ call: 'write', octets: 5 }]);
  expect(inferCalls(fast, segment('S. 100 ack 301'))).toEqual([]);
  expect(inferCalls({ ...fast, queued: 3 }, segment('S. 100:105(5) ack 301'))).toEqual([
    { call: 'write', octets: 2 },
  ]);
});

test('an end of which nothing is to be inferred is left as it is', () => {
  const end = play(OPEN);
  expect(withInferredCalls(end, segment('. 101 ack 301'))).toBe(end);
  expect(withInferredCalls(end, segment('F. 101 ack 301')).closeCalled).toBe(true);
  // More than one write can be is refused, and then not made.
  expect(withInferredCalls(end, { ...segment('. 101 ack 301'), dataOctets: 2 ** 30 + 1 })).toBe(end);
});
