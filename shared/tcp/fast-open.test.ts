import { describe, expect, test } from 'vitest';
import { arrive } from './arrive.ts';
import type { End } from './end.ts';
import { withFastOpen } from './fast-open.ts';
import { withInferredCalls } from './infer.ts';
import { judge } from './judge.ts';
import { play, segment } from './script.testing.ts';
import { sent } from './sent.ts';

const SYN_WITH_DATA = `
  listen
  < S 300:310(10)`;

function free(end: End, notation: string): string {
  return judge(end, segment(notation), { app: 'free' }).verdict;
}

function sends(end: End, notation: string): End {
  const seg = segment(notation);
  return sent(withInferredCalls(end, seg), seg);
}

describe('TCP Fast Open (RFC 7413), where nobody wrote the calls down', () => {
  test('the SYN,ACK may acknowledge all of the data on the SYN, or none of it', () => {
    const end = play(SYN_WITH_DATA);
    expect(free(end, 'S. 100 ack 301')).toBe('due');
    expect(free(end, 'S. 100 ack 311')).toBe('legal');
    expect(free(end, 'S. 100 ack 305')).toBe('wrong');
    expect(free(end, 'S. 100 ack 312')).toBe('wrong');
    // By RFC 9293 alone it is wrong: the data is kept until the handshake is over.
    expect(judge(end, segment('S. 100 ack 311'), { app: 'scripted' }).verdict).toBe('wrong');
  });

  test('such a server may send, and close, before the handshake is over', () => {
    const open = sends(play(SYN_WITH_DATA), 'S. 100 ack 311');
    expect(open).toMatchObject({
      state: 'SYN-RECEIVED',
      fastOpen: true,
      held: [],
      tcb: { rcv: { nxt: 311 } },
    });
    expect(free(open, 'P. 101:121(20) ack 311')).toBe('legal');
    const said = sends(open, 'P. 101:121(20) ack 311');
    expect(said).toMatchObject({ state: 'SYN-RECEIVED', tcb: { snd: { una: 100, nxt: 121 } } });
    expect(free(said, 'P. 101:121(20) ack 311')).toBe('legal');
    const data = segment('P. 101:121(20) ack 311');
    expect(withFastOpen(open, data)).toBe(open);
    // Once the handshake is over, RFC 9293 calls for what is sent again.
    const over = arrive(open, segment('. 311 ack 101'));
    expect(judge(over, data, { app: 'free' })).toMatchObject({ verdict: 'due', why: 'data' });
    expect(judge(open, data, { app: 'free' })).toMatchObject({ verdict: 'legal', why: 'data', causes: [] });
    // Told by somebody who saw that the SYN's data was taken, not how.
    expect(withFastOpen({ ...open, fastOpen: false }, data).fastOpen).toBe(true);
    expect(withFastOpen({ ...open, fastOpen: false }, segment('F. 101 ack 311')).fastOpen).toBe(true);
    const pure = { ...open, fastOpen: false };
    expect(withFastOpen(pure, segment('. 101 ack 311'))).toBe(pure);
    expect(free(said, 'S. 100 ack 311')).toBe('legal');
    const closed = sends(said, 'F. 121 ack 311');
    expect(closed).toMatchObject({ state: 'FIN-WAIT-1', finSeq: 121 });
    expect(arrive(said, segment('. 311 ack 121'))).toMatchObject({ state: 'ESTABLISHED', unacked: [] });
    expect(arrive(closed, segment('. 311 ack 122')).state).toBe('FIN-WAIT-2');
  });

  test('a FIN on the SYN waits for the handshake', () => {
    const open = sends(play('listen\n< SF 300:310(10)'), 'S. 100 ack 311');
    expect(open.held).toEqual([{ seq: 311, dataOctets: 0, fin: true }]);
    expect(arrive(open, segment('. 312 ack 101'))).toMatchObject({
      state: 'CLOSE-WAIT',
      tcb: { rcv: { nxt: 312 } },
    });
  });

  test('a SYN without data may bring a good cookie: an application that writes shows it', () => {
    const plain = play('listen\n< S 300\n> S. 100 ack 301');
    expect(free(plain, 'P. 101:106(5) ack 301')).toBe('wrong');
    const writes = play('listen\n< S 300\n> S. 100 ack 301\nwrite 5');
    expect(free(writes, 'P. 101:106(5) ack 301')).toBe('legal');
    expect(free(writes, 'P. 101:107(6) ack 301')).toBe('legal'); // who wrote five may have written six
    expect(judge(writes, segment('P. 101:106(5) ack 301'), { app: 'scripted' }).verdict).toBe('wrong');
    const early = play('listen\n< S 300\nwrite 5');
    expect(free(early, 'P. 101:106(5) ack 301')).toBe('wrong');
  });

  test('nobody else opens fast', () => {
    const same = (story: string, notation: string): void => {
      const end = play(story);
      expect(withFastOpen(end, segment(notation)), `${story}: ${notation}`).toBe(end);
    };
    same('listen', 'S. 100 ack 311');
    same('connect\n> S 100\n< S 300:310(10)', 'S. 100 ack 311'); // opened actively
    same(SYN_WITH_DATA, 'R. 100 ack 311');
    same(SYN_WITH_DATA, 'S 100 ack 311');
    same(SYN_WITH_DATA, '. 100 ack 311');
    same('listen\n< SF 300', 'S. 100 ack 302'); // a FIN is no data
    same(`${SYN_WITH_DATA}\n> S. 100 ack 301`, 'S. 100 ack 311'); // too late: it said what it said
    same(`${SYN_WITH_DATA}\n> S. 100 ack 301`, '. 101 ack 301');
    same(SYN_WITH_DATA, 'S. 100 ack 305');
    same('listen\n< SF 300', 'S. 100 ack 301');
    // Pure ACKs show nothing, nor does data that nobody wrote, or before the SYN,ACK.
    same('listen\n< S 300\n> S. 100 ack 301\nwrite 5', '. 101 ack 301');
    same('listen\n< S 300\n> S. 100 ack 301', 'P. 101:106(5) ack 301');
    same('listen\n< S 300\nwrite 5', 'P. 101:106(5) ack 301');
    same('connect\n> S 100\n< S 300\n> S. 100 ack 301\nwrite 5', 'P. 101:106(5) ack 301');
    // The handshake is over: nothing needs to be early any more.
    same('listen\n< S 300\n> S. 100 ack 301\n< P. 301:305(4) ack 101\nwrite 5', 'P. 101:106(5) ack 305');
  });

  test('when the connection is gone, so is that it opened fast', () => {
    const open = sends(play(SYN_WITH_DATA), 'S. 100 ack 311');
    expect(arrive(open, segment('R 311'))).toMatchObject({ state: 'LISTEN', fastOpen: false });
  });
});
