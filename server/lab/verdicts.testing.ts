import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { judgeCases } from './judge.ts';

/*
 * shared/tcp/testdata/verdicts.txt: situations and what may and may not be sent in each, worked out by hand
 * from RFC 9293. Blocks are parted by empty lines: the state with what is known of the end,
 * `<` what arrived, `~` what is outstanding, `#` a name; then `+` and a segment that is right, or a field and
 * a segment in which that field is wrong;
 * `nothing` in the place of a segment is the answer "nothing to send". Numbers beginning with `=` stay as
 * they are when all others are moved round the circle.
 */
const FILE = new URL('../../shared/tcp/testdata/verdicts.txt', import.meta.url);

interface Answer {
  readonly id: string;
  readonly verdict: string;
  readonly faults: readonly { readonly field: string }[];
  readonly error?: string;
}

/** How far our numbers and the peer's are moved. */
interface Shift {
  readonly ours: number;
  readonly theirs: number;
}

function moved(number: string, by: number): number {
  return number.startsWith('=') ? Number(number.slice(1)) : (Number(number) + by) >>> 0;
}

/** `FLAGS seq ack len win=…`. */
function segmentOf(words: readonly string[], ours: number, theirs: number): object | null {
  if (words[0] === 'nothing') return null;
  const win = words.find((word) => word.startsWith('win='));
  const [flags = '-', seq = '0', ack = '-', len = '0'] = words.filter((word) => word !== win);
  return {
    flags: flags === '-' ? [] : flags.split(','),
    seq: moved(seq, ours),
    ack: ack === '-' ? null : moved(ack, theirs),
    len: Number(len),
    win: win === undefined ? 65535 : Number(win.slice(4)),
  };
}

interface Block {
  readonly name: string;
  readonly state: readonly string[];
  readonly received: readonly string[][];
  readonly unacked: readonly string[][];
  readonly candidates: readonly (readonly string[])[];
}

export function blocks(): Block[] {
  return readFileSync(FILE, 'utf8')
    .trim()
    .split(/\n\n+/)
    .map((text) => {
      const rows = text.split('\n').map((row) => row.replace(/ # .*/, '').split(' '));
      const after = (mark: string): string[][] =>
        rows.filter(([first]) => first === mark).map((row) => row.slice(1));
      return {
        name: after('#')[0]?.join(' ') ?? '',
        state: rows[0] ?? [],
        received: after('<'),
        unacked: after('~'),
        candidates: rows.filter(([first = '']) => ['+', 'flags', 'seq', 'ack', 'len'].includes(first)),
      };
    });
}

function situation(block: Block, shift: Shift): object {
  const [state, opened, ...words] = block.state;
  const value = (key: string, otherwise: string): string =>
    words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1) ?? otherwise;
  const number = (key: string, otherwise: string, by: number): number | null => {
    const text = value(key, otherwise);
    return text === '-' ? null : moved(text, by);
  };
  const { ours, theirs } = shift;
  const open = value('open', '-');
  return {
    situation: block.name,
    endpoint: 'client',
    opened: opened === '-' ? null : opened,
    state,
    tcb: {
      iss: number('iss', '1000', ours),
      irs: number('irs', '5000', theirs),
      snd_wnd: Number(value('wnd', '65535')),
      rcv_wnd: Number(value('rwnd', '65535')),
      snd_una: number('una', '-', ours),
      snd_nxt: number('nxt', '-', ours),
      rcv_nxt: number('rcv', '-', theirs),
    },
    received: block.received.map((row) => segmentOf(row, theirs, ours)),
    unacked: block.unacked.map(([flags = '', seq = '0', len = '0']) => ({
      flags: flags.split(','),
      seq: moved(seq, ours),
      len: Number(len),
    })),
    app: {
      open: open === '-' ? null : open,
      queued: Number(value('queued', '0')),
      closed: words.includes('closed'),
      abort: words.includes('abort'),
      reads: !words.includes('deaf'),
    },
  };
}

/**
 * A number that is wrong where it stands may become right when the others are moved, and is left out then.
 */
function isFixed({ ours, theirs }: Shift): boolean {
  return ours === 0 && theirs === 0;
}

/** Disagreements, as sentences. */
export async function disagreements(shift: Shift): Promise<string[]> {
  const cases = blocks()
    .flatMap((block) => block.candidates.map(([wanted = '', ...words]) => ({ block, wanted, words })))
    .filter(
      ({ wanted, words }) => isFixed(shift) || wanted === '+' || !words.some((word) => word.startsWith('=')),
    );
  const input = cases.map(({ block, words }, id) =>
    JSON.stringify({
      id,
      ...situation(block, shift),
      candidate: segmentOf(words, shift.ours, shift.theirs),
    }),
  );
  const answers: Answer[] = [];
  await judgeCases(
    (async function* () {
      yield* input;
    })(),
    (line) => answers.push(JSON.parse(line) as Answer),
  );
  expect(answers).toHaveLength(cases.length);
  return cases.flatMap(({ block, wanted, words }, i) => {
    const { verdict, faults, error } = answers[i] as Answer;
    const got = error ?? (verdict === 'wrong' ? (faults[0]?.field ?? 'no fault') : '+');
    return got === wanted
      ? []
      : [`${block.state[0]}: ${block.name}: ${words.join(' ')}: ${got}, not ${wanted}`];
  });
}
