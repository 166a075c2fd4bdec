import { describe, test } from 'vitest';
import { script } from './script.testing.ts';
import { OPEN } from './stories.testing.ts';

describe('data', () => {
  test('R3: a pure ACK stands at SND.NXT, even with data in flight, and may be repeated', () => script`
    ${OPEN}
    write 10
    > P. 101:111(10) ack 301
    < P. 301:315(14) ack 101
    ? . 101 ack 315  ! wrong seq other
    > . 111 ack 315
    nothing
    > . 111 ack 315  ! legal duplicate-ack M16
    ? . 111 ack 301  ! wrong ack other
    ? . 111 ack 302  ! wrong ack M02
    ? . 111 ack 314  ! wrong ack M03`);

  test('an ACK of an ACK is legal, and worth a word', () => script`
    ${OPEN}
    write 10
    > P. 101:111(10) ack 301
    < . 301 ack 111
    nothing
    > . 111 ack 301  ! legal duplicate-ack M15
    > . 111 ack 301  ! legal duplicate-ack M15`);

  test('R5: no more than the application gave, within the window', () => script`
    ${OPEN}
    ? P. 101:106(5) ack 301  ! wrong data data-not-given
    write 11
    ? P. 101:113(12) ack 301  ! wrong data data-not-given
    < . 301 ack 101 win 4
    ? P. 101:112(11) ack 301  ! wrong data beyond-window
    ? P. 103:105(2) ack 301  ! wrong seq
    ? P. 112:112(0) ack 301  ! wrong seq M23
    > P. 101:104(3) ack 301
    = ESTABLISHED queued 8 snd.nxt 104
    > P. 104:105(1) ack 301
    nothing
    ? P. 105:106(1) ack 301  ! wrong data beyond-window
    < . 301 ack 105 win 4
    > P. 105:109(4) ack 301
    < . 301 ack 109
    > P. 109:112(3) ack 301
    = ESTABLISHED queued 0`);

  test('the bot fills a segment, a student may cut as they like', () => script`
    iss 100 wnd 1000 mss 4
    ${OPEN}
    write 10
    > P. 101:111(10) ack 301
    nothing`);

  test('an ACK rides on data: one segment answers both', () => script`
    ${OPEN}
    < P. 301:315(14) ack 101
    write 5
    = ESTABLISHED causes 2
    > P. 101:106(5) ack 315  ! due data
    nothing`);

  test('one ACK answers several arrivals', () => script`
    ${OPEN}
    < P. 301:311(10) ack 101
    < P. 311:321(10) ack 101
    = ESTABLISHED causes 1 rcv.nxt 321
    ? . 101 ack 311  ! wrong ack
    > . 101 ack 321
    nothing`);

  test('R4: a retransmission is any re-cut of the queue in place, with the newest ACK', () => script`
    ${OPEN}
    write 10
    > P. 101:106(5) ack 301
    > P. 106:111(5) ack 301
    < P. 301:304(3) ack 101
    > . 111 ack 304
    rto
    nothing ! flags missing
    ? P. 111:121(10) ack 304  ! wrong seq M14
    ? P. 101:111(10) ack 301  ! wrong ack other
    ? P. 101:112(11) ack 304  ! wrong data
    ? P. 100:105(5) ack 304   ! wrong seq
    ? P. 101:111(10) ack 304  ! due retransmit
    ? P. 101:102(1) ack 304   ! due retransmit
    ? P. 103:108(5) ack 304   ! legal retransmit
    ? R. 111 ack 304          ! wrong flags M17
    > P. 101:104(3) ack 304   ! due retransmit
    = ESTABLISHED backoff 1 snd.nxt 111
    < . 304 ack 106
    = ESTABLISHED snd.una 106 backoff 0
    ? P. 101:111(10) ack 304  ! wrong seq
    > P. 106:111(5) ack 304   ! legal retransmit
    < . 304 ack 111
    = ESTABLISHED rto 0`);

  test('old and new octets may share a segment', () => script`
    ${OPEN}
    write 4
    > P. 101:105(4) ack 301
    write 4
    > P. 101:109(8) ack 301  ! legal data
    = ESTABLISHED snd.nxt 109 queued 0
    nothing`);

  test('RFC 6298: the timer runs while something is outstanding, and starts afresh at every new ACK', () => {
    const end = script`
      ${OPEN}
      write 10
      > P. 101:106(5) ack 301
      = ESTABLISHED rto 1 backoff 0`;
    const first = end.timers.rto?.epoch;
    if (first === undefined) throw new Error('no timer');
    script`
      ${OPEN}
      write 10
      > P. 101:106(5) ack 301
      > P. 106:111(5) ack 301
      < . 301 ack 106
      = ESTABLISHED rto 1
      < . 301 ack 111
      = ESTABLISHED rto 0
      rto
      nothing`;
  });

  test('an ACK that overtakes the retransmission makes it needless', () => script`
    ${OPEN}
    write 10
    > P. 101:111(10) ack 301
    rto
    < . 301 ack 111
    nothing
    = ESTABLISHED rto 0 causes 0`);

  test('data past a gap is held, and the ACK stays at the gap', () => script`
    ${OPEN}
    < P. 311:321(10) ack 101
    = ESTABLISHED rcv.nxt 301 held 1 delivered 0
    ? . 101 ack 321  ! wrong ack M30
    > . 101 ack 301  ! due dup-ack
    < P. 331:341(10) ack 101
    > . 101 ack 301
    < P. 301:315(14) ack 101
    = ESTABLISHED rcv.nxt 321 held 1 delivered 20
    > . 101 ack 321
    < P. 321:331(10) ack 101
    = ESTABLISHED rcv.nxt 341 held 0
    > . 101 ack 341`);

  test('data that came before is acknowledged again', () => script`
    ${OPEN}
    < P. 301:315(14) ack 101
    > . 101 ack 315
    < P. 301:315(14) ack 101
    = ESTABLISHED rcv.nxt 315 delivered 0
    nothing ! flags missing
    > . 101 ack 315  ! due old-ack`);

  test('what overlaps is trimmed', () => script`
    iss 100 wnd 20
    ${OPEN}
    < P. 301:311(10) ack 101
    > . 101 ack 311
    < P. 306:316(10) ack 101
    = ESTABLISHED rcv.nxt 316 delivered 5
    > . 101 ack 316
    < P. 326:346(20) ack 101
    < P. 316:326(10) ack 101
    = ESTABLISHED rcv.nxt 336`);

  test('R9: out of the window, an ACK is the answer', () => script`
    iss 100 wnd 1000
    ${OPEN}
    < P. 1301:1311(10) ack 101
    = ESTABLISHED rcv.nxt 301 held 0
    > . 101 ack 301  ! due old-ack
    < . 300 ack 101  // a keep-alive
    > . 101 ack 301  ! due challenge-ack
    < . 301 ack 102  // acknowledges what was never sent
    = ESTABLISHED snd.una 101
    > . 101 ack 301  ! due ack-beyond
    < P 301:305(4)   // no ACK flag: dropped
    = ESTABLISHED rcv.nxt 301
    nothing`);

  test('R10: a keep-alive is legal in silence only', () => {
    script`
      ${OPEN}
      ? . 100 ack 301  ! legal keep-alive
      ? . 100:101(1) ack 301  ! wrong seq
      ? . 100 ack 300  ! wrong ack
      ? . 99 ack 301  ! wrong seq
      < P. 301:305(4) ack 101
      ? . 100 ack 305  ! wrong seq other
      > . 101 ack 305
      write 3
      > P. 101:104(3) ack 305
      ? . 103 ack 305  ! wrong seq`;
    script`
      connect
      > S 100
      < S. 300 ack 101
      ? . 100 ack 301  ! wrong seq M05`;
  });

  test('a shut window lets one octet through to probe it', () => script`
    ${OPEN}
    write 10
    < . 301 ack 101 win 0
    = ESTABLISHED persist 1
    nothing
    ? P. 101:103(2) ack 301  ! wrong data beyond-window
    ? P. 101:102(1) ack 301  ! legal data
    persist
    nothing ! flags missing
    > P. 101:102(1) ack 301  ! due probe
    = ESTABLISHED snd.nxt 102 rto 1
    < . 301 ack 101 win 0
    nothing
    rto
    > P. 101:102(1) ack 301  ! due retransmit
    < . 301 ack 102 win 100
    > P. 102:111(9) ack 301`);

  test('a window that is full, but not shut, is not probed', () => script`
    ${OPEN}
    write 10
    < . 301 ack 101 win 4
    > P. 101:105(4) ack 301
    ? P. 105:106(1) ack 301  ! wrong data beyond-window
    = ESTABLISHED persist 0`);

  test('an application that stops reading shuts the window, and must announce it open again', () => script`
    iss 100 wnd 10
    ${OPEN}
    stop-reading
    < P. 301:311(10) ack 101
    = ESTABLISHED rcv.nxt 311 rcv.wnd 0 unread 10
    > . 101 ack 311
    write 4
    > P. 101:105(4) ack 311
    < P. 311:312(1) ack 105  // a probe: refused, but its ACK counts
    = ESTABLISHED rcv.nxt 311 snd.una 105
    > . 105 ack 311
    start-reading
    = ESTABLISHED rcv.wnd 10 unread 0
    nothing ! flags missing
    > . 105 ack 311  ! due window-update
    nothing`);

  test('an older segment does not change the window back', () => script`
    ${OPEN}
    < . 301 ack 101 win 1000
    < P. 301:305(4) ack 101 win 2000
    = ESTABLISHED snd.wnd 2000
    > . 101 ack 305
    < P. 301:305(4) ack 101 win 50
    = ESTABLISHED snd.wnd 2000`);

  test('PSH, ECE, CWR and the window never decide; URG does', () => script`
    ${OPEN}
    write 4
    ? . 101:105(4) ack 301 win 0
    ? P.EW 101:105(4) ack 301 win 9
    ? P.U 101:105(4) ack 301  ! wrong flags M36
    ? P. 102:106(4) ack 301  ! wrong seq M04`);

  test('sequence numbers count octets, not segments', () => script`
    ${OPEN}
    write 20
    > P. 101:111(10) ack 301
    ? . 112 ack 301  ! wrong seq
    < . 301 ack 111
    ? P. 102:112(10) ack 301  ! wrong seq M29
    ? P. 301:311(10) ack 111  ! wrong seq M07 ack M07
    ? P. 11:21(10) ack 301  ! wrong seq M33
    ? P. 111:121(10) ack 1  ! wrong ack M33`);

  test('R9: a SYN in a synchronized state gets an ACK, whatever its number', () => script`
    ${OPEN}
    < S 305
    > . 101 ack 301  ! due challenge-ack
    < S 5000000
    > . 101 ack 301
    = ESTABLISHED`);
});
