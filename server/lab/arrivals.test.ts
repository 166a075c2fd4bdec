import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { seqAdd } from '../../shared/tcp/seq.ts';
import { run, stepOf } from './steps.testing.ts';
import type { Shift } from './steps.testing.ts';

/*
 * testdata/arrivals.txt: SEGMENT ARRIVES (RFC 9293 §3.10.7), worked out by hand: what each kind of segment
 * does in every state, at the edges of the window and of what is outstanding. Blocks are parted by empty
 * lines: a name, how the state is reached, then a row for each arrival: the segment,
 * `=`, the state with SND.UNA/SND.NXT/RCV.NXT after it, `>` and an answer that is right, with another
 * `=` and the state after it where that changes, `x` and one that is wrong.
 */
const FILE = new URL('./testdata/arrivals.txt', import.meta.url);

interface Row {
  readonly way: readonly string[];
  readonly arrival: string;
  readonly state: string;
  readonly numbers: string | undefined;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
}

interface Block {
  readonly name: string;
  readonly rows: readonly Row[];
}

function blocks(): Block[] {
  return readFileSync(FILE, 'utf8')
    .trim()
    .split(/\n\n+/)
    .map((text) => {
      const [name = '', ...all] = text.split('\n');
      const way = all.filter((line) => !line.includes(' = '));
      const rows = all.filter((line) => line.includes(' = ')).map((line) => rowOf(way, line));
      return { name: name.slice(2), rows };
    });
}

function rowOf(way: readonly string[], line: string): Row {
  const [arrival = '', ...rest] = line.split(' = ');
  const [after = '', ...answers] = rest.join(' = ').split(/ (?=[>x] )/);
  const [state = '', numbers] = after.split(' ');
  const of = (mark: string): string[] =>
    answers.filter((answer) => answer.startsWith(mark)).map((answer) => answer.slice(2));
  return { way, arrival, state, numbers, right: of('>'), wrong: of('x') };
}

function moved(numbers: string, { ours, theirs }: Shift): string {
  return numbers
    .split('/')
    .map((n, i) => (n === 'null' ? n : String(seqAdd(Number(n), i === 2 ? theirs : ours))))
    .join('/');
}

/** Where the trace disagrees with a row, as sentences. */
async function disagreements(row: Row, shift: Shift): Promise<string[]> {
  const { way, arrival, state, numbers } = row;
  const found: string[] = [];
  const check = (what: string, got: unknown, wanted: unknown): void => {
    if (got !== wanted) found.push(`${arrival}${what}: ${String(got)}, not ${String(wanted)}`);
  };
  const steps = [...way, arrival].map((step) => stepOf(step, shift));
  const line = (await run(steps)).told.at(-1);
  check('', line?.state, state);
  if (numbers) {
    check('', `${line?.snd_una}/${line?.snd_nxt}/${line?.rcv_nxt}`, moved(numbers, shift));
  }
  for (const answer of row.right) {
    const [sent = '', then = state] = answer.split(' = ');
    const told = (await run([...steps, stepOf(`> ${sent}`, shift)])).told.at(-1);
    check(` > ${sent}`, told?.verdict === 'wrong', false);
    check(` > ${sent}`, told?.state, then);
  }
  for (const sent of row.wrong) {
    const told = (await run([...steps, stepOf(`> ${sent}`, shift)])).told.at(-1);
    check(` x ${sent}`, told?.verdict, 'wrong');
  }
  return found;
}

describe('a segment arrives', () => {
  test('in every state, a few hundred times', () => {
    const all = blocks();
    expect(all).toHaveLength(12);
    expect(all.flatMap(({ rows }) => rows).length).toBeGreaterThan(450);
  });

  describe.each([
    { counted: 'from 0', ours: 0, theirs: 0 },
    { counted: 'to the end of the circle', ours: -1, theirs: -2 },
    { counted: 'past its middle', ours: 2 ** 31 - 1, theirs: 2 ** 31 - 2 },
  ])('numbers counted $counted', ({ ours, theirs }) => {
    test.each(blocks())('$name', async ({ rows }) => {
      const found = await Promise.all(rows.map((row) => disagreements(row, { ours, theirs })));
      expect(found.flat()).toEqual([]);
    });
  });
});
