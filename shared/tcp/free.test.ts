import { describe, expect, test } from 'vitest';
import { call } from './call.ts';
import type { End } from './end.ts';
import { inferCalls, withInferredCalls } from './infer.ts';
import { chooseIss } from './iss.ts';
import { judge } from './judge.ts';
import { play, segment } from './script.testing.ts';
import { OPEN } from './stories.testing.ts';
import { sent } from './sent.ts';

function free(end: End, notation: string): string {
  return judge(end, segment(notation), { app: 'free' }).verdict;
}

/** The end after it sent this, with the calls that explain it. */
function sends(end: End, notation: string): End {
  const seg = segment(notation);
  return sent(withInferredCalls(end, seg), seg);
}

describe('where nobody wrote the application calls down', () => {
  test('they are inferred from what is sent', () => {
    const closed = play('');
    expect(inferCalls(closed, segment('S 100'))).toEqual([{ call: 'connect' }]);
    expect(inferCalls(closed, segment('S 100:105(5)'))).toEqual([
      { call: 'connect' },
      { call: 'write', octets: 5 },
    ]);
    const open = play(OPEN);
    expect(inferCalls(open, segment('. 101 ack 301'))).toEqual([]);
    expect(inferCalls(open, segment('P. 101:111(10) ack 301'))).toEqual([{ call: 'write', octets: 10 }]);
    expect(inferCalls(open, segment('FP. 101:111(10) ack 301'))).toEqual([
      { call: 'write', octets: 10 },
      { call: 'close' },
    ]);
    expect(inferCalls(open, segment('R. 101 ack 301'))).toEqual([{ call: 'abort' }]);
    expect(inferCalls(open, segment('R 5'))).toEqual([]);
    const flight = play(`${OPEN}\nwrite 10\n> P. 101:111(10) ack 301`);
    expect(inferCalls(flight, segment('P. 101:111(10) ack 301'))).toEqual([]);
    expect(inferCalls(flight, segment('P. 106:116(10) ack 301'))).toEqual([{ call: 'write', octets: 5 }]);
  });

  test('a whole conversation needs no calls told', () => {
    let end = sends(play(''), 'S 100');
    expect(end.state).toBe('SYN-SENT');
    end = play(OPEN);
    expect(free(end, 'P. 101:111(10) ack 301')).toBe('due');
    end = sends(end, 'P. 101:111(10) ack 301');
    expect(end).toMatchObject({ queued: 0, tcb: { snd: { nxt: 111 } } });
    expect(free(end, 'F. 111 ack 301')).toBe('due');
    end = sends(end, 'F. 111 ack 301');
    expect(end.state).toBe('FIN-WAIT-1');
    expect(free(end, 'P. 112:115(3) ack 301')).toBe('wrong');
  });

  test('freedom is the application’s, not the TCP’s', () => {
    const open = play(OPEN);
    for (const slip of [
      'P. 102:112(10) ack 301',
      'P. 101:111(10) ack 300',
      'P 101:111(10)',
      'S 100',
      'R 99',
      'F. 102 ack 301',
    ]) {
      expect(free(open, slip), slip).toBe('wrong');
    }
    expect(free(play(`${OPEN}\n< . 301 ack 101 win 4`), 'P. 101:111(10) ack 301')).toBe('wrong');
    expect(free(play('listen\n< S 300'), 'P. 101:111(10) ack 301')).toBe('wrong');
    expect(free(play('listen'), 'S. 100 ack 1')).toBe('wrong');
    expect(free(play('listen'), 'S 100')).toBe('due');
  });

  test('urgent data is the application’s business', () => {
    expect(free(play(OPEN), 'PU. 101:111(10) ack 301')).toBe('due');
  });

  test('from where a window ends that has shrunk, since the peer would accept nothing beyond it', () => {
    const shrunk = play(`${OPEN}\nwrite 9\n> P. 101:110(9) ack 301\n< P. 301:305(4) ack 101 win 4`);
    for (const right of ['. 105 ack 305', '. 110 ack 305', 'R. 105 ack 305']) {
      expect(free(shrunk, right), right).not.toBe('wrong');
      expect(judge(shrunk, segment(right), { app: 'scripted' }).verdict, right).toBe(
        right === '. 110 ack 305' ? 'due' : 'wrong',
      );
    }
    for (const slip of ['. 104 ack 305', '. 105 ack 304', 'P. 105:107(2) ack 301', 'F. 105 ack 305']) {
      expect(free(shrunk, slip), slip).toBe('wrong');
    }
    const wide = play(`${OPEN}\nwrite 9\n> P. 101:110(9) ack 301\n< P. 301:305(4) ack 101 win 9`);
    expect(free(wide, '. 105 ack 305')).toBe('wrong');
  });

  test('the RST for a stray that points to where a window ended is no RST from there', () => {
    const aborted = `${OPEN}\n< . 301 ack 101 win 0\nwrite 9\npersist\n> . 101:102(1) ack 301\nabort\n> R. 102 ack 301`;
    const late = play(`${aborted}\n< . 301 ack 101 win 0`);
    expect(free(late, 'R 101')).toBe('due');
    expect(free(late, 'R 102')).toBe('wrong');
    const opening = play('listen\n< S 300 win 0\n> S. 100 ack 301\n< . 301 ack 100');
    expect(free(opening, 'R 100')).toBe('due');
  });

  test('resets that no call explains', () => {
    const half = `${OPEN}\nclose\n> F. 101 ack 301\n< . 301 ack 102\n< P. 301:305(4) ack 102`;
    expect(free(play(half), 'R 102')).toBe('due');
    const behind = `${OPEN}\nwrite 9\n> P. 101:110(9) ack 301\n< P. 301:305(4) ack 101`;
    expect(free(play(behind), 'R 101')).toBe('legal');
    expect(free(play('listen\n< . 9 ack 77'), 'R. 77 ack 9')).toBe('legal');
    expect(free(play('listen\n< . 9 ack 77'), 'R. 77 ack 10')).toBe('wrong');
    const last = `${OPEN}\n< F. 301 ack 101\nclose\n> F. 101 ack 302`;
    expect(free(play(last), 'R. 102 ack 302')).toBe('legal');
    expect(free(play(last), 'R. 103 ack 302')).toBe('wrong');
  });

  test('an ISS may be chosen until the SYN is out', () => {
    const asked = call(play(''), { call: 'connect' });
    if (!asked.ok) throw new Error('refused');
    const wrote = call(asked.value, { call: 'write', octets: 4 });
    if (!wrote.ok) throw new Error('refused');
    const chosen = chooseIss(wrote.value, 0xffffffff);
    const out = sent(chosen, segment('S 4294967295'));
    expect(out).toMatchObject({
      state: 'SYN-SENT',
      tcb: { iss: 0xffffffff, snd: { una: 0xffffffff, nxt: 0 } },
    });
    expect(chooseIss(out, 5)).toBe(out);
    expect(chosen.causes).toStrictEqual([
      { id: 1, kind: 'call', need: 'syn', why: 'syn' },
      { id: 2, kind: 'call', need: 'data', why: 'data', upTo: 4 },
    ]);
    const answered = play('listen\n< S 300\n> S. 100 ack 301');
    expect(chooseIss(answered, 7)).toBe(answered);
    const heard = chooseIss(play('listen\n< S 300'), 7);
    expect(heard.tcb).toMatchObject({ iss: 7, irs: 300, rcv: { nxt: 301 } });
  });
});
