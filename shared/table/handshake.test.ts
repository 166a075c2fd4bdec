import { expect, test } from 'vitest';
import { BOTS, exercise, script } from './script.testing.ts';

test('three segments open a connection', () =>
  void script()`
      0  client  calls connect
      0  client  > S  100:100(0)
     50  server  < S  100:100(0)
     60  server  > S. 300:300(0) ack 101
    110  client  < S. 300:300(0) ack 101
    110  client  = ESTABLISHED snd.una 101 rcv.nxt 301
    120  client  > . 101:101(0) ack 301
    170  server  = ESTABLISHED snd.una 301
  `);

test('a SYN lost on the way is sent again after one RTO', () =>
  void script({
    scenario: exercise({ faults: [1, 2].map((nth) => ({ from: 'client', match: 'S', nth, fault: 'drop' })) }),
  })`
      0  client  > S  100:100(0)              ! lost
   1000  client  timer rto
     +0  client  > S  100:100(0)              ! lost
  +1999  client  > . 101:101(0) ack 301       ! blocked
     +1  client  timer rto
     +0  client  > S  100:100(0)
    +50  server  < S  100:100(0)
  `);

test('the SYN,ACK is taken out of the air and sent again after its RTO', () =>
  void script()`
      0  client  > S  100:100(0)
     50  server  > S. 300:300(0) ack 101
     60  link    drop s1
   1000  client  timer rto
   1010  client  > S  100:100(0)
   1050  server  timer rto
   1060  server  > S. 300:300(0) ack 101
   1110  client  < S. 300:300(0) ack 101
   1110  client  = ESTABLISHED
   1120  client  > . 101:101(0) ack 301
   1170  server  = ESTABLISHED
  `);

test('two bots open a connection by themselves', () => {
  const lab = script({ scenario: exercise({ finish: 'established' }), seats: BOTS })`
      0  client calls connect
    500  table over
  `;
  expect(lab.table.ends.client.state).toBe('ESTABLISHED');
});
