import { expect, test } from 'vitest';
import { judge } from './judge.ts';
import { play, segment } from './script.testing.ts';
import { HALF, HEARD, OPEN } from './stories.testing.ts';
import type { MisconceptionCode } from './verdict.ts';

const COOKIE = `
  listen
  room 0 cookies
  < S 300`;

const FIN_CAME = `${OPEN}\n< F. 301 ack 101`;
const WAITING = `${HALF}\n< F. 301 ack 102\n> . 102 ack 302`;
const FLIGHT = `${OPEN}\nwrite 20\n> P. 101:111(10) ack 301`;

/**
 * A misconception that comes to mind, the story, the slip, and what it is taken for: that one at the edge of
 * it, or another.
 */
const LOOKALIKES: readonly (readonly [like: MisconceptionCode, story: string, slip: string, is: string])[] = [
  // Nothing but a SYN is acknowledged with its own number by those who forget that it counts.
  ['M01', `${OPEN}\n< P. 301:305(4) ack 101`, '. 101 ack 301', 'other ack'],
  // One octet more is right where one octet came.
  [
    'M02',
    `${OPEN}\n< P. 301:306(5) ack 101\n> . 101 ack 306\n< P. 301:302(1) ack 101`,
    '. 101 ack 302',
    'other ack',
  ],
  ['M02', `${OPEN}\n< P. 301:303(2) ack 101`, '. 101 ack 302', 'M02 ack'],
  ['M03', `${OPEN}\n< P. 301:302(1) ack 101`, '. 101 ack 301', 'other ack'],
  ['M03', `${OPEN}\n< P. 301:304(3) ack 101`, '. 101 ack 303', 'M03 ack'],
  ['M03', 'listen\n< S 300:305(5)', 'S. 100 ack 305', 'M03 ack'],
  ['M03', 'listen\n< S 300:301(1)', 'S. 100 ack 300', 'M01 ack'],
  // The last segment did use numbers.
  ['M04', `${FLIGHT}\n< . 301 ack 111`, '. 112 ack 301', 'other seq'],
  // During the handshake it did not come from an ACK.
  ['M04', HEARD, 'S. 101 ack 301', 'other seq'],
  ['M04', 'connect', 'S 101', 'other seq'],
  ['M04', COOKIE, 'S. 101 ack 301', 'other seq'],
  // The handshake is long over, or what came last was no SYN,ACK.
  ['M05', `${OPEN}\n< P. 301:305(4) ack 101`, '. 100 ack 305', 'other seq'],
  ['M05', `${OPEN}\n< S 305`, '. 100 ack 301', 'other seq'],
  ['M06', HEARD, 'S. 301 ack 301', 'M06 seq'],
  ['M06', HEARD, 'S. 302 ack 301', 'other seq'],
  ['M06', COOKIE, 'S. 300 ack 301', 'M06 seq'],
  ['M06', OPEN, '. 300 ack 301', 'other seq'],
  ['M06', OPEN, '. 301 ack 301', 'other seq'],
  // Both counts stand at 311: what is wrong is that the number moved on.
  [
    'M07',
    'iss 300\nconnect\n> S 300\n< S. 310 ack 301\n> . 301 ack 311\nwrite 10\n> P. 301:311(10) ack 311\nrto',
    'P. 311:321(10) ack 311',
    'M14 seq',
  ],
  ['M07', `${OPEN}\n< P. 301:315(14) ack 101`, '. 315 ack 315', 'other seq'],
  ['M07', `${OPEN}\n< P. 301:315(14) ack 101`, '. 101 ack 101', 'other ack'],
  // No number was filled in, or none was needed.
  ['M08', HEARD, 'S 100', 'other flags'],
  ['M08', `${OPEN}\nclose`, 'F 101', 'M09 flags'],
  ['M08', 'listen\n< . 5 ack 777', 'S 777 ack 6', 'other flags'],
  ['M09', `${HEARD}\n> S. 100 ack 301\n< S 300`, 'none 101', 'other flags'],
  ['M09', `${OPEN}\n< P. 301:305(4) ack 101`, 'R 101', 'rst-unasked flags'],
  ['M10', `${OPEN}\nwrite 5`, 'P. 101:107(6) ack 301', 'data-not-given data'],
  ['M12', HEARD, 'F. 100 ack 301', 'M12 flags'],
  ['M12', HEARD, 'R. 100 ack 301', 'rst-unasked flags'],
  ['M12', `${OPEN}\n< P. 301:305(4) ack 101`, 'F. 101 ack 305', 'fin-before-close flags'],
  ['M13', `${HEARD}\n> S. 100 ack 301\nabort`, 'S. 100 ack 301', 'abort-asked flags'],
  ['M13', HEARD, 'S 100', 'other flags'],
  ['M13', `${WAITING}\n< F. 301 ack 102`, 'S. 102 ack 302', 'M13 flags'],
  ['M14', `${OPEN}\nwrite 5`, 'P. 150:155(5) ack 301', 'other seq'],
  // A RST that is called for, and one that nothing was late for.
  ['M17', 'connect\n> S 100\n< . 300 ack 50', 'R. 50 ack 301', 'other flags'],
  ['M17', 'connect\n> S 100', 'R 101', 'M17 flags'],
  ['M17', OPEN, 'R 101', 'rst-unasked flags'],
  ['M18', FIN_CAME, 'R 101', 'M18 flags'],
  ['M18', 'connect\n> S 100', 'R 101', 'M17 flags'],
  ['M18', `${HALF}\n< P. 301:305(4) ack 102`, 'R 102', 'M20 flags'],
  ['M18', `${WAITING}\n< S 9000`, 'R 102', 'rst-unasked flags'],
  ['M19', FIN_CAME, '. 101 ack 300', 'other ack'],
  ['M19', `${OPEN}\n< P. 301:305(4) ack 101`, '. 101 ack 300', 'other ack'],
  ['M20', HALF, 'R 102', 'M18 flags'],
  ['M20', `${OPEN}\nclose\n> F. 101 ack 301\n< P. 301:305(4) ack 101`, 'R 102', 'M20 flags'],
  ['M20', `${OPEN}\n< P. 301:305(4) ack 101`, 'R 101', 'rst-unasked flags'],
  // Nobody called CLOSE, or nothing was left out.
  ['M23', `${OPEN}\nwrite 9`, 'F. 101 ack 301', 'fin-before-close flags'],
  ['M23', `${OPEN}\nwrite 9`, '. 110 ack 301', 'M23 seq'],
  ['M23', `${OPEN}\nwrite 9`, '. 111 ack 301', 'other seq'],
  ['M23', `${OPEN}\nwrite 9\nclose`, 'FR. 101 ack 301', 'M18 flags'],
  ['M23', `${OPEN}\nclose`, 'F. 110 ack 301', 'other seq'],
  ['M26', `${WAITING}\n< F. 301 ack 102`, 'F. 102 ack 302', 'M26 flags'],
  ['M26', `${WAITING}\n< F. 301 ack 102`, '. 102 ack 301', 'M19 ack'],
  ['M26', `${HALF}\n< F. 311 ack 102`, 'R 102', 'M18 flags'],
  // The segment before held a single octet, or was not followed from its own number.
  ['M29', `${OPEN}\nwrite 20\n> P. 101:102(1) ack 301\n< . 301 ack 102`, '. 103 ack 301', 'other seq'],
  ['M29', `${OPEN}\nwrite 20\n> P. 101:103(2) ack 301\n< . 301 ack 103`, 'P. 102:112(10) ack 301', 'M29 seq'],
  ['M30', `${OPEN}\n< P. 311:321(10) ack 101`, '. 101 ack 322', 'other ack'],
  ['M30', `${OPEN}\n< P. 311:321(10) ack 101`, '. 101 ack 311', 'other ack'],
  ['M30', `${OPEN}\n< FP. 311:321(10) ack 101`, '. 101 ack 322', 'M30 ack'],
  // Counted from 0 because the initial number is 0.
  [
    'M33',
    'iss 0\nconnect\n> S 0\n< S. 300 ack 1\n> . 1 ack 301\n< . 301 ack 1\nwrite 5',
    'P. 0:5(5) ack 301',
    'other seq',
  ],
  ['M33', 'connect', 'S 0', 'M33 seq'],
  ['M35', FLIGHT, 'P. 112:122(10) ack 301', 'M35 seq'],
  ['M35', FLIGHT, '. 112:122(10) ack 301', 'other seq'],
  ['M35', FLIGHT, 'P. 113:123(10) ack 301', 'other seq'],
  ['M03', 'listen\n< S 300:302(2)', 'S. 100 ack 302', 'M03 ack'],
  ['M07', `${OPEN}\n< P. 301:315(14) ack 101`, '. 315 ack 314', 'other seq'],
  ['M07', `${OPEN}\n< P. 301:315(14) ack 101`, '. 102 ack 101', 'other ack'],
  ['M23', `${OPEN}\nwrite 9\nclose`, 'PU. 101:110(9) ack 301', 'M36 flags'],
  ['M30', `${OPEN}\n< FP. 311:321(10) ack 101`, '. 101 ack 400', 'other ack'],
  [
    'M31',
    'connect\n> S 100\n< S. 4000000000 ack 101\n> . 101 ack 4000000001',
    '. 101 ack 4000000009',
    'other ack',
  ],
];

test.each(LOOKALIKES)('%s comes to mind after %j: %s is %s', (_, story, slip, taken) => {
  const { verdict, faults } = judge(play(story), segment(slip), { app: 'scripted' });
  expect(verdict).toBe('wrong');
  expect(faults.map(({ code, field }) => `${code} ${field}`)).toContain(taken);
});

test('who shut out what comes only later, or never sent it, is told apart by what the table knows', () => {
  const acks = (story: string, notation: string, sndNxt: number): string[] =>
    judge(play(story), segment(notation), { app: 'scripted', peer: { sndNxt } }).faults.map(
      ({ code }) => code,
    );
  expect(acks(OPEN, '. 101 ack 311', 311)).toEqual(['M31']);
  expect(acks(OPEN, '. 101 ack 312', 311)).toEqual(['M32']);
  // Less than has arrived is neither.
  expect(acks(`${OPEN}\n< P. 301:305(4) ack 101`, '. 101 ack 300', 311)).toEqual(['other']);
  // The right number but for its origin, even though it seems to lie ahead.
  expect(acks('iss 5\nconnect\n> S 5\n< S. 4000000000 ack 6', '. 6 ack 1', 4_000_000_001)).toEqual(['M33']);
});
