import { describe, test } from 'vitest';
import { script } from './script.testing.ts';

const CLIENT = `
  connect
  > S 100
  < S. 300 ack 101
  > . 101 ack 301`;

describe('opening', () => {
  test('the client opens in three segments', () => script`
    connect
    = CLOSED
    > S 100
    = SYN-SENT snd.una 100 snd.nxt 101 rto 1
    nothing
    < S. 300 ack 101
    = ESTABLISHED snd.una 101 rcv.nxt 301 rto 0
    nothing ! flags missing
    > . 101 ack 301  ! due third-ack
    nothing
    = ESTABLISHED causes 0`);

  test('the server opens in three segments', () => script`
    listen
    = LISTEN
    nothing
    < S 300
    = SYN-RECEIVED snd.una 100 snd.nxt 100 rcv.nxt 301
    > S. 100 ack 301
    = SYN-RECEIVED snd.nxt 101 rto 1
    label ESTABLISHED ! state M10
    < . 301 ack 101
    = ESTABLISHED snd.una 101 rto 0
    nothing`);

  test('R1: 0 is a number like any other, and numbers wrap', () => script`
    iss 4294967295
    connect
    > S 4294967295
    < S. 4294967295 ack 0
    = ESTABLISHED snd.una 0 rcv.nxt 0
    > . 0 ack 0
    write 5
    ? P. 4294967295:4(5) ack 0  ! wrong seq M05
    > P. 0:5(5) ack 0
    < . 0 ack 5
    = ESTABLISHED snd.una 5`);

  test('R2: once the SYN of the peer is known, ACK is mandatory', () => script`
    ${CLIENT}
    write 3
    ? P 101:104(3)  ! wrong flags M09
    ? P 101:104(3) ack 301  ! wrong flags M08
    ? P. 101:104(3) ack 300  ! wrong ack M01`);

  test('R7: SYN,ACK is (ISS, IRS + 1)', () => script`
    listen
    < S 300
    ? S. 100 ack 300  ! wrong ack M01
    ? S. 300 ack 301  ! wrong seq M06
    ? S. 301 ack 100  ! wrong seq M06 ack M07
    ? S. 101 ack 301  ! wrong seq other
    ? S 100  ! wrong flags other
    ? . 100 ack 301  ! wrong flags M12
    ? . 101 ack 301  ! wrong flags M12
    ? SF. 100 ack 301  ! wrong flags other`);

  test('a lost SYN is sent again with the same number, twice as late', () => script`
    connect
    > S 100
    = SYN-SENT backoff 0
    rto
    = SYN-SENT rto 0
    nothing ! flags missing
    ? S 101  ! wrong seq M14
    ? S 2000  ! wrong seq M14
    ? R 101  ! wrong flags M17
    > S 100  ! due retransmit-syn
    = SYN-SENT rto 1 backoff 1
    > S 100  ! legal retransmit-syn`);

  test('a lost SYN,ACK is sent again', () => script`
    listen
    < S 300
    > S. 100 ack 301
    rto
    > S. 100 ack 301  ! due retransmit-syn-ack
    = SYN-RECEIVED backoff 1
    < . 301 ack 101
    = ESTABLISHED rto 0`);

  test('a SYN that comes again before the SYN,ACK is out needs but one answer', () => script`
    listen
    < S 300
    < S 300
    > S. 100 ack 301
    nothing`);

  test('a SYN that comes again is answered by an ACK, or by the SYN,ACK again', () => {
    const before = `
      listen
      < S 300
      > S. 100 ack 301
      < S 300
      nothing ! flags missing`;
    script`${before}
      > S. 100 ack 301  ! due syn-ack-again
      nothing`;
    script`${before}
      > . 101 ack 301  ! due
      nothing
      < . 301 ack 101
      = ESTABLISHED`;
  });

  test('the third ACK may never arrive: data completes the handshake', () => script`
    listen
    < S 300
    > S. 100 ack 301
    < P. 301:312(11) ack 101
    = ESTABLISHED rcv.nxt 312 delivered 11
    > . 101 ack 312`);

  test('third ACK, request and FIN in one segment: SYN-RECEIVED to CLOSE-WAIT at one arrival', () => script`
    listen
    < S 300
    > S. 100 ack 301
    < FP. 301:312(11) ack 101
    = CLOSE-WAIT rcv.nxt 313
    > . 101 ack 313  ! due ack-fin`);

  test('the third segment may carry data, even a FIN', () => {
    const before = `
      connect
      > S 100
      write 11
      < S. 300 ack 101`;
    script`${before}
      > P. 101:112(11) ack 301
      nothing`;
    script`${before}
      > . 101 ack 301
      > P. 101:112(11) ack 301`;
    script`${before}
      close
      = FIN-WAIT-1
      label ESTABLISHED
      > FP. 101:112(11) ack 301
      = FIN-WAIT-1 snd.nxt 113 causes 0`;
  });

  test('data on the SYN is legal, and the peer may acknowledge it or not', () => {
    script`
      connect
      write 5
      ? S 100:106(6)  ! wrong data data-not-given
      > S 100:105(5)
      = SYN-SENT snd.nxt 106 queued 0
      < S. 300 ack 106
      = ESTABLISHED snd.una 106
      > . 106 ack 301
      nothing`;
    script`
      connect
      write 5
      > S 100:105(5)
      < S. 300 ack 101
      = ESTABLISHED snd.una 101 snd.nxt 106 rto 1
      > . 106 ack 301
      rto
      > P. 101:106(5) ack 301  ! due retransmit`;
  });

  test('data that came on the SYN is kept until the connection is open', () => script`
    listen
    < S 300:305(5)
    = SYN-RECEIVED rcv.nxt 301
    > S. 100 ack 301
    < . 306 ack 101
    = ESTABLISHED rcv.nxt 306
    > . 101 ack 306`);

  test('SYN,ACK may bring data along', () => script`
    connect
    > S 100
    < S. 300:303(3) ack 101
    = ESTABLISHED rcv.nxt 304 delivered 3
    > . 101 ack 304`);

  test('simultaneous open: the same ISS again, four segments', () => script`
    connect
    > S 100
    < S 300
    = SYN-RECEIVED rcv.nxt 301
    ? S. 101 ack 301  ! wrong seq other
    ? . 101 ack 301  ! wrong flags M12
    > S. 100 ack 301  ! due syn-ack
    < S. 300 ack 101
    = ESTABLISHED snd.una 101
    nothing
    ? . 101 ack 301  ! due simultaneous-ack`);

  test('simultaneous open, and the SYN,ACK of the peer comes first', () => script`
    connect
    > S 100
    < S 300
    < S. 300 ack 101
    = ESTABLISHED
    nothing ! flags missing  // we have not acknowledged its SYN in any way yet
    > . 101 ack 301`);

  test('an ACK of something never sent in SYN-SENT gets a RST, and SYN-SENT stays', () => script`
    connect
    > S 100
    < S. 300 ack 50
    = SYN-SENT
    ? R. 50 ack 301  ! wrong flags
    ? R 101  ! wrong seq
    > R 50  ! due rst-stray
    = SYN-SENT
    rto
    > S 100
    < S. 700 ack 101
    = ESTABLISHED rcv.nxt 701`);

  test('RFC 9293 figure 9: an old duplicate SYN is cleared up', () => script`
    listen
    < S 90
    > S. 100 ack 91
    < R 91
    = LISTEN
    nothing
    < S 300
    > S. 100 ack 301
    < . 301 ack 101
    = ESTABLISHED`);

  test('R7, MUST-11: a RST in SYN-RECEIVED leads back to LISTEN only after a passive open', () => script`
    connect
    > S 100
    < S 300
    > S. 100 ack 301
    < R 301
    = CLOSED
    nothing`);

  test('RFC 9293 figure 10: half-open, discovered by a SYN', () => {
    script`
      ${CLIENT}
      < S 400
      = ESTABLISHED
      nothing ! flags missing
      ? S. 100 ack 401  ! wrong flags M13
      > . 101 ack 301  ! due challenge-ack`;
    script`
      iss 400
      connect
      > S 400
      < . 300 ack 100
      > R 100
      = SYN-SENT`;
  });

  test('an ACK in SYN-RECEIVED that acknowledges nothing of ours gets a RST', () => script`
    listen
    < S 300
    > S. 100 ack 301
    < . 301 ack 100
    = SYN-RECEIVED
    > R 100
    < . 301 ack 102
    > R 102
    < . 301 ack 101
    = ESTABLISHED`);

  test('a SYN,ACK that comes again in ESTABLISHED is acknowledged again', () => script`
    ${CLIENT}
    < S. 300 ack 101
    nothing ! flags missing
    > . 101 ack 301
    nothing`);

  test('SYN-RECEIVED has no place for data, but for a FIN if nothing is queued', () => {
    script`
      listen
      < S 300
      > S. 100 ack 301
      write 4
      ? P. 101:105(4) ack 301  ! wrong data M10
      close
      ? F. 101 ack 301  ! wrong
      nothing
      < . 301 ack 101
      = FIN-WAIT-1
      > FP. 101:105(4) ack 301`;
    script`
      listen
      < S 300
      close
      ? SF. 100 ack 301  ! wrong flags other
      ? F. 101 ack 301  ! wrong flags M12
      > S. 100 ack 301
      = SYN-RECEIVED
      nothing
      > F. 101 ack 301  ! legal fin
      = FIN-WAIT-1 snd.nxt 102 snd.una 100
      rto
      > S. 100 ack 301  ! due retransmit-syn-ack
      < . 301 ack 102
      = FIN-WAIT-2`;
  });

  test('CLOSE in SYN-RECEIVED, with nothing to send, enters FIN-WAIT-1 at once', () => script`
    listen
    < S 300
    > S. 100 ack 301
    close
    = FIN-WAIT-1 snd.una 100 snd.nxt 101
    label SYN-RECEIVED
    label ESTABLISHED ! state other
    rto
    ? S. 100 ack 301  ! due retransmit-syn-ack
    > F. 101 ack 301  ! due fin
    = FIN-WAIT-1 snd.nxt 102
    < . 301 ack 102
    = FIN-WAIT-2`);

  test('calls that make no sense are refused', () => script`
    write 1 ! call/no-connection
    close ! call/no-connection
    abort ! call/no-connection
    listen
    listen ! call/already-open
    write 1 ! call/not-connected
    connect
    connect ! call/already-open
    write 0 ! call/bad-length
    > S 100
    = SYN-SENT
    listen ! call/already-open`);

  test('nothing is to be sent where nobody asked', () => {
    script`
      ? S 100  ! wrong flags unprompted
      nothing`;
    script`
      listen
      ? S 100  ! wrong flags unprompted
      ? S. 100 ack 1  ! wrong flags unprompted`;
  });
});
