import { expect, test } from 'vitest';
import type { Prediction } from './command.ts';
import { HUMANS, BOT, Lab, exercise, script } from './script.testing.ts';

const faultOn = (fault: 'drop' | 'duplicate' | 'delay' | 'corrupt' | 'hold', ms?: number) =>
  exercise({ faults: [{ from: 'server', match: 'S.', nth: 1, fault, ...(ms !== undefined && { ms }) }] });

const opening = `
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101
`;

test('a held segment goes on, once released, for as long as it had to go', () =>
  void script()`
      0  client  > S 100:100(0)
     20  link    hold c1
     30  link    release c1
     30  link    release c1                   ! refused flight/not-held
     60  server  < S 100:100(0)
     60  link    drop c1                      ! refused flight/gone
  `);

test('a SYN,ACK that was held and comes after its retransmission is survived by both ends', () =>
  void script()`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101
     60  link    hold s1
   1050  server  timer rto
   1060  server  > S. 300:300(0) ack 101
   1110  client  > . 101:101(0) ack 301
   1160  server  = ESTABLISHED
   1200  link    release s1
   1240  client  < S. 300:300(0) ack 101
   1240  client  = ESTABLISHED
   1250  client  > . 101:101(0) ack 301
   1300  server  = ESTABLISHED
  `);

test('a duplicate arrives a little later, and counts as a segment of its own', () => {
  const lab = script()`
      0  client  > S 100:100(0)
     10  link    duplicate c1
     20  link    hold c1.2
     20  link    duplicate c1
     50  server  < S 100:100(0)
    550  server  < S 100:100(0)
  `;
  expect(lab.table.flights.map(({ id, held }) => [id, held !== null])).toEqual([['c1.2', true]]);
});

test('cutting the cable takes what is on its way and what is sent until it is mended', () => {
  const lab = script()`
      0  client  > S 100:100(0)
     10  link    cut
     10  link    cut                          ! refused cable/already
   1000  client  timer rto
   1000  client  > S 100:100(0)               ! lost
   1010  link    mend
   1010  link    mend                         ! refused cable/already
   3000  client  > S 100:100(0)
   3050  server  < S 100:100(0)
  `;
  expect(lab.happenings.flatMap((it) => (it.kind === 'lost' ? [[it.id, it.why]] : []))).toEqual([
    ['c1', 'cable'],
    ['c2', 'cable'],
  ]);
});

test('the link seat has a budget; the instructor has none and uses none up', () => {
  const scenario = exercise({ budget: { drop: 1, duplicate: 0, hold: 1, cut: 0, conditions: false } });
  const lab = script({ scenario })`
      0  client  > S 100:100(0)
     10  link    duplicate c1                 ! refused budget/spent
     10  link    cut                          ! refused budget/spent
     10  instructor drop c1
   1000  client  > S 100:100(0)
   1010  link    drop c2
   3000  client  > S 100:100(0)
   3010  link    drop c3                      ! refused budget/spent
   3010  link    hold c3
   3020  link    release c3
  `;
  const { conditions } = scenario.link.client && { conditions: scenario.link.client };
  const at = lab.table.clock.at + 3020;
  const change = { type: 'set-conditions', from: 'client', conditions } as const;
  expect(lab.ask('link', change, at)).toMatchObject({ error: { code: 'link/not-allowed' } });
  const wild = { ...change, conditions: { ...conditions, lossPct: 101 } };
  expect(lab.ask('instructor', wild, at)).toMatchObject({ error: { code: 'link/out-of-range' } });
  expect(lab.ask('instructor', change, at)).toMatchObject({ ok: true });
  expect(lab.table.spent).toEqual({ drop: 1, duplicate: 0, hold: 1, cut: 0 });
});

test('new conditions do not touch what is on its way', () => {
  const lab = script()`
      0  client  > S 100:100(0)
  `;
  const { at } = lab.table.clock;
  const conditions = { ...lab.table.wires.client.conditions, delayMs: 5000 };
  lab.ask('link', { type: 'set-conditions', from: 'client', conditions }, at + 10);
  lab.play(`
     50  server  < S 100:100(0)
  `);
  expect(lab.table.wires.client.conditionsVersion).toBe(2);
});

test('the script drops, delays, doubles, spoils or holds the n-th segment that matches', () => {
  script({ scenario: faultOn('drop') })`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101      ! lost
   1050  server  > S. 300:300(0) ack 101
   1100  client  < S. 300:300(0) ack 101
  `;
  script({ scenario: faultOn('delay', 400) })`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101
    500  client  < S. 300:300(0) ack 101
  `;
  script({ scenario: faultOn('duplicate', 70) })`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101
    100  client  < S. 300:300(0) ack 101
    170  client  < S. 300:300(0) ack 101
  `;
  script({ scenario: faultOn('hold', 300) })`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101
    400  client  < S. 300:300(0) ack 101
  `;
  const held = script({ scenario: faultOn('hold') })`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101
    900  link    release s1
    950  client  < S. 300:300(0) ack 101
  `;
  expect(held.happenings).toContainEqual({
    ms: 50,
    kind: 'touch',
    id: 's1',
    from: 'server',
    touch: 'hold',
    by: 'script',
  });
  const spoilt = script({ scenario: faultOn('corrupt') })`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101
    110  client  = SYN-SENT
  `;
  expect(spoilt.happenings.at(-1)).toMatchObject({ ms: 100, kind: 'lost', id: 's1', why: 'corrupt' });
});

const foreseen = (lab: Lab, ms: number, prediction: Prediction) =>
  lab.ask('link', { type: 'predict', prediction }, lab.table.clock.at + ms);

test('after a drop the link seat says what will happen; the table run forward knows', () => {
  const lab = new Lab().play(`${opening}
     60  link    drop s1
  `);
  expect(lab.table.predict).toBe('drop');
  // The client's timer is the older one.
  const states = { client: 'SYN-SENT', server: 'SYN-RECEIVED' } as const;
  expect(foreseen(lab, 60, { timer: 'client', again: 'S', states })).toMatchObject({
    value: [{ type: 'prediction-made', verdict: { verdict: 'due', faults: [] } }],
  });
  expect(lab.table.predict).toBeNull();
  expect(foreseen(lab, 61, { timer: 'client', again: 'S', states })).toMatchObject({
    error: { code: 'prediction/not-asked' },
  });
});

test('a wrong prediction is told part by part', () => {
  const lab = new Lab().play(`${opening}
     60  link    drop s1
  `);
  const states = { client: 'SYN-SENT', server: 'ESTABLISHED' } as const;
  const reply = foreseen(lab, 70, { timer: 'server', again: '.S', states });
  expect(reply).toMatchObject({
    value: [
      {
        right: { timer: 'client', again: 'S', states: { client: 'SYN-SENT', server: 'SYN-RECEIVED' } },
        verdict: {
          verdict: 'wrong',
          faults: [
            { given: 'server', needed: 'client' },
            { given: 'S.', needed: 'S' },
            { given: 'ESTABLISHED', needed: 'SYN-RECEIVED' },
          ],
        },
      },
    ],
  });
});

test('once a timer has rung there is nothing left to predict; nor after the instructor’s acts', () => {
  const late = script()`
      0  client  > S 100:100(0)
     10  link    drop c1
   1000  client  timer rto
  `;
  expect(late.table.predict).toBeNull();
  const taught = script()`
      0  client  > S 100:100(0)
     10  instructor drop c1
  `;
  expect(taught.table.predict).toBeNull();
});

test('with bots at the ends the forecast plays them, too', () => {
  const lab = script({ seats: { ...HUMANS, client: BOT, server: BOT } })`
     22  client  = SYN-SENT
     60  link    drop c1
  `;
  const states = { client: 'SYN-SENT', server: 'LISTEN' } as const;
  expect(foreseen(lab, 61, { timer: 'client', again: 'S', states })).toMatchObject({
    value: [{ verdict: { verdict: 'due' } }],
  });
});

test('an old duplicate that the link held back comes into the next connection, and is told from it', () => {
  const scenario = exercise({
    calls: [
      { side: 'client', when: { atMs: 0 }, call: 'connect' },
      { side: 'client', when: { atMs: 100 }, call: 'abort' },
      { side: 'client', when: { atMs: 200 }, call: 'connect' },
    ],
    finish: 'quiet',
  });
  script({ scenario, seats: { ...HUMANS, server: BOT } })`
      0  client  > S 100:100(0)
     10  link    duplicate c1
     20  link    hold c1
     20  link    hold c1.2
    100  client  = CLOSED
    200  client  > S 128100:128100(0)
    330  client  > . 128101:128101(0) ack 301
    380  server  = ESTABLISHED
    400  link    release c1
    430  server  < S 100:100(0)
    430  server  = ESTABLISHED rcv.nxt 128101
    530  client  = ESTABLISHED
  `;
});
