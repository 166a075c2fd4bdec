import { expect, test } from 'vitest';
import { BOT, HUMANS, exercise, script } from './script.testing.ts';

const closing = exercise({
  ends: {
    client: { start: 'ESTABLISHED', iss: { policy: 'given', value: 100 } },
    server: { start: 'ESTABLISHED', iss: { policy: 'given', value: 300 } },
  },
  calls: [
    { side: 'client', when: { atMs: 0 }, call: 'close' },
    { side: 'server', when: { arrived: 'F.', afterMs: 100 }, call: 'close' },
  ],
});

test('four segments close a connection; with the last ACK lost the FIN comes again, and TIME-WAIT answers it and begins anew', () => {
  const lab = script({ scenario: closing })`
      0  client  calls close
      0  client  = FIN-WAIT-1 snd.una 101 rcv.nxt 301
     10  client  > F. 101:101(0) ack 301
     60  server  < F. 101:101(0) ack 301
     60  server  = CLOSE-WAIT
     70  server  > . 301:301(0) ack 102
    120  client  = FIN-WAIT-2
    160  server  calls close
    170  server  > F. 301:301(0) ack 102
    170  server  = LAST-ACK
    220  client  = TIME-WAIT
    230  client  > . 102:102(0) ack 302
    240  link    drop c2
   1170  server  timer rto
   1180  server  > F. 301:301(0) ack 102
   1230  client  < F. 301:301(0) ack 102
   1240  client  > . 102:102(0) ack 302
   1290  server  = CLOSED
   2230  client  = TIME-WAIT            -- the first 2MSL would have been over
   3239  client  = TIME-WAIT
   3240  client  timer time-wait
   3240  client  = CLOSED
   3240  table   over
  `;
  expect(lab.happenings.filter((it) => it.kind === 'timer' && it.timer === 'time-wait')).toHaveLength(1);
});

test('with nothing left to send, the ACK rides on the FIN: three segments', () =>
  void script({
    scenario: exercise({
      ends: {
        client: { start: 'ESTABLISHED', iss: { policy: 'given', value: 100 } },
        server: { start: 'ESTABLISHED', iss: { policy: 'given', value: 300 } },
      },
      calls: [
        { side: 'client', when: { atMs: 0 }, call: 'close' },
        { side: 'server', when: { state: 'CLOSE-WAIT' }, call: 'close' },
      ],
    }),
  })`
      0  client  > F. 101:101(0) ack 301
     60  server  > F. 301:301(0) ack 102
    110  client  = TIME-WAIT
    120  client  > . 102:102(0) ack 302
    170  server  = CLOSED
  `);

test('a bot at the far end answers, closes, and waits like anybody', () => {
  const lab = script({ scenario: closing, seats: { ...HUMANS, server: BOT } })`
     10  client  > F. 101:101(0) ack 301
    110  client  = FIN-WAIT-1
    300  client  = TIME-WAIT
    310  client  > . 102:102(0) ack 302
    400  server  = CLOSED
   5000  table   over
  `;
  expect(lab.happenings.filter((it) => it.kind === 'sent' && it.by === 'bot')).toHaveLength(2);
});

test('in the middle of a connection an end may start in any state that a partner state goes with', () => {
  for (const [client, server] of [
    ['FIN-WAIT-1', 'ESTABLISHED'],
    ['FIN-WAIT-2', 'CLOSE-WAIT'],
    ['CLOSE-WAIT', 'FIN-WAIT-2'],
    ['LAST-ACK', 'FIN-WAIT-2'],
    ['TIME-WAIT', 'LAST-ACK'],
    ['TIME-WAIT', 'CLOSED'],
    ['CLOSING', 'CLOSING'],
    ['SYN-SENT', 'LISTEN'],
    ['SYN-RECEIVED', 'ESTABLISHED'],
    ['ESTABLISHED', 'SYN-RECEIVED'],
    ['ESTABLISHED', 'CLOSED'],
    ['ESTABLISHED', 'LISTEN'],
  ] as const) {
    const lab = script({
      scenario: exercise({ calls: [], ends: { client: { start: client }, server: { start: server } } }),
    })``;
    expect([lab.table.ends.client.state, lab.table.ends.server.state]).toEqual([client, server]);
  }
});
