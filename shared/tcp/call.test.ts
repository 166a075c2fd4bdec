import { describe, expect, test } from 'vitest';
import { call } from './call.ts';
import type { UserCall } from './call.ts';
import type { End } from './end.ts';
import { expect as expectDues } from './expect.ts';
import { play, script } from './script.testing.ts';
import { ANSWERED, FIN_OUT, HALF, HEARD, OPEN } from './stories.testing.ts';

const WAITING = `${HALF}\n< F. 301 ack 102`;
const FIN_CAME = `${OPEN}\n< F. 301 ack 101`;

function calls(end: End, userCall: UserCall): End {
  const result = call(end, userCall);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe('a call', () => {
  test.each([
    ['connect', OPEN, 'call/already-open'],
    ['connect', 'connect', 'call/already-open'],
    ['connect', 'listen\nconnect', 'call/already-open'],
    ['connect', ANSWERED, 'call/already-open'],
    ['listen', 'listen', 'call/already-open'],
    ['listen', 'connect', 'call/already-open'],
    ['listen', OPEN, 'call/already-open'],
    // §3.10.2: "connection does not exist"; a listener has nobody to send to.
    ['write 5', '', 'call/no-connection'],
    ['write 5', `${OPEN}\nabort`, 'call/no-connection'],
    ['write 5', 'listen', 'call/not-connected'],
    ['write 5', FIN_OUT, 'call/closing'],
    ['write 5', HALF, 'call/closing'],
    ['write 5', WAITING, 'call/closing'],
    ['write 5', `${FIN_OUT}\n< F. 301 ack 101`, 'call/closing'],
    ['write 5', `${FIN_CAME}\nclose`, 'call/closing'],
    ['write 5', `${ANSWERED}\nwrite 1\nclose`, 'call/closing'],
    ['write 0', OPEN, 'call/bad-length'],
    ['write 1.5', OPEN, 'call/bad-length'],
    ['write 1073741825', OPEN, 'call/bad-length'],
    ['close', '', 'call/no-connection'],
    ['close', `${OPEN}\nabort`, 'call/no-connection'],
    ['close', `${ANSWERED}\nwrite 1\nclose`, 'call/closing'],
    ['close', FIN_OUT, 'call/closing'],
    ['close', WAITING, 'call/closing'],
    ['abort', '', 'call/no-connection'],
    ['abort', `${OPEN}\nabort`, 'call/no-connection'],
  ])('%s after %j is refused: %s', (line, story, code) => {
    script`${story}\n${line} ! ${code}`;
  });

  test.each([
    ['', 'connect'],
    ['listen', 'connect'],
    ['', 'listen'],
    ['connect', 'write 5'],
    ['listen\nconnect', 'write 5'],
    ['connect\n> S 100', 'write 5'],
    [HEARD, 'write 5'],
    [ANSWERED, 'write 5'],
    [OPEN, 'write 1'],
    [OPEN, 'write 1073741824'],
    [FIN_CAME, 'write 5'],
    ['connect', 'close'],
    ['listen', 'close'],
    ['connect\n> S 100', 'close'],
    [ANSWERED, 'close'],
    [FIN_CAME, 'close'],
    ['connect', 'abort'],
    ['listen', 'abort'],
    ['connect\n> S 100', 'abort'],
    [ANSWERED, 'abort'],
    [WAITING, 'abort'],
    [OPEN, 'stop-reading'],
    [OPEN, 'start-reading'],
  ])('after %j takes %s, and counts', (story, line) => {
    const before = play(story);
    expect(play(`${story}\n${line}`).nextId).toBe(before.nextId + (line === 'stop-reading' ? 0 : 1));
  });
});

describe('CLOSE', () => {
  test('during the handshake waits for the data before it, and for our SYN,ACK', () => {
    script`${ANSWERED}
      close
      = FIN-WAIT-1`;
    script`${ANSWERED}
      write 5
      close
      = SYN-RECEIVED
      < . 301 ack 101
      = FIN-WAIT-1 queued 5
      > FP. 101:106(5) ack 301  ! due data-fin`;
    script`${HEARD}
      close
      = SYN-RECEIVED
      > S. 100 ack 301
      > F. 101 ack 301  ! legal fin
      = FIN-WAIT-1`;
    // A simultaneous open: our SYN is out, and the SYN,ACK is owed.
    script`
      connect
      > S 100
      < S 300
      close
      = SYN-RECEIVED
      > S. 100 ack 301`;
  });

  test('takes the connection back where nothing of it is out', () => {
    for (const story of ['connect', 'listen', 'connect\n> S 100', 'listen\nconnect']) {
      script`${story}
        close
        = CLOSED causes 0
        close ! call/no-connection
        listen
        = LISTEN`;
    }
  });
});

describe('ABORT', () => {
  test('sends nothing where nothing is out', () => {
    for (const story of ['connect', 'listen', 'listen\nconnect', 'connect\n> S 100']) {
      script`${story}
        abort
        = CLOSED causes 0`;
    }
  });

  test('sends nothing once both FINs are out, and resets while one is missing', () => {
    for (const story of [`${FIN_OUT}\n< F. 301 ack 101`, WAITING, `${FIN_CAME}\nclose\n> F. 101 ack 302`]) {
      script`${story}
        abort
        = CLOSED causes 0`;
    }
    for (const story of [OPEN, ANSWERED, FIN_CAME]) {
      script`${story}
        abort
        > R 101`;
    }
    for (const story of [FIN_OUT, HALF]) {
      script`${story}
        abort
        > R 102`;
    }
  });

  test('forgets what was queued, not that the window is half full', () => script`
    iss 100 wnd 20
    ${OPEN}
    stop-reading
    < P. 301:311(10) ack 101
    write 9
    = ESTABLISHED unread 10 rcv.wnd 10
    abort
    = ESTABLISHED unread 10 rcv.wnd 10 queued 0 causes 1
    > R 101
    = CLOSED unread 0 rcv.wnd 20`);
});

describe('OPEN', () => {
  test('starts anew after a connection: its numbers are gone', () => {
    script`
      ${OPEN}
      abort
      > R 101
      < P. 301:305(4) ack 101
      = CLOSED causes 1
      listen
      = LISTEN snd.nxt 100 rcv.nxt null irs null causes 0`;
    script`
      ${OPEN}
      abort
      > R 101
      connect
      > S 100
      = SYN-SENT rcv.nxt null snd.wnd 1073741824`;
  });

  test('of a listener keeps it listening until the SYN is out', () => script`
    listen
    connect
    = LISTEN
    > S 100
    = SYN-SENT`);
});

describe('SEND', () => {
  test('before the SYN is out counts the SYN before its octets', () => {
    const upTo = (story: string): unknown => play(story).causes.find(({ need }) => need === 'data')?.upTo;
    expect(upTo('connect\nwrite 5')).toBe(106);
    expect(upTo(`${HEARD}\nwrite 5`)).toBe(106);
    expect(upTo('connect\n> S 100\nwrite 5')).toBe(106);
    expect(upTo(`${OPEN}\nwrite 5`)).toBe(106);
    const again = play(`${OPEN}\nwrite 5\nwrite 5`).causes.filter(({ need }) => need === 'data');
    expect(again.map((cause) => cause.upTo)).toEqual([106, 111]);
  });

  test('keeps the text if it is as long as it says, and all of what waits is known', () => {
    const end = play(OPEN);
    const abc = calls(end, { call: 'write', octets: 3, text: 'abc' });
    expect(abc.queuedText).toBe('abc');
    expect(calls(abc, { call: 'write', octets: 2, text: 'é' }).queuedText).toBe('abcé');
    expect(calls(abc, { call: 'write', octets: 1, text: 'é' }).queuedText).toBe(null);
    expect(calls(abc, { call: 'write', octets: 1 }).queuedText).toBe(null);
    const unknown = calls(end, { call: 'write', octets: 1 });
    expect(unknown.queuedText).toBe(null);
    expect(calls(unknown, { call: 'write', octets: 1, text: 'a' }).queuedText).toBe(null);
  });
});

describe('RECEIVE', () => {
  const shut = (story: string): End => play(`wnd 4\n${story}`);

  test('announces a window that was shut to a peer that may still send', () => {
    const announced = (story: string): string[] =>
      expectDues(calls(shut(story), { call: 'start-reading' })).map(({ why }) => why);
    const full = (ack: number): string => `stop-reading\n< P. 301:305(4) ack ${ack}\n> . ${ack} ack 305`;
    expect(announced(`${OPEN}\n${full(101)}`)).toEqual(['window-update']);
    expect(announced(`${FIN_OUT}\n${full(102)}`)).toEqual(['window-update']);
    expect(announced(`${HALF}\n${full(102)}`)).toEqual(['window-update']);
    expect(announced(`${OPEN}\nstop-reading\n< P. 301:304(3) ack 101\n> . 101 ack 304`)).toEqual([]);
    expect(announced(`${OPEN}\n${full(101)}\nclose\n> F. 101 ack 305\n< . 305 ack 102`)).toEqual([
      'window-update',
    ]);
    expect(announced(OPEN)).toEqual([]);
    // As shut as before.
    expect(expectDues(calls(play(`wnd 0\n${OPEN}`), { call: 'start-reading' }))).toEqual([]);
    // After its FIN the peer sends no more.
    expect(announced(`${OPEN}\nstop-reading\n< FP. 301:304(3) ack 101\n> . 101 ack 305`)).toEqual([]);
  });

  test('takes what waits, and goes on taking', () => script`
    iss 100 wnd 20
    ${OPEN}
    stop-reading
    < P. 301:311(10) ack 101
    = ESTABLISHED unread 10 rcv.wnd 10
    start-reading
    = ESTABLISHED unread 0 rcv.wnd 20
    < P. 311:321(10) ack 101
    = ESTABLISHED unread 0 rcv.wnd 20`);
});
