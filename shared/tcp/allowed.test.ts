import { describe, test } from 'vitest';
import { script } from './script.testing.ts';
import { OPEN } from './stories.testing.ts';

/** The application has stopped reading and has closed; the FIN went out. */
const DEAF = `
  ${OPEN}
  stop-reading
  close
  > F. 101 ack 301`;

describe('what may be sent though nothing asks for it', () => {
  test('a RST, to say that octets were thrown away: as an abort, or where their ACK points', () => {
    script`
      ${DEAF}
      < P. 301:311(10) ack 101
      > . 102 ack 311
      ? R 102  ! legal rst-unread
      ? R. 102 ack 311  ! legal rst-unread
      ? R. 102 ack 310  ! wrong
      ? R 101  ! legal rst-unread
      ? R. 101 ack 311  ! wrong
      ? R 100  ! wrong
      ? R 102:105(3)  ! wrong
      ? SR 102  ! wrong
      ? FR 102  ! wrong
      < . 311 ack 102
      ? R 102  ! legal rst-unread`;
    script`
      ${DEAF}
      < . 301 ack 102
      ? R 102  ! wrong flags`;
    // Past a gap, where it is not even kept for the application.
    script`
      ${DEAF}
      < P. 311:315(4) ack 102
      > . 102 ack 301
      ? R 102  ! legal rst-unread`;
    script`
      ${DEAF}
      < P 311:315(4) ack 101
      ? R 101  ! wrong`;
    script`
      ${OPEN}
      close
      > F. 101 ack 301
      < P. 301:311(10) ack 101
      > . 102 ack 311
      ? R 102  ! wrong`;
  });

  test('the SYN,ACK once more, until it is acknowledged', () => script`
    listen
    < S 300
    > S. 100 ack 301
    ? S. 100 ack 301  ! legal retransmit-syn-ack
    ? S. 100:105(5) ack 301  ! wrong data
    ? FS. 100 ack 301  ! wrong flags
    close
    ? F. 101 ack 301  ! due fin
    ? F. 100:101(1) ack 301  ! wrong seq
    < . 301 ack 101
    ? S. 100 ack 301  ! wrong flags`);

  test('octets again and new ones with them, and the FIN where all of them fit', () => script`
    ${OPEN}
    write 4
    > P. 101:105(4) ack 301
    write 4
    close
    ? P. 101:107(6) ack 301  ! legal data
    ? FP. 101:107(6) ack 301  ! wrong
    ? FP. 101:109(8) ack 301  ! legal data-fin
    > FP. 105:109(4) ack 301
    ? P. 103:109(6) ack 301  ! legal retransmit
    ? FP. 103:109(6) ack 301  ! legal retransmit-fin
    < . 301 ack 110
    ? P. 110:111(1) ack 301  ! wrong data
    ? F. 110 ack 301  ! wrong flags fin-again
    ? P. 109:110(1) ack 301  ! wrong`);

  test('a probe of a shut window, not of one that is full', () => script`
    ${OPEN}
    write 9
    < . 301 ack 101 win 0
    ? P. 101:102(1) ack 301  ! legal data
    > P. 101:102(1) ack 301  ! legal data
    ? P. 102:103(1) ack 301  ! wrong data beyond-window
    ? P. 101:103(2) ack 301  ! wrong data beyond-window`);

  test('no keep-alive once both have closed', () => script`
    ${OPEN}
    close
    > F. 101 ack 301
    < F. 301 ack 102
    > . 102 ack 302
    = TIME-WAIT
    ? . 101 ack 302  ! wrong seq`);
});
