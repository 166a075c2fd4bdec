import { describe, test } from 'vitest';
import { script } from './script.testing.ts';
import { OPEN } from './stories.testing.ts';

/** Our FIN is out and acknowledged. */
const HALF = `
  ${OPEN}
  close
  > F. 101 ack 301
  < . 301 ack 102`;

describe('closing', () => {
  test('four segments, we first', () => script`
    ${OPEN}
    ? F. 101 ack 301  ! wrong flags fin-before-close
    close
    = FIN-WAIT-1 snd.nxt 101
    label ESTABLISHED
    label FIN-WAIT-1
    nothing ! flags missing
    ? F 101  ! wrong flags M09
    ? F. 102 ack 301  ! wrong seq M04
    ? R. 101 ack 301  ! wrong flags M18
    > F. 101 ack 301
    = FIN-WAIT-1 snd.nxt 102 rto 1
    label CLOSED  ! state M20
    label ESTABLISHED ! state other
    < . 301 ack 102
    = FIN-WAIT-2 rto 0
    nothing
    < F. 301 ack 102
    = TIME-WAIT rcv.nxt 302 time-wait 0
    ? . 102 ack 301  ! wrong ack M19
    ? . 103 ack 302  ! wrong seq
    nothing ! flags missing
    > . 102 ack 302  ! due ack-fin
    = TIME-WAIT time-wait 1
    label CLOSED  ! state M25
    nothing
    2msl
    = CLOSED`);

  test('four segments, the peer first', () => script`
    ${OPEN}
    < F. 301 ack 101
    = CLOSE-WAIT rcv.nxt 302
    label TIME-WAIT  ! state M28
    ? . 101 ack 301  ! wrong ack M19
    ? F. 101 ack 302  ! wrong flags fin-before-close
    > . 101 ack 302  ! due ack-fin
    nothing
    close
    = LAST-ACK
    label CLOSE-WAIT
    nothing ! flags M21
    > F. 101 ack 302  // R1: the same numbers as the ACK before it
    = LAST-ACK snd.nxt 102
    label TIME-WAIT  ! state M24
    < . 302 ack 102
    = CLOSED
    label TIME-WAIT  ! state M24
    nothing
    ? . 102 ack 302  ! wrong flags unprompted`);

  test('three segments: ACK and FIN merged', () => script`
    ${OPEN}
    < F. 301 ack 101
    close
    > F. 101 ack 302
    = LAST-ACK causes 0
    nothing`);

  test('FIN-WAIT-1 to TIME-WAIT at one arrival', () => script`
    ${OPEN}
    close
    > F. 101 ack 301
    < F. 301 ack 102
    = TIME-WAIT
    > . 102 ack 302
    = TIME-WAIT time-wait 1`);

  test('simultaneous close', () => script`
    ${OPEN}
    close
    > F. 101 ack 301
    < F. 301 ack 101
    = CLOSING rcv.nxt 302
    > . 102 ack 302
    < . 302 ack 102
    = TIME-WAIT time-wait 1
    2msl
    = CLOSED`);

  test('simultaneous close under loss: the FIN is repeated from CLOSING', () => script`
    ${OPEN}
    close
    > F. 101 ack 301
    < F. 301 ack 101
    > . 102 ack 302
    rto
    ? F. 102 ack 302  ! wrong seq M14
    > F. 101 ack 302  ! due retransmit-fin
    < F. 301 ack 101
    = CLOSING
    > . 102 ack 302  ! due old-ack
    < . 302 ack 102
    = TIME-WAIT`);

  test('R6: FIN after the last octet, possibly on it', () => {
    const before = `
      ${OPEN}
      write 9
      close
      = FIN-WAIT-1 queued 9`;
    script`${before}
      ? F. 101 ack 301  ! wrong flags M23
      ? F. 110 ack 301  ! wrong seq M23
      ? FP. 101:106(5) ack 301  ! wrong flags M23
      ? FP. 101:111(10) ack 301 ! wrong data data-not-given
      > FP. 101:110(9) ack 301  ! due data-fin
      = FIN-WAIT-1 snd.nxt 111 queued 0 causes 0`;
    script`${before}
      > P. 101:106(5) ack 301  ! due data
      = FIN-WAIT-1 queued 4
      ? F. 106 ack 301  ! wrong flags M23
      > P. 106:110(4) ack 301
      = FIN-WAIT-1 queued 0
      > F. 110 ack 301  ! due fin
      = FIN-WAIT-1 snd.nxt 111`;
  });

  test('data may still be acknowledged and sent between CLOSE and the FIN', () => script`
    ${OPEN}
    write 9
    close
    < P. 301:304(3) ack 101
    > P. 101:105(4) ack 304  ! due data
    < . 304 ack 105
    = FIN-WAIT-1
    > FP. 105:110(5) ack 304
    < . 304 ack 111
    = FIN-WAIT-2`);

  test('the FIN of the peer overtakes ours while data delays it', () => script`
    ${OPEN}
    write 9
    close
    < F. 301 ack 101
    = CLOSING
    label LAST-ACK
    > FP. 101:110(9) ack 302  ! due data-fin
    < . 302 ack 111
    = TIME-WAIT`);

  test('R4: FIN and data are repeated together or apart, and nothing follows a FIN', () => script`
    ${OPEN}
    write 9
    close
    > FP. 101:110(9) ack 301
    rto
    ? F. 110 ack 301  ! legal retransmit-fin
    ? FP. 105:110(5) ack 301  ! legal retransmit-fin
    ? P. 101:110(9) ack 301  ! due retransmit
    ? P. 111:114(3) ack 301  ! wrong
    ? P. 101:111(10) ack 301  ! wrong data
    ? F. 111 ack 301  ! wrong seq M14
    > FP. 101:110(9) ack 301  ! due retransmit-fin
    < . 301 ack 110
    = FIN-WAIT-1
    > F. 110 ack 301  ! legal retransmit-fin
    < . 301 ack 111
    = FIN-WAIT-2
    ? F. 110 ack 301  ! wrong flags fin-again`);

  test('half-close: data that comes in FIN-WAIT-2 is taken and acknowledged', () => script`
    ${HALF}
    < P. 301:311(10) ack 102
    = FIN-WAIT-2 rcv.nxt 311 delivered 10
    nothing ! flags M20
    ? R 102  ! wrong flags M20
    ? . 101 ack 311  ! wrong seq
    > . 102 ack 311
    ? P. 102:106(4) ack 311  ! wrong data data-out-of-state`);

  test('half-close: data goes out in CLOSE-WAIT', () => script`
    ${OPEN}
    < F. 301 ack 101
    > . 101 ack 302
    write 10
    > P. 101:111(10) ack 302
    < . 302 ack 111
    = CLOSE-WAIT
    close
    write 1 ! call/closing
    close ! call/closing
    > F. 111 ack 302
    = LAST-ACK`);

  test('the last FIN is repeated until it is acknowledged', () => script`
    ${OPEN}
    < F. 301 ack 101
    close
    > F. 101 ack 302
    rto
    > F. 101 ack 302  ! due retransmit-fin
    = LAST-ACK backoff 1
    < F. 301 ack 101
    = LAST-ACK
    > . 102 ack 302  ! due old-ack
    < . 302 ack 102
    = CLOSED`);

  test('TIME-WAIT is alive: a FIN that comes again is acknowledged, and 2MSL starts afresh', () => {
    const once = script`
      ${HALF}
      < F. 301 ack 102
      > . 102 ack 302
      = TIME-WAIT time-wait 1`;
    const again = script`
      ${HALF}
      < F. 301 ack 102
      > . 102 ack 302
      < F. 301 ack 102
      = TIME-WAIT time-wait 0
      2msl
      = TIME-WAIT
      nothing ! flags M26
      ? R 102  ! wrong flags M26
      ? F. 101 ack 302  ! wrong
      > . 102 ack 302  ! due time-wait-ack
      = TIME-WAIT time-wait 1`;
    if (once.timers['time-wait']?.epoch === again.timers['time-wait']?.epoch)
      throw new Error('2MSL goes on as before');
  });

  test('TIME-WAIT is ended by a RST, exactly at RCV.NXT', () => script`
    ${HALF}
    < F. 301 ack 102
    > . 102 ack 302
    < R 305
    = TIME-WAIT
    > . 102 ack 302  ! due challenge-ack
    < R 302
    = CLOSED`);

  test('TIME-WAIT may be reopened by a SYN beyond the old connection, not by an old one', () => {
    script`
      ${HALF}
      < F. 301 ack 102
      > . 102 ack 302
      < S 9000
      ? S. 102 ack 9001  ! legal reopen
      ? S. 101 ack 9001  ! wrong seq
      ? S. 50 ack 9001  ! wrong
      ? . 102 ack 302  ! due
      > S. 7000 ack 9001  ! legal reopen
      = SYN-RECEIVED snd.una 7000 snd.nxt 7001 rcv.nxt 9001 irs 9000 rto 1 time-wait 0
      < . 9001 ack 7001
      = ESTABLISHED`;
    script`
      ${HALF}
      < F. 301 ack 102
      > . 102 ack 302
      < S 200
      ? S. 7000 ack 201  ! wrong
      > . 102 ack 302
      = TIME-WAIT time-wait 1`;
  });

  test('reopened by a SYN that turns out to be an old duplicate, it is back in TIME-WAIT', () => {
    const reopened = `
      ${HALF}
      < F. 301 ack 102
      > . 102 ack 302
      < S 9000
      > S. 7000 ack 9001  ! legal reopen`;
    for (const answer of ['< R 9001', '< S 9005']) {
      script`
        ${reopened}
        ${answer}
        = TIME-WAIT snd.una 102 snd.nxt 102 rcv.nxt 302 irs 300 rto 0 time-wait 1
        nothing
        label CLOSED  ! state M25
        < F. 301 ack 102
        > . 102 ack 302
        < S 9500
        > S. 7500 ack 9501  ! legal reopen
        = SYN-RECEIVED snd.una 7500 snd.nxt 7501 rcv.nxt 9501
        < . 9501 ack 7501
        < R 9501
        = CLOSED`;
    }
  });

  test('a FIN that arrives before missing data changes no state', () => script`
    ${OPEN}
    < F. 311 ack 101
    = ESTABLISHED rcv.nxt 301 held 1
    ? . 101 ack 312  ! wrong ack M30
    > . 101 ack 301  ! due dup-ack
    < P. 301:311(10) ack 101
    = CLOSE-WAIT rcv.nxt 312
    > . 101 ack 312  ! due ack-fin`);

  test('the FIN lies in the data that fills the gap', () => script`
    ${HALF}
    < FP. 306:311(5) ack 102
    = FIN-WAIT-2 held 1
    < P. 301:306(5) ack 102
    = TIME-WAIT rcv.nxt 312 delivered 10`);

  test('after the FIN of the peer there is nothing more to come', () => script`
    ${OPEN}
    < F. 301 ack 101
    > . 101 ack 302
    < P. 302:312(10) ack 101
    = CLOSE-WAIT rcv.nxt 302 delivered 0
    nothing
    > . 101 ack 302  ! due`);

  test('CLOSE in SYN-SENT sends nothing; the late SYN,ACK gets a RST', () => script`
    connect
    > S 100
    close
    = CLOSED
    nothing
    ? F. 101 ack 0  ! wrong flags unprompted
    < S. 300 ack 101
    = CLOSED
    > R 101  ! due rst-stray
    nothing`);

  test('CLOSE before the SYN is out takes the OPEN back', () => script`
    connect
    close
    = CLOSED
    nothing
    ? S 100  ! wrong
    listen
    close
    = CLOSED`);

  test('a label can be wrong in ways that have no name', () => script`
    ${HALF}
    label FIN-WAIT-2
    label CLOSING ! state other
    label CLOSED ! state M20
    < F. 301 ack 102
    label CLOSE-WAIT ! state M28
    label TIME-WAIT`);

  test('keep-alive is legal in FIN-WAIT-2 too', () => script`
    ${HALF}
    ? . 101 ack 301  ! legal keep-alive`);
});
