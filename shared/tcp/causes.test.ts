import { describe, expect, test } from 'vitest';
import { play } from './script.testing.ts';
import { OPEN } from './stories.testing.ts';

const ANSWERED = `
  listen
  < S 300
  > S. 100 ack 301`;

const FIN_CAME = `${OPEN}\n< F. 301 ack 101\n> . 101 ack 302`;

const needs = (story: string): unknown =>
  play(story).causes.map(({ need, why, optional }) => [need, why, optional]);

describe('open causes', () => {
  test('are plain values, with nothing in them that does not apply', () => {
    expect(play('connect\nwrite 5').causes).toStrictEqual([
      { id: 1, kind: 'call', need: 'syn', why: 'syn' },
      { id: 2, kind: 'call', need: 'data', why: 'data', upTo: 106 },
    ]);
    const last = (story: string): unknown => play(story).causes.at(-1);
    expect(last(`${OPEN}\nclose`)).toStrictEqual({ id: 3, kind: 'call', need: 'fin', why: 'fin' });
    expect(last(`${OPEN}\nabort`)).toStrictEqual({ id: 3, kind: 'call', need: 'abort', why: 'rst-abort' });
    const shut = `wnd 4\n${OPEN}\nstop-reading\n< P. 301:305(4) ack 101\n> . 101 ack 305`;
    expect(last(`${shut}\nstart-reading`)).toStrictEqual({
      id: 4,
      kind: 'call',
      need: 'ack',
      why: 'window-update',
    });
    const [owed] = play(`${OPEN}\n< P. 301:305(4) ack 101`).causes;
    expect(owed).toStrictEqual({
      id: 3,
      kind: 'arrival',
      need: 'ack',
      why: 'ack',
      seg: { seq: 301, ack: 101, flags: 0x18, wnd: 65535, dataOctets: 4 },
    });
  });

  test('of arrivals become one where one ACK answers them; others stay as they are', () => {
    expect(needs(`${OPEN}\nwrite 5\n< P. 301:305(4) ack 101\n< P. 311:315(4) ack 101`)).toEqual([
      ['data', 'data', undefined],
      ['ack', 'dup-ack', undefined],
    ]);
    // What the application asks for is not one of them.
    expect(
      needs(
        `wnd 4\n${OPEN}\nstop-reading\n< P. 301:305(4) ack 101\n> . 101 ack 305\nstart-reading\n< P. 305:308(3) ack 101`,
      ),
    ).toEqual([
      ['ack', 'window-update', undefined],
      ['ack', 'ack', undefined],
    ]);
    // Nor what may be answered by a SYN,ACK.
    expect(needs(`${ANSWERED}\n< S 300\n< R 305`)).toEqual([
      ['syn-ack-or-ack', 'syn-ack-again', undefined],
      ['ack', 'challenge-ack', undefined],
    ]);
  });

  test('of a connect on a listening socket, overtaken by the peer’s SYN, leave neither the SYN nor a RST that could hit the new connection', () => {
    expect(needs('listen\nconnect\nwrite 5\n< . 9 ack 77\n< S 300')).toEqual([
      ['data', 'data', undefined],
      ['syn-ack', 'syn-ack', undefined],
    ]);
    expect(needs('listen\nroom 0 cookies\n< . 9 ack 77\n< S 300')).toEqual([
      ['rst', 'rst-stray', undefined],
      ['syn-ack', 'syn-cookie', undefined],
    ]);
    // A cookie that comes back while another SYN waits.
    expect(
      needs('listen\nroom 0 cookies\n< S 300\n> S. 100 ack 301\n< . 9 ack 77\n< S 500\n< . 301 ack 101'),
    ).toEqual([['rst', 'rst-stray', undefined]]);
  });

  test('of what is sent again because it was never answered, keep their reason', () => {
    const open = 'connect\n> S 100\n< S. 300 ack 101';
    expect(needs(`${open}\n< S. 300 ack 101`)).toEqual([['ack', 'third-ack', undefined]]);
    const data = `${open}\n> . 101 ack 301\n< P. 301:305(4) ack 101`;
    expect(needs(`${data}\n${data.split('\n').at(-1)}`)).toEqual([['ack', 'ack', undefined]]);
    expect(needs(`${FIN_CAME}`)).toEqual([]);
    expect(needs(`${open}\n> . 101 ack 301\n< F. 301 ack 101\n< F. 301 ack 101`)).toEqual([
      ['ack', 'ack-fin', undefined],
    ]);
  });

  test('may be left unanswered only if each of them may', () => {
    const late = '< P. 302:306(4) ack 101';
    expect(needs(`${FIN_CAME}\n${late}`)).toEqual([['ack', 'old-ack', true]]);
    expect(needs(`${FIN_CAME}\n${late}\n${late}`)).toEqual([['ack', 'old-ack', true]]);
    expect(needs(`${FIN_CAME}\n${late}\n< F. 301 ack 101`)).toEqual([['ack', 'old-ack', undefined]]);
    expect(needs(`${FIN_CAME}\n< F. 301 ack 101\n${late}`)).toEqual([['ack', 'old-ack', undefined]]);
  });

  test('of strays: the newest 256, whatever else is open', () => {
    const strays = (n: number): string =>
      Array.from({ length: n }, (_, i) => `< . 9 ack ${1000 + i}`).join('\n');
    const full = play(`connect\n${strays(256)}`).causes;
    expect(full.map(({ need }) => need).slice(0, 2)).toEqual(['syn', 'rst']);
    expect(full).toHaveLength(257);
    expect(full[1]?.seg?.ack).toBe(1000);
    const more = play(`connect\n${strays(257)}`).causes;
    expect(more).toHaveLength(257);
    expect(more[0]?.need).toBe('syn');
    expect(more[1]?.seg?.ack).toBe(1001);
  });
});

test('CLOSED remembers from where it came, until it is open again', () => {
  const from = (story: string): unknown => play(story).closedFrom;
  const last = `${FIN_CAME}\nclose\n> F. 101 ack 302\n< . 302 ack 102`;
  expect(from('connect')).toBe(null);
  expect(from(last)).toBe('LAST-ACK');
  expect(from(`${last}\nconnect\nclose`)).toBe('LAST-ACK');
  expect(from(`${last}\nlisten\nclose`)).toBe('LISTEN');
});
