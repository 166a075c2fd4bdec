import { describe, expect, test } from 'vitest';
import { endOf } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { judge, judgeLabel, judgeNothing } from './judge.ts';
import { play, segment } from './script.testing.ts';
import { OPEN } from './stories.testing.ts';

const FIN_OUT = `
  ${OPEN}
  close
  > F. 101 ack 301`;

const WAITING = `
  ${FIN_OUT}
  < F. 301 ack 102
  > . 102 ack 302`;

const scripted = (story: string, notation: string): unknown =>
  judge(play(story), segment(notation), { app: 'scripted' });

describe('a verdict', () => {
  test('says why, and which causes it answers', () => {
    expect(scripted(`${OPEN}\nwrite 5`, 'P. 101:106(5) ack 301')).toEqual({
      verdict: 'due',
      why: 'data',
      causes: [3],
      faults: [],
    });
  });

  test('names what is merely allowed, and answers nothing by it', () => {
    expect(scripted(OPEN, '. 100 ack 301')).toEqual({
      verdict: 'legal',
      why: 'keep-alive',
      causes: [],
      faults: [],
    });
    // The very segment that was sent last: a habit worth a word in an ACK, not in data.
    const flight = `${OPEN}\nwrite 5\n> P. 101:106(5) ack 301`;
    expect(scripted(flight, 'P. 101:106(5) ack 301')).toEqual({
      verdict: 'legal',
      why: 'retransmit',
      causes: [],
      faults: [],
    });
  });

  test('tells what a wrong segment resembles, and what it should have answered', () => {
    expect(scripted(`${OPEN}\nwrite 5`, 'P. 102:107(5) ack 301')).toMatchObject({
      verdict: 'wrong',
      why: 'data',
      causes: [3],
    });
    expect(scripted('listen', 'S 100')).toMatchObject({ verdict: 'wrong', why: 'nothing', causes: [] });
  });

  test('of silence and of a name for the state has no reason to give', () => {
    expect(judgeNothing(play(OPEN))).toEqual({ verdict: 'due', why: 'nothing', causes: [], faults: [] });
    expect(judgeLabel(play(OPEN), 'ESTABLISHED')).toMatchObject({ verdict: 'due', why: 'nothing' });
    expect(judgeLabel(play(OPEN), 'CLOSED')).toMatchObject({ verdict: 'wrong', why: 'nothing' });
  });
});

describe('an ACK that nothing asked for', () => {
  test('is remarked on only if it answers a bare ACK or repeats the last segment', () => {
    const plain = { verdict: 'legal', why: 'duplicate-ack', causes: [], faults: [] };
    // The last one acknowledged something else, by mistake.
    const slipped = `${OPEN}\n< F. 301 ack 101\n> . 101 ack 300 ! wrong\n> . 101 ack 302\n> . 101 ack 301 ! wrong`;
    expect(scripted(slipped, '. 101 ack 302')).toEqual(plain);
    // Data, a FIN and a SYN,ACK came last; they were answered together with octets of our own.
    const answered = (arrival: string, ack: number): string =>
      `${OPEN}\n< ${arrival}\nwrite 5\n> P. 101:106(5) ack ${ack}`;
    expect(scripted(answered('P. 301:305(4) ack 101', 305), '. 106 ack 305')).toEqual(plain);
    expect(scripted(answered('F. 301 ack 101', 302), '. 106 ack 302')).toEqual(plain);
    expect(scripted('listen\n< S 300\n> S. 100 ack 301', '. 101 ack 301')).toEqual(plain);
  });

  test('has nothing to answer where nobody told what arrived', () => {
    const told: Snapshot = {
      state: 'ESTABLISHED',
      opened: 'active',
      iss: 100,
      irs: 300,
      sndUna: 101,
      sndNxt: 101,
      rcvNxt: 301,
      sndWnd: 65535,
      rcvWnd: 65535,
      received: [],
      unacked: [],
      app: { open: null, queued: 0, closed: false, abort: false, reads: true },
    };
    const verdict = judge(endOf(told), segment('. 101 ack 301'), { app: 'scripted' });
    expect(verdict).toEqual({ verdict: 'legal', why: 'duplicate-ack', causes: [], faults: [] });
  });
});

test('a number past the end of the circle does not count as the one it would wrap to', () => {
  const flight = `${OPEN}\nwrite 10\n> P. 101:111(10) ack 301`;
  expect(scripted(flight, 'P. 104:109(5) ack 301')).toMatchObject({ verdict: 'legal', why: 'retransmit' });
  const beyond = { ...segment('P. 104:109(5) ack 301'), seq: 104 + 2 ** 32 };
  expect(judge(play(flight), beyond, { app: 'scripted' })).toMatchObject({
    verdict: 'wrong',
    faults: [{ field: 'seq' }],
  });
  const ahead = { ...segment('. 111 ack 301'), ack: 301 + 2 ** 32 };
  expect(judge(play(flight), ahead, { app: 'scripted' })).toMatchObject({
    verdict: 'wrong',
    faults: [{ field: 'ack' }],
  });
});

describe('in a capture', () => {
  const BEHIND = `${OPEN}\nwrite 9\n> P. 101:110(9) ack 301`;

  test.each([
    // What a call explains is no more than legal where nothing asks for it.
    ['a stray is answered', 'listen\n< S 300\n< FP. 311:321(10) ack 100', 'R 100', 'due rst-stray'],
    ['nothing was sent to be reset', 'connect', 'R 100', 'wrong'],
    // §3.6.1: data for an application that has gone.
    ['late data is answered', `${BEHIND}\n< P. 301:305(4) ack 101`, 'R 101', 'legal rst-unread'],
    ['a RST is never answered', `${BEHIND}\n< R. 305 ack 101`, 'R 101', 'wrong'],
    ['what has no ACK is not answered at its ACK', `${BEHIND}\n< P 301:305(4) ack 101`, 'R 101', 'wrong'],
    ['the stray has been answered', '< S. 300 ack 100\n> R 100', 'R 100', 'wrong'],
    ['the stray has been answered', 'listen\n< . 300 ack 100\n> R 100', 'R 100', 'wrong'],
    ['there was nothing to answer', 'connect\n> S 100\n< . 300 ack 101', 'R 101', 'wrong'],
    ['an ACK is needless, but true', 'listen\n< . 9 ack 77', 'R. 77 ack 9', 'legal rst-stray'],
    ['an ACK is no RST', 'listen\n< . 300 ack 777', '. 777 ack 300', 'wrong'],
    ['a FIN does not go with a RST', 'listen\n< . 300 ack 777', 'FR 777', 'wrong'],
    // Some stacks do not wait for the last ACKs.
    ['CLOSING', `${FIN_OUT}\n< F. 301 ack 101\n> . 102 ack 302`, 'R 102', 'legal rst-abort'],
    ['LAST-ACK', `${OPEN}\n< F. 301 ack 101\nclose\n> F. 101 ack 302`, 'R. 102 ack 302', 'legal rst-abort'],
    ['TIME-WAIT', WAITING, 'R. 102 ack 302', 'legal rst-abort'],
    ['TIME-WAIT, with a slip', WAITING, 'R. 102 ack 301', 'wrong'],
    ['TIME-WAIT, with a slip', WAITING, 'R 101', 'wrong'],
  ])('%s: %j, then %s: %s', (_, story, notation, wanted) => {
    const { verdict, why } = judge(play(story), segment(notation), { app: 'free' });
    expect(verdict === 'wrong' ? verdict : `${verdict} ${why}`).toBe(wanted);
  });
});
