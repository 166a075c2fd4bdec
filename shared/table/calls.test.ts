import { expect, test } from 'vitest';
import type { ScriptedCall } from '../scenario/types.ts';
import { BOTS, Lab, exercise, script } from './script.testing.ts';
import { matches } from './pattern.ts';

const ends = {
  client: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 100 } },
  server: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 300 } },
};

const withCalls = (...calls: ScriptedCall[]) => exercise({ ends, calls, finish: 'quiet' });

test('an application calls at an instant', () =>
  void script({ scenario: withCalls({ side: 'server', when: { atMs: 70 }, call: 'write', text: 'hi' }) })`
     70  server  calls write
     80  server  > . 301:303(2) ack 101
    130  client  < . 301:303(2) ack 101
  `);

test('or once an end has entered a state, its own or the other’s', () =>
  void script({
    scenario: exercise({
      calls: [
        { side: 'client', when: { atMs: 5 }, call: 'connect' },
        { side: 'client', when: { state: 'ESTABLISHED', afterMs: 7 }, call: 'write', text: 'a' },
        {
          side: 'server',
          when: { state: 'ESTABLISHED', side: 'client', afterMs: 3 },
          call: 'write',
          text: 'b',
        },
      ],
    }),
  })`
     10  client  > S 100:100(0)
     60  server  > S. 300:300(0) ack 101
    110  client  = ESTABLISHED
    113  server  calls write
    117  client  calls write
  `);

test('the state in which an end starts is entered at the start', () =>
  void script({
    scenario: withCalls({ side: 'client', when: { state: 'ESTABLISHED', afterMs: 9 }, call: 'close' }),
  })`
      9  client  calls close
  `);

test('or after the n-th arrival of a kind', () =>
  void script({
    scenario: withCalls(
      { side: 'client', when: { atMs: 0 }, call: 'write', text: 'abc' },
      { side: 'server', when: { arrived: '. 3 octets', nth: 2, afterMs: 4 }, call: 'close' },
      { side: 'client', when: { arrived: '*', side: 'server' }, call: 'stop-reading' },
    ),
  })`
      0  client  > . 101:104(3) ack 301
     50  client  calls stop-reading
    100  client  > . 101:104(3) ack 301
    154  server  calls close
  `);

test('or once its application has received so much', () =>
  void script({
    scenario: withCalls(
      { side: 'client', when: { atMs: 0 }, call: 'write', text: '世界!' },
      { side: 'server', when: { received: 7, afterMs: 1 }, call: 'close' },
    ),
  })`
      0  client  > . 101:107(6) ack 301
     60  client  > . 107:108(1) ack 301
    111  server  calls close
  `);

test('an end is shown its application’s calls, not what they wait for', () => {
  const lab = script({
    scenario: withCalls({ side: 'server', when: { atMs: 70 }, call: 'write', text: 'hi' }),
  })`
     70  server  calls write
  `;
  expect(lab.happenings.at(-1)).toEqual({
    ms: 70,
    kind: 'called',
    side: 'server',
    call: { call: 'write', text: 'hi' },
  });
});

test('a call that the state does not allow is made and changes nothing', () => {
  const lab = script({
    scenario: exercise({ calls: [{ side: 'client', when: { atMs: 5 }, call: 'close' }] }),
  })`
      5  client  calls close
  `;
  expect(lab.table.ends.client.state).toBe('CLOSED');
});

test('a second connection of the same ends has numbers of its own and a stream that begins anew', () => {
  const scenario = exercise({
    calls: [
      { side: 'client', when: { atMs: 0 }, call: 'connect' },
      { side: 'client', when: { state: 'ESTABLISHED', afterMs: 10 }, call: 'write', text: 'one' },
      { side: 'client', when: { atMs: 1000 }, call: 'abort' },
      { side: 'server', when: { state: 'CLOSED', afterMs: 10 }, call: 'listen' },
      { side: 'client', when: { atMs: 2000 }, call: 'connect' },
      { side: 'client', when: { atMs: 3000 }, call: 'write', text: 'two' },
    ],
    finish: 'quiet',
  });
  const lab = new Lab({ scenario, seats: BOTS });
  lab.to(60_000);
  const syns = lab.happenings.flatMap((it) => (it.kind === 'sent' && it.seg.flags & 2 ? [it.seg.seq] : []));
  expect(syns).toEqual([100, 300, 128_100, 128_300]);
  const texts = lab.happenings.flatMap((it) => (it.kind === 'arrived' && it.seg.text ? [it.seg.text] : []));
  expect(texts).toEqual(['one', 'two']);
  expect(lab.table.phase).toBe('ended');
});

test('a pattern means exactly its flags, PSH aside, and so much data if it says so', () => {
  const seg = (flags: number, dataOctets = 0) => ({ seq: 0, ack: 0, flags, wnd: 0, dataOctets });
  expect(matches('S', seg(0x02))).toBe(true);
  expect(matches('S', seg(0x12))).toBe(false);
  expect(matches('S.', seg(0x12))).toBe(true);
  expect(matches('.S', seg(0x12))).toBe(true);
  expect(matches('.', seg(0x18, 5))).toBe(true);
  expect(matches('P.', seg(0x10, 5))).toBe(true);
  expect(matches('. 5 octets', seg(0x18, 5))).toBe(true);
  expect(matches('. 0 octets', seg(0x18, 5))).toBe(false);
  expect(matches('* 1 octet', seg(0x02, 1))).toBe(true);
  expect(matches('*', seg(0))).toBe(true);
  for (const nonsense of ['', ' ', 'X', 'S. ack 5', '5 octets'])
    expect(matches(nonsense, seg(0x12))).toBe(false);
});
