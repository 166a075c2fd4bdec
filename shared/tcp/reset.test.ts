import { describe, test } from 'vitest';
import { script } from './script.testing.ts';
import { OPEN } from './stories.testing.ts';

describe('RST', () => {
  test('R8: a stray without ACK is answered from 0, acknowledging all of it', () => script`
    < S 300
    = CLOSED
    nothing ! flags missing
    ? R 0  ! wrong flags
    ? R. 1 ack 301  ! wrong seq
    ? R. 0 ack 300  ! wrong ack M01
    ? R. 300 ack 301 ! wrong seq
    > R. 0 ack 301
    nothing
    < FP 300:310(10)
    > R. 0 ack 311
    nothing`);

  test('R8: a stray with ACK is answered at its ACK, without ACK', () => script`
    < F. 300 ack 777
    ? R. 777 ack 301  ! wrong flags
    ? R 0  ! wrong seq
    ? R 778  ! wrong seq
    ? F. 777 ack 301  ! wrong flags
    > R 777
    nothing`);

  test('a RST is never answered', () => script`
    < R. 300 ack 5
    nothing
    ? R 5  ! wrong flags
    listen
    < R 300
    nothing
    = LISTEN`);

  test('LISTEN answers an ACK with a RST, and stays', () => script`
    listen
    < . 300 ack 777
    > R 777
    = LISTEN
    < F 300
    nothing
    = LISTEN`);

  test('abort: RST at SND.NXT, with or without ACK, and nothing else', () => {
    const before = `
      ${OPEN}
      write 9
      > P. 101:105(4) ack 301
      abort
      = ESTABLISHED queued 0 rto 0
      nothing ! flags missing`;
    script`${before}
      ? R 101  ! wrong seq
      ? R 106  ! wrong seq other
      ? R. 105 ack 300  ! wrong ack
      ? F. 105 ack 301  ! wrong flags
      ? . 105 ack 301  ! wrong flags abort-asked
      ? P. 101:105(4) ack 301  ! wrong
      ? R. 105 ack 301  ! due rst-abort
      > R 105  ! due rst-abort
      = CLOSED
      nothing`;
    script`${before}
      < P. 301:311(10) ack 105
      > R 105
      = CLOSED`;
  });

  test('abort in SYN-SENT sends nothing; in LAST-ACK neither', () => {
    script`
      connect
      > S 100
      abort
      = CLOSED
      nothing`;
    script`
      ${OPEN}
      < F. 301 ack 101
      close
      > F. 101 ack 302
      abort
      = CLOSED
      nothing`;
  });

  test('abort while a FIN is still held up by data', () => script`
    ${OPEN}
    < F. 301 ack 101
    write 4
    close
    = LAST-ACK
    abort
    > R 101
    = CLOSED`);

  test('abort in SYN-RECEIVED', () => script`
    listen
    < S 300
    > S. 100 ack 301
    abort
    > R. 101 ack 301
    = CLOSED`);

  test('R9, RFC 5961: a RST acts exactly at RCV.NXT, is challenged in the window, ignored outside', () => script`
    iss 100 wnd 1000
    ${OPEN}
    < R 2000
    = ESTABLISHED
    nothing
    < R 300
    nothing
    < R 302
    = ESTABLISHED
    nothing ! flags missing
    ? R 101  ! wrong flags rst-unasked
    > . 101 ack 301  ! due challenge-ack
    < R. 301 ack 5
    = CLOSED
    nothing`);

  test('a RST in SYN-SENT must acknowledge our SYN', () => {
    script`
      connect
      > S 100
      < R 0
      = SYN-SENT
      < R. 0 ack 100
      = SYN-SENT
      nothing
      < R. 0 ack 101
      = CLOSED
      nothing`;
  });

  test('closing with unread data resets, or closes anyhow', () => {
    const before = `
      ${OPEN}
      stop-reading
      < P. 301:311(10) ack 101
      > . 101 ack 311
      close`;
    script`${before}
      > R. 101 ack 311  ! due rst-unread
      = CLOSED`;
    script`${before}
      > F. 101 ack 311  ! due fin
      = FIN-WAIT-1`;
  });

  test('data after a full close resets, or is acknowledged', () => {
    const before = `
      ${OPEN}
      stop-reading
      close
      > F. 101 ack 301
      < . 301 ack 102
      < P. 301:311(10) ack 102`;
    script`${before}
      > R 102  ! due rst-unread
      = CLOSED`;
    script`${before}
      > . 102 ack 311  ! due ack
      = FIN-WAIT-2`;
  });

  test('R11: after a RST the connection is closed, and what still comes gets one more', () => script`
    ${OPEN}
    abort
    > R 101
    < P. 301:311(10) ack 101
    > R 101
    nothing`);

  test('a wrong RST ends the connection all the same', () => script`
    ${OPEN}
    > R 101  ! wrong flags rst-unasked
    = CLOSED`);

  test('a slip in the answer to a stray does not give up the handshake', () => script`
    connect
    > S 100
    < . 300 ack 50
    > R 51  ! wrong seq
    = SYN-SENT
    > R 50
    = SYN-SENT`);

  test('wrong segments go out, and change nothing they should not', () => script`
    connect
    > S 777  ! wrong seq
    = CLOSED snd.nxt 100
    > S 100
    > . 101 ack 0  ! wrong
    = SYN-SENT
    < S. 300 ack 101
    > . 101 ack 300  ! wrong ack M01
    = ESTABLISHED
    nothing ! flags missing
    > . 100 ack 301  ! wrong seq M05
    nothing ! flags missing
    > . 101 ack 301
    write 5
    > P. 101:110(9) ack 301  ! wrong data
    = ESTABLISHED snd.nxt 106 queued 0
    > F. 106 ack 301  ! wrong flags fin-before-close
    = ESTABLISHED snd.nxt 106
    < . 301 ack 107  // the peer took that FIN for real
    > . 106 ack 301  ! due ack-beyond
    = ESTABLISHED`);
});
