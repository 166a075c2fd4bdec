import { describe, expect, test } from 'vitest';
import { fill, fits } from './due.ts';
import type { Due } from './due.ts';
import { expect as expectDues } from './expect.ts';
import { print } from './notation.ts';
import { play, segment } from './script.testing.ts';
import { ANSWERED, FIN_OUT, FLIGHT, HALF, HEARD, OPEN, SENT } from './stories.testing.ts';
import { ACK } from './segment.ts';

const DEAF = `${OPEN}\nstop-reading\n< P. 301:305(4) ack 101`;

/**
 * What a kernel would send, how many octets it may carry, and the ids of the causes that it answers; `[.]`
 * where the ACK may be left out or added.
 */
function told(due: Due): string {
  const { min, max } = due.data;
  const range = print(fill(due)).replace(/ (\d+):\1\(0\)/, ' $1');
  return `${due.why}: ${range}${due.flags.optional & ACK ? '[.]' : ''} ${min}-${max} for ${due.causes.join('+')}`;
}

/** Everything that would answer, in the order in which a kernel prefers it. */
const DUES: readonly (readonly [story: string, dues: readonly string[]])[] = [
  ['connect', ['syn: S 100 win 65535 0-0 for 1']],
  ['connect\nwrite 5', ['syn: S 100 win 65535 0-5 for 1']],
  ['< S 300\n< . 7 ack 9', ['rst-stray: R. 0 ack 301 win 0 0-0 for 1', 'rst-stray: R 9 win 0 0-0 for 2']],
  ['connect\n< . 7 ack 9', ['rst-stray: R 9 win 0 0-0 for 2', 'syn: S 100 win 65535 0-0 for 1']],
  ['listen\nroom 0 cookies\n< S 300', ['syn-cookie: S. 100 ack 301 win 65535 0-0 for 2']],
  [`${SENT}\nrto`, ['retransmit-syn: S 100 win 65535 0-0 for 2']],
  ['connect\nwrite 5\n> S 100:103(3)\nrto', ['retransmit-syn: S 100 win 65535 0-3 for 3']],
  [`${SENT}\nwrite 5`, []],
  [`${SENT}\n< S 300`, ['syn-ack: S. 100 ack 301 win 65535 0-0 for 2']],
  [
    `${SENT}\n< S. 300 ack 101\nwrite 5`,
    ['data: P. 101:106(5) ack 301 win 65535 1-5 for 2+3', 'third-ack: . 101 ack 301 win 65535 0-0 for 2'],
  ],
  [HEARD, ['syn-ack: S. 100 ack 301 win 65535 0-0 for 2']],
  [`${HEARD}\nwrite 5\nclose`, ['syn-ack: S. 100 ack 301 win 65535 0-0 for 2']],
  [
    `${HEARD}\n< . 301 ack 900`,
    ['rst-stray: R 900 win 0 0-0 for 3', 'syn-ack: S. 100 ack 301 win 65535 0-0 for 2'],
  ],
  [`${ANSWERED}\nrto`, ['retransmit-syn-ack: S. 100 ack 301 win 65535 0-0 for 3']],
  [
    `${ANSWERED}\n< S 300`,
    ['syn-ack-again: S. 100 ack 301 win 65535 0-0 for 3', 'syn-ack-again: . 101 ack 301 win 65535 0-0 for 3'],
  ],
  [
    `${ANSWERED}\nrto\n< S 300`,
    [
      'syn-ack-again: S. 100 ack 301 win 65535 0-0 for 3+4',
      'retransmit-syn-ack: S. 100 ack 301 win 65535 0-0 for 3+4',
      'syn-ack-again: . 101 ack 301 win 65535 0-0 for 4',
    ],
  ],
  [`${ANSWERED}\nclose`, ['fin: F. 101 ack 301 win 65535 0-0 for 3']],
  [`${ANSWERED}\nwrite 5`, []],
  [`${ANSWERED}\nabort`, ['rst-abort: R 101 win 0[.] 0-0 for 3']],
  [`${OPEN}\nwrite 5`, ['data: P. 101:106(5) ack 301 win 65535 1-5 for 3']],
  [`${OPEN}\nwrite 2000`, ['data: P. 101:1561(1460) ack 301 win 65535 1-2000 for 3']],
  [
    `${OPEN}\nwrite 5\nclose`,
    [
      'data-fin: FP. 101:106(5) ack 301 win 65535 5-5 for 3+4',
      'data: P. 101:106(5) ack 301 win 65535 1-5 for 3',
    ],
  ],
  [
    `${OPEN}\nwrite 1460\nclose`,
    [
      'data-fin: FP. 101:1561(1460) ack 301 win 65535 1460-1460 for 3+4',
      'data: P. 101:1561(1460) ack 301 win 65535 1-1460 for 3',
    ],
  ],
  [
    `${OPEN}\nwrite 1461\nclose`,
    [
      'data: P. 101:1561(1460) ack 301 win 65535 1-1461 for 3',
      'data-fin: FP. 101:1562(1461) ack 301 win 65535 1461-1461 for 3+4',
    ],
  ],
  [`${OPEN}\nclose`, ['fin: F. 101 ack 301 win 65535 0-0 for 3']],
  [`${OPEN}\n< P. 301:305(4) ack 101`, ['ack: . 101 ack 305 win 65535 0-0 for 3']],
  [
    `${OPEN}\n< P. 301:305(4) ack 101\nwrite 5`,
    ['data: P. 101:106(5) ack 305 win 65535 1-5 for 3+4', 'ack: . 101 ack 305 win 65535 0-0 for 3'],
  ],
  [
    `${OPEN}\n< P. 301:305(4) ack 101\nwrite 5\nclose`,
    [
      'data-fin: FP. 101:106(5) ack 305 win 65535 5-5 for 3+4+5',
      'data: P. 101:106(5) ack 305 win 65535 1-5 for 3+4',
      'ack: . 101 ack 305 win 65535 0-0 for 3',
    ],
  ],
  [
    `${OPEN}\n< P. 301:305(4) ack 101\nclose`,
    ['fin: F. 101 ack 305 win 65535 0-0 for 3+4', 'ack: . 101 ack 305 win 65535 0-0 for 3'],
  ],
  [`${OPEN}\n< . 301 ack 101 win 3\nwrite 5`, ['data: P. 101:104(3) ack 301 win 65535 1-3 for 4']],
  [`${OPEN}\n< . 301 ack 101 win 3\nwrite 5\nclose`, ['data: P. 101:104(3) ack 301 win 65535 1-3 for 4']],
  [`${OPEN}\n< . 301 ack 101 win 0\nwrite 5\nclose`, []],
  [`${OPEN}\n< . 301 ack 101 win 0\nwrite 5\npersist`, ['probe: P. 101:102(1) ack 301 win 65535 1-1 for 5']],
  [
    `${OPEN}\n< . 301 ack 101 win 0\nwrite 5\npersist\n< P. 301:305(4) ack 101 win 0`,
    ['probe: P. 101:102(1) ack 305 win 65535 1-1 for 5+6', 'ack: . 101 ack 305 win 65535 0-0 for 6'],
  ],
  [`${OPEN}\n< . 301 ack 101 win 0\nclose`, ['fin: F. 101 ack 301 win 65535 0-0 for 4']],
  // The window has shrunk below what is in flight; a FIN takes no room in it.
  [`${FLIGHT}\n< . 301 ack 101 win 4\nclose`, ['fin: F. 111 ack 301 win 65535 0-0 for 5']],
  [`${FLIGHT}\nrto`, ['retransmit: P. 101:111(10) ack 301 win 65535 1-10 for 4']],
  [
    `${FLIGHT}\nrto\n< P. 301:305(4) ack 101`,
    ['retransmit: P. 101:111(10) ack 305 win 65535 1-10 for 4+5', 'ack: . 111 ack 305 win 65535 0-0 for 5'],
  ],
  [
    `${FLIGHT}\nwrite 5\nclose\nrto`,
    [
      'retransmit: P. 101:111(10) ack 301 win 65535 1-10 for 6',
      'data-fin: FP. 111:116(5) ack 301 win 65535 5-5 for 4+5',
      'data: P. 111:116(5) ack 301 win 65535 1-5 for 4',
    ],
  ],
  [
    `${FLIGHT}\nclose\n> F. 111 ack 301\nrto`,
    [
      'retransmit-fin: FP. 101:111(10) ack 301 win 65535 10-10 for 5',
      'retransmit: P. 101:111(10) ack 301 win 65535 1-10 for 5',
    ],
  ],
  [
    `${FLIGHT}\nclose\n> F. 111 ack 301\nrto\n< . 301 ack 105\nrto`,
    [
      'retransmit-fin: FP. 105:111(6) ack 301 win 65535 6-6 for 7',
      'retransmit: P. 105:111(6) ack 301 win 65535 1-6 for 7',
    ],
  ],
  [
    `${FLIGHT}\nclose\n> F. 111 ack 301\n< . 301 ack 111\nrto`,
    ['retransmit-fin: F. 111 ack 301 win 65535 0-0 for 6'],
  ],
  [
    `${OPEN}\nwrite 2000\n> P. 101:1561(1460) ack 301\n> P. 1561:2101(540) ack 301\nclose\n> F. 2101 ack 301\nrto`,
    [
      'retransmit: P. 101:1561(1460) ack 301 win 65535 1-2000 for 5',
      'retransmit-fin: FP. 101:2101(2000) ack 301 win 65535 2000-2000 for 5',
    ],
  ],
  [`${FIN_OUT}\nrto`, ['retransmit-fin: F. 101 ack 301 win 65535 0-0 for 4']],
  [`${FIN_OUT}\n< F. 301 ack 101`, ['ack-fin: . 102 ack 302 win 65535 0-0 for 4']],
  [`${HALF}\n< P. 301:305(4) ack 102`, ['ack: . 102 ack 305 win 65535 0-0 for 5']],
  [DEAF, ['ack: . 101 ack 305 win 65531 0-0 for 3']],
  [
    `${DEAF}\nclose`,
    [
      'rst-unread: R 101 win 0[.] 0-0 for 3+4',
      'fin: F. 101 ack 305 win 65531 0-0 for 3+4',
      'ack: . 101 ack 305 win 65531 0-0 for 3',
    ],
  ],
  [
    `${DEAF}\n> . 101 ack 305\nclose`,
    ['rst-unread: R 101 win 0[.] 0-0 for 4', 'fin: F. 101 ack 305 win 65531 0-0 for 4'],
  ],
  [
    `${DEAF}\nwrite 5\nclose`,
    [
      'rst-unread: R 101 win 0[.] 0-0 for 3+4+5',
      'data-fin: FP. 101:106(5) ack 305 win 65531 5-5 for 3+4+5',
      'data: P. 101:106(5) ack 305 win 65531 1-5 for 3+4',
      'ack: . 101 ack 305 win 65531 0-0 for 3',
    ],
  ],
  [
    `${DEAF}\nstart-reading\nclose`,
    ['fin: F. 101 ack 305 win 65535 0-0 for 3+5', 'ack: . 101 ack 305 win 65535 0-0 for 3'],
  ],
  [`${OPEN}\nabort`, ['rst-abort: R 101 win 0[.] 0-0 for 3']],
  [`${OPEN}\n< P. 301:305(4) ack 101\nabort`, ['rst-abort: R 101 win 0[.] 0-0 for 4']],
];

describe('what is due', () => {
  test.each(DUES)('after %j', (story, dues) => {
    expect(expectDues(play(story)).map(told)).toEqual(dues);
  });

  test('may carry PSH, ECE and CWR, and no other flag than it must', () => {
    const [due] = expectDues(play(`${OPEN}\n< P. 301:305(4) ack 101`));
    const carries = (flags: string): boolean =>
      due !== undefined && fits(due, segment(`${flags} 101 ack 305`));
    expect(['.', 'P.', '.E', '.W', 'P.EW'].map(carries)).toEqual([true, true, true, true, true]);
    expect(['F.', 'S.', 'R.', '.U', 'P', 'none'].map(carries)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  test('announces the window that is left, as far as the header has room for it', () => {
    const wnd = (story: string): number | undefined => expectDues(play(story))[0]?.plain.wnd;
    expect(wnd(`wnd 20\n${OPEN}\nstop-reading\n< P. 301:305(4) ack 101`)).toBe(16);
    expect(wnd(`wnd 1000000\n${OPEN}\nclose`)).toBe(65535);
    expect(wnd(`wnd 20\n${OPEN}\nabort`)).toBe(0);
  });

  test('reads like what the application wrote, where that is known', () => {
    const end = { ...play(`mss 4\n${OPEN}\nwrite 10`), queuedText: 'helloworld' };
    expect(expectDues(end)[0]?.plain).toMatchObject({ dataOctets: 4, text: 'hell' });
    expect(expectDues(end).map(fill)).toMatchObject([{ dataOctets: 4, text: 'hell', wnd: 65535 }]);
    expect(expectDues({ ...end, queuedText: null }).map((due) => 'text' in fill(due))).toEqual([false]);
    expect(expectDues({ ...end, mss: 10 })[0]?.plain).toMatchObject({ dataOctets: 10, text: 'helloworld' });
    expect(expectDues({ ...end, queuedText: null })[0]?.plain).not.toHaveProperty('text');
    const closed = { ...play(`${OPEN}\nwrite 10\nclose`), queuedText: 'helloworld' };
    expect(expectDues(closed).map(({ plain }) => plain.text)).toEqual(['helloworld', 'helloworld']);
    const shut = { ...play(`${OPEN}\n< . 301 ack 101 win 0\nwrite 10\npersist`), queuedText: 'helloworld' };
    expect(expectDues(shut)[0]?.plain).toMatchObject({ dataOctets: 1, text: 'h' });
    const lost = play(`mss 4\n${OPEN}\nwrite 10\n> P. 101:111(10) ack 301\nrto`);
    const unacked = lost.unacked.map((range) => ({ ...range, text: 'helloworld' }));
    expect(expectDues({ ...lost, unacked })[0]?.plain).toMatchObject({ dataOctets: 4, text: 'hell' });
    const both = play(`${OPEN}\nwrite 10\nclose\n> FP. 101:111(10) ack 301\nrto`);
    const [data, fin] = both.unacked;
    if (!data || !fin) throw new Error('nothing is out');
    const texts = expectDues({ ...both, unacked: [{ ...data, text: 'helloworld' }, fin] }).map(
      (due) => due.plain.text,
    );
    expect(texts).toEqual(['helloworld', 'helloworld']);
    // Nothing to read on a FIN alone.
    expect(expectDues(play(`${OPEN}\nclose`))[0]?.plain).not.toHaveProperty('text');
  });
});
