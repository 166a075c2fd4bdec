import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { script } from '../table/script.testing.ts';
import { roundRows } from './round-rows.ts';
import { toCsv } from './to-csv.ts';

const TITLE = { en: 'Handshake', 'zh-CN': '握手' };

describe('the export of a round', () => {
  const { table } = script()`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 100      ! blocked M01
     51  server  > S. 300:300(0) ack 100      ! blocked M01
     60  server  > S. 300:300(0) ack 101
  `;
  const people = [
    { id: 'ana', name: '王伟', verified: true },
    { id: 'ben', name: 'Ben', verified: false },
  ];

  test('has a line for each person and seat, and says whose name is only a name', () => {
    const [head, ...lines] = roundRows([table], people, TITLE, 'en');
    expect(head?.slice(0, 6)).toEqual(['Name', 'Identity', 'Scenario', 'Table', 'Seat', 'Points']);
    expect(lines).toEqual([
      ['王伟', 'verified', 'Handshake', 1, 'client', 4, 4, 100, 1, 1, 0, 0, 0, 0, ''],
      ['Ben', 'unverified', 'Handshake', 1, 'server', 1, 6, 16.7, 1, 0, 0, 0, 0, 2, 'M01 ×2'],
    ]);
    expect(lines.every((line) => line.length === head?.length)).toBe(true);
  });

  test('speaks both languages', () => {
    const [head, line] = roundRows([table], people, TITLE, 'zh-CN');
    expect(head).toHaveLength(15);
    expect(line?.slice(0, 5)).toEqual(['王伟', '已核实', '握手', 1, '客户端']);
  });
});

describe('CSV', () => {
  test('is as spreadsheets want it', () => {
    expect(
      toCsv([
        ['Name', 'Points'],
        ['王伟', 1.5],
      ]),
    ).toBe('\uFEFFName,Points\r\n王伟,1.5\r\n');
    expect(toCsv([['a,b', 'say "hi"', 'two\nlines', '', Number.NaN]])).toBe(
      '\uFEFF"a,b","say ""hi""","two\nlines",,\r\n',
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1+1', '\t=1', '\r=1', '＝1', '＠x', '\uFEFF=1', '\n=cmd|x'])(
    'runs no formula: %j',
    (text) => {
      const cell = toCsv([[text]]).slice(1, -2);
      expect(cell.replace(/^"/, '')).toMatch(/^'/);
    },
  );

  test('a number below nothing stays a number', () => {
    expect(toCsv([[-1]])).toBe('\uFEFF-1\r\n');
  });

  test('can be read back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        (rows) => {
          const read = parse(toCsv(rows).slice(1));
          expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
          rows.flat().forEach((cell, i) => {
            const harmless = /^[A-Za-z0-9"]/.test(cell) ? [cell] : [cell, `'${cell}`];
            expect(harmless).toContain(read.flat()[i]);
          });
        },
      ),
    );
  });
});

/** RFC 4180. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/gy;
  for (const [, cell = '', end] of text.matchAll(cells)) {
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
