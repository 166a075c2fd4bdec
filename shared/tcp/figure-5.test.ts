import { describe, expect, test } from 'vitest';
import { BESIDE_FIGURE_5, FIGURE_5 } from './figure-5.ts';
import { play } from './script.testing.ts';
import { STATES } from './state.ts';

const SYN_SENT = 'connect\n> S 100';
const SYN_RECEIVED = 'listen\n< S 300\n> S. 100 ack 301';
const ESTABLISHED = `${SYN_SENT}\n< S. 300 ack 101\n> . 101 ack 301`;
const FIN_WAIT_1 = `${ESTABLISHED}\nclose\n> F. 101 ack 301`;
const FIN_WAIT_2 = `${FIN_WAIT_1}\n< . 301 ack 102`;
const CLOSING = `${FIN_WAIT_1}\n< F. 301 ack 101\n> . 102 ack 302`;
const TIME_WAIT = `${FIN_WAIT_2}\n< F. 301 ack 102\n> . 102 ack 302`;
const CLOSE_WAIT = `${ESTABLISHED}\n< F. 301 ack 101\n> . 101 ack 302`;
const LAST_ACK = `${CLOSE_WAIT}\nclose\n> F. 101 ack 302`;

/**
 * An arrow of the figure, what is written beside it, a story that leads to its foot, and the step that
 * follows it.
 */
type Walk = readonly [from: string, to: string, on: string, story: string, step: string];

const WALKS: readonly Walk[] = [
  ['CLOSED', 'LISTEN', 'passive OPEN', '', 'listen'],
  ['CLOSED', 'SYN-SENT', 'active OPEN, snd SYN', 'connect', '> S 100'],
  ['LISTEN', 'CLOSED', 'CLOSE', 'listen', 'close'],
  ['LISTEN', 'SYN-SENT', 'SEND, snd SYN', 'listen\nconnect', '> S 100'],
  ['LISTEN', 'SYN-RECEIVED', 'rcv SYN, snd SYN,ACK', 'listen', '< S 300'],
  ['SYN-SENT', 'CLOSED', 'CLOSE', SYN_SENT, 'close'],
  ['SYN-SENT', 'SYN-RECEIVED', 'rcv SYN, snd SYN,ACK', SYN_SENT, '< S 300'],
  ['SYN-SENT', 'ESTABLISHED', 'rcv SYN,ACK, snd ACK', SYN_SENT, '< S. 300 ack 101'],
  ['SYN-RECEIVED', 'LISTEN', 'rcv RST', SYN_RECEIVED, '< R 301'],
  ['SYN-RECEIVED', 'ESTABLISHED', 'rcv ACK of SYN', SYN_RECEIVED, '< . 301 ack 101'],
  ['SYN-RECEIVED', 'FIN-WAIT-1', 'CLOSE, snd FIN', SYN_RECEIVED, 'close'],
  ['ESTABLISHED', 'FIN-WAIT-1', 'CLOSE, snd FIN', ESTABLISHED, 'close'],
  ['ESTABLISHED', 'CLOSE-WAIT', 'rcv FIN, snd ACK', ESTABLISHED, '< F. 301 ack 101'],
  ['FIN-WAIT-1', 'FIN-WAIT-2', 'rcv ACK of FIN', FIN_WAIT_1, '< . 301 ack 102'],
  ['FIN-WAIT-1', 'CLOSING', 'rcv FIN, snd ACK', FIN_WAIT_1, '< F. 301 ack 101'],
  ['FIN-WAIT-1', 'TIME-WAIT', 'rcv FIN and ACK of FIN, snd ACK', FIN_WAIT_1, '< F. 301 ack 102'],
  ['FIN-WAIT-2', 'TIME-WAIT', 'rcv FIN, snd ACK', FIN_WAIT_2, '< F. 301 ack 102'],
  ['CLOSE-WAIT', 'LAST-ACK', 'CLOSE, snd FIN', CLOSE_WAIT, 'close'],
  ['CLOSING', 'TIME-WAIT', 'rcv ACK of FIN', CLOSING, '< . 302 ack 102'],
  ['LAST-ACK', 'CLOSED', 'rcv ACK of FIN', LAST_ACK, '< . 302 ack 102'],
  ['TIME-WAIT', 'CLOSED', 'Timeout=2MSL, delete TCB', TIME_WAIT, '2msl'],
];

const RESET = 'rcv RST or ABORT';

/** What the text has beside the figure. A RST acts at RCV.NXT; in SYN-SENT it must acknowledge the SYN. */
const BESIDE: readonly Walk[] = [
  ['SYN-SENT', 'CLOSED', RESET, SYN_SENT, '< R. 0 ack 101'],
  ['SYN-RECEIVED', 'CLOSED', RESET, `${SYN_SENT}\n< S 300\n> S. 100 ack 301`, '< R 301'],
  ['ESTABLISHED', 'CLOSED', RESET, ESTABLISHED, '< R 301'],
  ['FIN-WAIT-1', 'CLOSED', RESET, FIN_WAIT_1, '< R 301'],
  ['FIN-WAIT-2', 'CLOSED', RESET, FIN_WAIT_2, '< R 301'],
  ['CLOSE-WAIT', 'CLOSED', RESET, CLOSE_WAIT, '< R 302'],
  ['CLOSING', 'CLOSED', RESET, CLOSING, '< R 302'],
  ['LAST-ACK', 'CLOSED', RESET, LAST_ACK, '< R 302'],
  ['TIME-WAIT', 'CLOSED', RESET, TIME_WAIT, '< R 302'],
  ['SYN-RECEIVED', 'LISTEN', 'rcv SYN', SYN_RECEIVED, '< S 700'],
  [
    'TIME-WAIT',
    'SYN-RECEIVED',
    'rcv SYN, snd SYN,ACK',
    `${TIME_WAIT}\n< S 700`,
    '> S. 900 ack 701 ! legal reopen',
  ],
  [
    'SYN-RECEIVED',
    'TIME-WAIT',
    'rcv RST',
    `${TIME_WAIT}\n< S 700\n> S. 900 ack 701 ! legal reopen`,
    '< R 701',
  ],
];

describe('Figure 5 of RFC 9293, one arrow after the other', () => {
  test.each(WALKS)('%s to %s: %s', (from, to, on, story, step) => {
    expect(FIGURE_5).toContainEqual({ from, to, on });
    expect(play(story).state).toBe(from);
    expect(play(`${story}\n${step}`).state).toBe(to);
  });

  test.each(BESIDE)('beside it, %s to %s: %s', (from, to, on, story, step) => {
    expect(BESIDE_FIGURE_5).toContainEqual({ from, to, on });
    expect(play(story).state).toBe(from);
    expect(play(`${story}\n${step}`).state).toBe(to);
  });

  test('no arrow is without a story, no state without an arrow', () => {
    expect(FIGURE_5).toHaveLength(WALKS.length);
    expect(BESIDE_FIGURE_5).toHaveLength(BESIDE.length);
    expect(STATES).toHaveLength(11);
    for (const state of STATES) {
      expect(FIGURE_5.some(({ from }) => from === state)).toBe(true);
      expect(FIGURE_5.some(({ to }) => to === state)).toBe(true);
    }
  });
});
