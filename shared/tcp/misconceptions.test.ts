import { describe, expect, test } from 'vitest';
import type { End } from './end.ts';
import { judge } from './judge.ts';
import { play, segment } from './script.testing.ts';
import { OPEN } from './stories.testing.ts';

const LISTENS = `
  listen
  < S 300`;

/** The story so far, the slip, and what it is taken for. */
const SLIPS: readonly (readonly [code: string, story: string, slip: string, fields: string])[] = [
  ['M01', LISTENS, 'S. 100 ack 300', 'ack'],
  ['M02', `${OPEN}\n< P. 301:315(14) ack 101`, '. 101 ack 302', 'ack'],
  ['M03', `${OPEN}\n< P. 301:315(14) ack 101`, '. 101 ack 314', 'ack'],
  ['M03', `${OPEN}\n< FP. 301:315(14) ack 101`, '. 101 ack 314', 'ack'],
  ['M03', 'connect\n> S 100\n< S. 300:307(7) ack 101', '. 101 ack 307', 'ack'],
  ['M04', `${OPEN}\nclose`, 'F. 102 ack 301', 'seq'],
  ['M05', 'connect\n> S 100\n< S. 300 ack 101', '. 100 ack 301', 'seq'],
  ['M05', 'connect\n> S 100\n< SF. 300 ack 101', '. 100 ack 302', 'seq'],
  ['M06', LISTENS, 'S. 300 ack 301', 'seq'],
  ['M07', `${OPEN}\n< P. 301:315(14) ack 101`, '. 315 ack 101', 'seq'],
  ['M08', LISTENS, 'S 100 ack 301', 'flags'],
  ['M09', `${OPEN}\nclose`, 'F 101', 'flags'],
  ['M10', `${LISTENS}\n> S. 100 ack 301\nwrite 5`, 'P. 101:106(5) ack 301', 'data'],
  ['M12', LISTENS, '. 101 ack 301', 'flags'],
  ['M13', 'connect\n> S 100\n< S. 300 ack 101', 'S. 101 ack 301', 'flags'],
  ['M14', 'connect\n> S 100\nrto', 'S 4711', 'seq'],
  ['M14', `${OPEN}\nclose\n> F. 101 ack 301\nrto`, 'F. 102 ack 301', 'seq'],
  ['M17', 'connect\n> S 100\nrto', 'R 101', 'flags'],
  ['M18', `${OPEN}\nclose`, 'R. 101 ack 301', 'flags'],
  ['M19', `${OPEN}\n< FP. 301:311(10) ack 101`, '. 101 ack 311', 'ack'],
  ['M20', `${OPEN}\nclose\n> F. 101 ack 301\n< . 301 ack 102\n< P. 301:305(4) ack 102`, 'R 102', 'flags'],
  ['M23', `${OPEN}\nwrite 9\nclose`, 'F. 101 ack 301', 'flags'],
  ['M23', `${OPEN}\nwrite 9\nclose`, 'F. 110 ack 301', 'seq'],
  [
    'M26',
    `${OPEN}\nclose\n> F. 101 ack 301\n< F. 301 ack 102\n> . 102 ack 302\n< F. 301 ack 102`,
    'R 102',
    'flags',
  ],
  ['M29', `${OPEN}\nwrite 20\n> P. 101:111(10) ack 301\n< . 301 ack 111`, 'P. 102:112(10) ack 301', 'seq'],
  ['M30', `${OPEN}\n< P. 311:321(10) ack 101`, '. 101 ack 321', 'ack'],
  ['M30', `${OPEN}\n< F. 311 ack 101`, '. 101 ack 312', 'ack'],
  ['M33', 'connect\n> S 100\n< S. 300 ack 101', '. 1 ack 301', 'seq'],
  ['M33', 'connect\n> S 100\n< S. 300 ack 101', '. 101 ack 1', 'ack'],
  ['M35', `${OPEN}\nwrite 20\n> P. 101:111(10) ack 301`, 'P. 112:122(10) ack 301', 'seq'],
  ['M36', `${OPEN}\nwrite 20`, 'U. 101:111(10) ack 301', 'flags'],
];

function faultsAt(end: End, slip: string): string[] {
  return judge(end, segment(slip), { app: 'scripted' }).faults.map((f) => `${f.code} ${f.field}`);
}

describe('misconceptions', () => {
  test.each(SLIPS)('%s', (code, story, slip, field) => {
    expect(faultsAt(play(story), slip)).toContain(`${code} ${field}`);
  });

  test('M31 and M32: what the table knows of the far end tells them apart', () => {
    const end = play(OPEN);
    const acks = (ack: number, sndNxt: number): unknown =>
      judge(end, segment(`. 101 ack ${ack}`), { app: 'scripted', peer: { sndNxt } }).faults;
    expect(acks(311, 311)).toMatchObject([{ code: 'M31', field: 'ack', given: 311, needed: 301, diff: 10 }]);
    expect(acks(311, 301)).toMatchObject([{ code: 'M32', field: 'ack', given: 311, needed: 301, diff: 10 }]);
    expect(faultsAt(end, '. 101 ack 311')).toEqual(['other ack']);
  });

  test('M34: numbers that do not wrap, and others that fit nowhere', () => {
    const end = play('iss 4294967295\nconnect\n> S 4294967295\n< S. 300 ack 0');
    const sends = (seq: number): unknown =>
      judge(end, { ...segment('. 0 ack 301'), seq }, { app: 'scripted' }).faults;
    expect(sends(4294967296)).toMatchObject([{ code: 'M34', given: 4294967296, needed: 0 }]);
    expect(sends(-1)).toMatchObject([{ code: 'out-of-range', given: -1, needed: 0 }]);
    expect(sends(NaN)).toMatchObject([{ code: 'out-of-range', given: null, needed: 0 }]);
    expect(sends(0.5)).toMatchObject([{ code: 'out-of-range', given: 0.5, needed: 0 }]);
  });

  test('M26: the silence of a TIME-WAIT that should answer is in the close tests; a bare ACK in its place is right', () => {
    const end = play(SLIPS.find(([code]) => code === 'M26')?.[1] ?? '');
    expect(judge(end, segment('. 102 ack 302'), { app: 'scripted' }).verdict).toBe('due');
  });
});
