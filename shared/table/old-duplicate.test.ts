import { describe, expect, test } from 'vitest';
import type { ScenarioDocument } from '../scenario/schema.ts';
import { EMPTY, HUMANS, Lab, exercise, script } from './script.testing.ts';

/** Two connections, one after the other, between the same two ends. */
const twice: Partial<ScenarioDocument> = {
  calls: [
    { side: 'client', when: { atMs: 0 }, call: 'connect' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 10 }, call: 'write', text: 'old' },
    { side: 'client', when: { received: 3, side: 'server', afterMs: 200 }, call: 'abort' },
    { side: 'server', when: { arrived: 'R', afterMs: 100 }, call: 'listen' },
    { side: 'client', when: { arrived: '.', nth: 1, afterMs: 600 }, call: 'connect' },
  ],
};

describe('the wire remembers', () => {
  test('a copy that the link kept of one connection comes out in the next', () => {
    const lab = new Lab({
      scenario: exercise({ ...twice, bluff: null }),
      seats: { ...HUMANS, client: { kind: 'bot', skill: 1 }, server: { kind: 'bot', skill: 1 } },
    });
    // The link keeps the data of the first connection.
    let data = lab.table.flights[0];
    for (let ms = 0; ms < 400 && !data; ms += 5) {
      lab.to(ms);
      data = lab.table.flights.find(({ seg }) => seg.dataOctets > 0);
    }
    if (!data) throw new Error('no data was sent');
    const id = data.id;
    const { ms } = lab.happenings.at(-1)!;
    lab.act('link', { type: 'touch', flight: id, touch: 'duplicate' }, ms);
    lab.act('link', { type: 'touch', flight: id, touch: 'hold' }, ms);
    lab.to(3000);
    expect(lab.table.play.client.connections).toBe(1);
    expect(lab.table.ends.server.state).toBe('ESTABLISHED');
    const numbers = lab.table.ends.server.tcb;
    expect(lab.act('link', { type: 'touch', flight: id, touch: 'release' }, 3000)).toMatchObject({
      ok: true,
    });
    lab.to(3100);
    // Its number lies outside the new window: an ACK says what is expected (RFC 9293 §3.10.7.4), and nothing
    // is delivered.
    expect(lab.happenings.findLast((it) => it.kind === 'arrived' && it.side === 'server')).toMatchObject({
      id: data.sent,
    });
    expect(lab.table.ends.server.tcb.rcv.nxt).toBe(numbers.rcv.nxt);
    expect(lab.happenings.findLast((it) => it.kind === 'sent' && it.side === 'server')).toMatchObject({
      verdict: { verdict: 'due' },
      seg: { ack: numbers.rcv.nxt },
    });
  });

  test.each([
    ['TIME-WAIT', 1000, 'TIME-WAIT'],
    ['no TIME-WAIT to speak of', 100, 'CLOSED'],
  ])('with %s an old FIN that comes late finds its end in %s', (_, mslMs, state) => {
    const lab = script({
      seats: {
        client: { kind: 'bot', skill: 1 },
        server: { kind: 'bot', skill: 1 },
        link: EMPTY,
        referee: EMPTY,
      },
      scenario: exercise({
        finish: 'quiet',
        pace: { rtoMs: 5000, maxRtoMs: 60_000, mslMs, thinkMs: 20 },
        ends: {
          client: { start: 'ESTABLISHED', iss: { policy: 'given', value: 100 } },
          server: { start: 'ESTABLISHED', iss: { policy: 'given', value: 300 } },
        },
        calls: [
          { side: 'client', when: { atMs: 0 }, call: 'close' },
          { side: 'server', when: { state: 'CLOSE-WAIT' }, call: 'close' },
          { side: 'client', when: { atMs: 60_000 }, call: 'connect' },
        ],
        faults: [{ from: 'server', match: 'F.', nth: 1, fault: 'duplicate', ms: 900 }],
      }),
    })`
        30  client  = FIN-WAIT-1
    `;
    lab.play(`1000 client = ${state}`);
    lab.to(1500);
    const answer = lab.happenings.findLast((it) => it.kind === 'sent' && it.side === 'client');
    // TIME-WAIT acknowledges it once more; without a connection there is only a RST for it.
    expect(answer?.kind === 'sent' && answer.verdict.why).toBe(
      state === 'TIME-WAIT' ? 'time-wait-ack' : 'rst-stray',
    );
  });
});

describe('a segment that is to be reordered', () => {
  const data = exercise({
    ends: {
      client: { start: 'ESTABLISHED', iss: { policy: 'given', value: 100 } },
      server: { start: 'ESTABLISHED', iss: { policy: 'given', value: 300 } },
    },
    calls: [
      { side: 'client', when: { atMs: 0 }, call: 'write', text: 'abc' },
      { side: 'client', when: { atMs: 300 }, call: 'write', text: 'def' },
    ],
    faults: [{ from: 'client', match: '. 3 octets', nth: 1, fault: 'reorder' }],
  });

  test('is overtaken by the next one, however late that is', () => {
    const lab = script({ scenario: data })`
        0  client  > . 101:104(3) ack 301
      400  client  > . 104:107(3) ack 301
      450  server  < . 104:107(3) ack 301
      451  server  < . 101:104(3) ack 301
    `;
    const touches = lab.happenings.flatMap((it) =>
      it.kind === 'touch' ? [[it.ms, it.id, it.touch, it.by]] : [],
    );
    expect(touches).toEqual([
      [0, 'c1', 'hold', 'script'],
      [400, 'c1', 'release', 'script'],
    ]);
  });

  test('comes all the same when nothing overtakes it', () => {
    script({ scenario: data })`
        0  client  > . 101:104(3) ack 301
     1050  server  < . 101:104(3) ack 301
    `;
  });
});
