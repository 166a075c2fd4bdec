import { describe, expect, test } from 'vitest';
import { play, script, segment } from './script.testing.ts';
import { ANSWERED, FIN_OUT, HEARD, OPEN } from './stories.testing.ts';
import { sent } from './sent.ts';

const WAITING = `${FIN_OUT}\n< F. 301 ack 102\n> . 102 ack 302`;

describe('a SYN that goes out', () => {
  test('counts with the right number only, and only where somebody asked for it', () => {
    script`
      connect
      > S 101  ! wrong seq
      = CLOSED snd.nxt 100 causes 1
      > S. 100 ack 301  ! wrong flags
      = CLOSED snd.nxt 100 causes 1
      > S 100
      = SYN-SENT snd.nxt 101 rto 1 causes 0`;
    script`
      listen
      > S 100  ! wrong flags unprompted
      = LISTEN snd.nxt 100`;
    script`
      > S 100  ! wrong flags unprompted
      = CLOSED snd.nxt 100`;
  });

  test('is nothing to repeat once its connection is gone', () => script`
    connect
    > S 100
    abort
    > S 100  ! wrong flags unprompted
    = CLOSED snd.nxt 101 rto 0 causes 0`);

  test('makes an answer to a stray before it needless: it could hit the new connection', () => script`
    connect
    < . 9 ack 77
    = CLOSED causes 2
    > S 100
    = SYN-SENT causes 0`);

  test('takes data with it, as much as the application gave', () => {
    script`
      connect
      write 5
      > S 100:103(3)
      = SYN-SENT snd.nxt 104 queued 2 causes 1
      > S 100:105(5)  ! legal retransmit-syn
      = SYN-SENT snd.nxt 106 queued 0 causes 0`;
    script`
      connect
      write 5
      > S 100:107(7)  ! wrong data
      = SYN-SENT snd.nxt 106 queued 0`;
  });

  test('acknowledges the peer’s, exactly', () => script`
    ${HEARD}
    write 5
    > S 100  ! wrong flags
    = SYN-RECEIVED snd.nxt 100 causes 2
    > S. 100 ack 300  ! wrong ack M01
    = SYN-RECEIVED snd.nxt 100 causes 2
    > S. 101 ack 301  ! wrong seq
    = SYN-RECEIVED snd.nxt 100 causes 2
    > S. 100:105(5) ack 301  ! wrong data M10
    = SYN-RECEIVED snd.nxt 101 queued 5 causes 1`);

  test('is of no more use once the peer has acknowledged it', () => script`
    ${OPEN}
    > S. 100 ack 301  ! wrong flags M13
    = ESTABLISHED snd.nxt 101 rto 0
    > S 100  ! wrong
    = ESTABLISHED snd.nxt 101`);

  test('answers a SYN,ACK or an ACK that came again', () => script`
    ${ANSWERED}
    < S 300
    = SYN-RECEIVED causes 1
    > S. 100 ack 301
    = SYN-RECEIVED causes 0 rto 1`);

  test('with a cookie keeps the number of the SYN it answers, if it answers it rightly', () => {
    const cookie = 'listen\nroom 0 cookies\n< S 300';
    expect(play(`${cookie}\n> S. 100 ack 301`).cookieFor).toBe(300);
    expect(play(`${cookie}\n> S. 100 ack 301`).causes).toEqual([]);
    for (const slip of ['S. 101 ack 301', 'S. 100 ack 302', 'S. 100 ack 300']) {
      const end = play(`${cookie}\n> ${slip}  ! wrong`);
      expect(end.cookieFor).toBe(null);
      expect(end.causes).toHaveLength(1);
    }
    // Strays are another matter.
    const both = play('listen\nroom 0 cookies\n< . 9 ack 77\n< S 300\n> S. 100 ack 301');
    expect(both).toMatchObject({ cookieFor: 300, causes: [{ need: 'rst' }] });
    // No SYN came that it could answer.
    expect(play('listen\n> S. 100 ack 301  ! wrong').cookieFor).toBe(null);
  });
});

describe('a RST that goes out', () => {
  test('answers a stray without ACK only with one', () => script`
    < S 300
    > R 0 ack 301  ! wrong flags
    = CLOSED causes 1
    > R. 0 ack 300  ! wrong ack
    = CLOSED causes 1
    > R. 1 ack 301  ! wrong seq
    = CLOSED causes 1
    > R. 0 ack 301
    = CLOSED causes 0`);

  test('answers one stray, the one that it fits', () => script`
    < . 9 ack 77
    < . 9 ack 78
    = CLOSED causes 2
    > R 78
    = CLOSED causes 1
    > R 78  ! wrong
    = CLOSED causes 1
    > R 77
    = CLOSED causes 0`);

  test('ends a connection, whatever its numbers, but not one that it was hardly meant for', () => {
    script`
      ${OPEN}
      > R 999  ! wrong
      = CLOSED`;
    script`
      ${ANSWERED}
      > R 999  ! wrong
      = CLOSED`;
    // A stray has come, so that was meant: nobody gives up a handshake for a slip in it.
    script`
      ${ANSWERED}
      < . 301 ack 900
      > R 901  ! wrong
      = SYN-RECEIVED
      > R 900
      = SYN-RECEIVED causes 0`;
    script`
      listen
      > R 5  ! wrong
      = LISTEN`;
    script`
      connect
      > R 5  ! wrong
      = CLOSED causes 1
      > S 100
      = SYN-SENT`;
    script`
      ${OPEN}
      < R 305
      > R 999  ! wrong
      = CLOSED`;
  });
});

describe('an ACK that goes out', () => {
  test('answers what arrived, with the right number and in its place', () => {
    const heard = `${OPEN}\n< P. 301:305(4) ack 101`;
    script`${heard}
      > . 101 ack 301  ! wrong ack
      = ESTABLISHED causes 1
      > . 100 ack 305  ! wrong seq
      = ESTABLISHED causes 1
      > . 102 ack 305  ! wrong seq
      = ESTABLISHED causes 1
      > none 101  ! wrong flags
      = ESTABLISHED causes 1
      > . 101 ack 305
      = ESTABLISHED causes 0`;
    // Old octets carry the newest ACK as well.
    script`
      ${OPEN}
      write 5
      > P. 101:106(5) ack 301
      < P. 301:305(4) ack 101
      = ESTABLISHED causes 1
      > P. 101:106(5) ack 305  ! legal retransmit
      = ESTABLISHED causes 0`;
  });

  test('says nothing before our SYN,ACK, nor where no connection is', () => {
    script`
      ${HEARD}
      > . 100 ack 301  ! wrong
      = SYN-RECEIVED snd.nxt 100 causes 1
      > F. 100 ack 301  ! wrong
      = SYN-RECEIVED snd.nxt 100 causes 1`;
    script`
      connect
      > S 100
      > . 101 ack 301  ! wrong
      = SYN-SENT rto 1`;
    script`
      ${FIN_OUT}
      < R 301
      > F. 101 ack 301  ! wrong flags
      = CLOSED rto 0`;
    // What means nothing is no retransmission either.
    script`
      connect
      > S 100
      rto
      > P. 100:105(5) ack 301  ! wrong
      = SYN-SENT rto 0 causes 1`;
  });

  test('leaves a SYN that came again waiting if it repeats old octets', () => script`
    ${ANSWERED}
    < S 300
    > . 101 ack 301
    = SYN-RECEIVED causes 0`);
});

describe('data that goes out', () => {
  test('counts as far as it is new, given and in place', () => script`
    ${OPEN}
    write 10
    > P. 102:106(4) ack 301  ! wrong seq
    = ESTABLISHED snd.nxt 101 queued 10
    > P. 100:105(5) ack 301  ! wrong
    = ESTABLISHED snd.nxt 101 queued 10
    > P. 101:106(5) ack 301
    = ESTABLISHED snd.nxt 106 queued 5
    > P. 103:108(5) ack 301  ! legal data
    = ESTABLISHED snd.nxt 108 queued 3
    > P. 101:106(5) ack 301  ! legal retransmit
    = ESTABLISHED snd.nxt 108 queued 3
    > P. 108:120(12) ack 301  ! wrong data data-not-given
    = ESTABLISHED snd.nxt 111 queued 0 causes 0`);

  test('counts for nothing where there is none to give, or no place for it yet', () => {
    script`
      ${OPEN}
      > P. 101:106(5) ack 301  ! wrong data
      = ESTABLISHED snd.nxt 101 rto 0`;
    script`
      ${ANSWERED}
      write 5
      > P. 101:106(5) ack 301  ! wrong data
      = SYN-RECEIVED snd.nxt 101 queued 5`;
  });

  test('closes the cause of each write when its last octet is out', () => script`
    ${OPEN}
    write 5
    write 5
    = ESTABLISHED causes 2
    > P. 101:105(4) ack 301
    = ESTABLISHED causes 2
    > P. 105:106(1) ack 301
    = ESTABLISHED causes 1
    > P. 106:111(5) ack 301
    = ESTABLISHED causes 0`);

  test('takes its text with it', () => {
    const open = play(OPEN);
    const queued = { ...open, queued: 10, queuedText: 'helloworld' };
    const part = sent(queued, segment('P. 101:106(5) ack 301'));
    expect(part).toMatchObject({ queuedText: 'world', unacked: [{ seq: 101, text: 'hello' }] });
    const rest = sent(part, segment('P. 106:111(5) ack 301'));
    expect(rest).toMatchObject({
      queuedText: null,
      unacked: [{ text: 'hello' }, { seq: 106, text: 'world' }],
    });
  });

  test('probes a shut window, each time more patiently', () => {
    script`
      ${OPEN}
      write 9
      < . 301 ack 101 win 0
      persist
      = ESTABLISHED causes 2
      > . 101 ack 301  ! legal
      = ESTABLISHED causes 2`;
    const probed = script`
      ${OPEN}
      write 9
      < . 301 ack 101 win 0
      persist
      > P. 101:102(1) ack 301  ! due probe
      = ESTABLISHED causes 1
      < . 301 ack 102 win 0
      = ESTABLISHED persist 1`;
    expect(probed.timers.persist?.backoff).toBe(1);
    const opened = script`
      ${OPEN}
      write 9
      < . 301 ack 101 win 0
      persist
      > P. 101:102(1) ack 301  ! due probe
      < . 301 ack 102 win 5
      = ESTABLISHED persist 0
      < . 301 ack 102 win 0
      = ESTABLISHED persist 1`;
    expect(opened.timers.persist?.backoff).toBe(0);
  });
});

describe('a FIN that goes out', () => {
  test('counts after CLOSE and after the last octet, once', () => {
    script`
      ${OPEN}
      > F. 101 ack 301  ! wrong flags fin-before-close
      = ESTABLISHED snd.nxt 101
      write 5
      close
      > FP. 101:103(2) ack 301  ! wrong flags M23
      = FIN-WAIT-1 snd.nxt 103 queued 3
      > FP. 103:106(3) ack 301
      = FIN-WAIT-1 snd.nxt 107 causes 0
      > F. 106 ack 301  ! legal retransmit-fin
      = FIN-WAIT-1 snd.nxt 107
      > F. 107 ack 301  ! wrong
      = FIN-WAIT-1 snd.nxt 107`;
    script`
      ${OPEN}
      close
      > F. 102 ack 301  ! wrong seq
      = FIN-WAIT-1 snd.nxt 101`;
    script`
      ${OPEN}
      < F. 301 ack 101
      close
      > F. 101 ack 302
      = LAST-ACK snd.nxt 102 rto 1`;
  });

  test('leaves what arrived unanswered if its ACK is not the newest', () => script`
    ${OPEN}
    close
    < P. 301:305(4) ack 101
    > F. 101 ack 301  ! wrong ack
    = FIN-WAIT-1 snd.nxt 102 causes 1`);

  test('may go out before the handshake is over', () => {
    script`
      ${HEARD}
      close
      > S. 100 ack 301
      > F. 101 ack 301  ! legal fin
      = FIN-WAIT-1 snd.nxt 102 rto 1
      < . 301 ack 102
      = FIN-WAIT-2`;
    script`
      ${HEARD}
      write 5
      close
      > S. 100 ack 301
      > F. 101 ack 301  ! wrong
      = SYN-RECEIVED snd.nxt 101`;
  });
});

describe('the retransmission timer', () => {
  test('runs while something is out, and is doubled only by what it asked for', () => script`
    ${OPEN}
    write 10
    > P. 101:106(5) ack 301
    = ESTABLISHED rto 1 backoff 0
    > P. 106:111(5) ack 301
    = ESTABLISHED rto 1 backoff 0
    rto
    = ESTABLISHED rto 0 causes 1
    > P. 106:111(5) ack 301  ! legal retransmit
    = ESTABLISHED rto 0 causes 1
    > P. 101:106(5) ack 301  ! due retransmit
    = ESTABLISHED rto 1 backoff 1 causes 0
    rto
    > P. 101:106(5) ack 301
    = ESTABLISHED backoff 2
    < . 301 ack 106
    = ESTABLISHED backoff 0`);

  test('a pure ACK does not start it', () => script`
    ${OPEN}
    write 5
    > P. 101:106(5) ack 301
    rto
    > . 106 ack 301  ! legal
    = ESTABLISHED rto 0 causes 1
    > . 101 ack 301  ! wrong
    = ESTABLISHED rto 0 causes 1
    > P 101:106(5)  ! wrong flags
    = ESTABLISHED rto 0 causes 1`);
});

test('a connection that is reopened from TIME-WAIT has nothing of the old one', () => {
  const reopened = script`
    ${WAITING}
    stop-reading
    < S 9000 win 77
    > S. 7000 ack 9001  ! legal reopen
    = SYN-RECEIVED snd.una 7000 snd.nxt 7001 rcv.nxt 9001 irs 9000 causes 0 rto 1 time-wait 0 snd.wnd 77`;
  expect(reopened).toMatchObject({
    opened: 'passive',
    closeCalled: false,
    finSeq: null,
    unacked: [{ seq: 7000, flags: 2, dataOctets: 0 }],
    tcb: { iss: 7000, rcv: { wnd: 65535 }, snd: { wl1: 9000 } },
  });
  script`
    ${WAITING}
    < S 9000
    > S. 7000 ack 9002  ! wrong
    = TIME-WAIT snd.nxt 102
    > S 7000  ! wrong
    = TIME-WAIT snd.nxt 102`;
  // It was a SYN that asked for it, not anything beyond the old connection.
  script`
    ${WAITING}
    < . 302 ack 102
    > S. 7000 ack 303  ! wrong
    = TIME-WAIT snd.nxt 102`;
});
