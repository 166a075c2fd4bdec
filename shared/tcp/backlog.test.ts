import { describe, expect, test } from 'vitest';
import { chooseIss } from './iss.ts';
import { play, script } from './script.testing.ts';

describe('a full backlog', () => {
  test('lets a SYN fall, and the next one in when there is room again', () => script`
    listen
    room 0
    < S 300
    = LISTEN causes 0 rto 0
    nothing
    label LISTEN
    label SYN-RECEIVED ! state backlog-full
    ? S. 100 ack 301  ! wrong flags backlog-full
    ? . 100 ack 301   ! wrong flags backlog-full
    ? R. 0 ack 301    ! wrong flags unprompted
    < S 300
    = LISTEN causes 0
    room 1
    ? S. 100 ack 301  ! wrong flags backlog-full
    < S 300
    = SYN-RECEIVED rcv.nxt 301
    > S. 100 ack 301  ! due syn-ack
    < . 301 ack 101
    = ESTABLISHED snd.una 101`);

  test('takes nothing from connections that are under way', () => script`
    listen
    room 1
    < S 300
    > S. 100 ack 301
    room 0
    < S 300
    = SYN-RECEIVED
    > S. 100 ack 301  ! due syn-ack-again
    rto
    > S. 100 ack 301  ! due retransmit-syn-ack
    < . 301 ack 101
    = ESTABLISHED`);

  test('is not asked by who opens himself', () => script`
    room 0
    listen
    connect
    < S 300
    = SYN-RECEIVED`);

  test('still answers strays', () => script`
    listen
    room 0
    < . 300 ack 900
    > R 900
    < R 300
    nothing`);
});

const COOKIE = `
  listen
  room 0 cookies
  < S 300
  > S. 100 ack 301 ! due syn-cookie`;

describe('a SYN cookie', () => {
  test('goes out without leaving anything behind, and the ACK of it opens the connection', () => script`
    listen
    room 0 cookies
    < S 300
    = LISTEN rto 0
    nothing ! flags missing
    > S. 100 ack 301  ! due syn-cookie
    = LISTEN causes 0 snd.nxt 100 snd.una 100 rcv.nxt null irs null rto 0
    label LISTEN
    label SYN-RECEIVED ! state cookie-keeps-nothing
    label ESTABLISHED  ! state M10
    nothing
    ? S. 100 ack 301  ! wrong flags cookie-keeps-nothing
    < . 301 ack 101
    = ESTABLISHED snd.una 101 snd.nxt 101 rcv.nxt 301 irs 300 rto 0 causes 0
    nothing
    write 5
    > P. 101:106(5) ack 301
    < . 301 ack 106
    = ESTABLISHED snd.una 106`);

  test('is judged like any SYN,ACK', () => script`
    listen
    room 0 cookies
    < S 300
    ? S. 100 ack 300  ! wrong ack M01
    ? S. 300 ack 301  ! wrong seq M06
    ? S. 301 ack 301  ! wrong seq M06
    ? . 100 ack 301   ! wrong flags M12
    ? S. 101 ack 301  ! wrong seq other`);

  test('sent wrong is none', () => script`
    listen
    room 0 cookies
    < S 300
    > S. 555 ack 301  ! wrong seq other
    < . 301 ack 556
    = LISTEN
    > R 556
    > S. 100 ack 301
    < . 301 ack 101
    = ESTABLISHED`);

  test('has no timer: if it is lost, only the next SYN brings it back', () => script`
    ${COOKIE}
    rto
    nothing
    < S 300
    > S. 100 ack 301  ! due syn-cookie
    < . 301 ack 101
    = ESTABLISHED`);

  test.each([
    ['with another acknowledgment', '< . 301 ack 102', '> R 102'],
    ['one beside the SYN it was made for', '< . 302 ack 101', '> R 101'],
    ['with a SYN', '< S. 301 ack 101', '> R 101'],
  ])('is not returned by a segment %s', (_what, arrival, answer) => {
    expect(play(`${COOKIE}\n${arrival}\n= LISTEN\n${answer}\n< . 301 ack 101`).state).toBe('ESTABLISHED');
  });

  test('is nothing to rely on before it is out', () => script`
    listen
    room 0 cookies
    < . 301 ack 101
    = LISTEN
    > R 101`);

  test('may come back with the first data, if the third segment was lost', () => script`
    ${COOKIE}
    < P. 301:306(5) ack 101
    = ESTABLISHED rcv.nxt 306 delivered 5
    > . 101 ack 306`);

  test('may come back with a FIN', () => script`
    ${COOKIE}
    < F. 301 ack 101
    = CLOSE-WAIT rcv.nxt 302
    > . 101 ack 302`);

  test('is not needed while there is room', () => script`
    listen
    room 3 cookies
    < S 300
    > S. 100 ack 301  ! due syn-ack
    = SYN-RECEIVED rto 1`);

  test('counts no more once a SYN has found room', () => script`
    ${COOKIE}
    room 1 cookies
    < S 700
    = SYN-RECEIVED
    > S. 100 ack 701
    < R 701
    = LISTEN
    < . 301 ack 101
    > R 101`);

  test('an end that waits to answer twice answers once, and not at all when the cookie is back', () => script`
    ${COOKIE}
    < S 300
    < . 301 ack 101
    = ESTABLISHED causes 0
    nothing`);

  test('is computed, and not chosen', () => {
    expect(chooseIss(play('listen\nroom 0 cookies\n< S 300'), 4711).tcb.iss).toBe(100);
    expect(chooseIss(play(COOKIE), 4711).tcb.iss).toBe(100);
    expect(chooseIss(play('listen\nroom 0 cookies'), 4711).tcb.iss).toBe(4711);
  });
});
