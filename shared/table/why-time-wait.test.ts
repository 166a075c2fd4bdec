import { describe, expect, test } from 'vitest';
import { LIBRARY } from '../scenario/library/library.ts';
import { advance, nextChangeAt } from './advance.ts';
import type { Happening } from './happening.ts';
import { BOT, BOTS, EMPTY, HUMANS, Lab, START, exercise, printSegment, script } from './script.testing.ts';

/*
 * The wire remembers: a copy of a segment can come out of it long after the connection that it belonged to.
 * TIME-WAIT is there so that it finds somebody who knows it for what it is (RFC 9293 §3.6.1).
 */

/** The library's exercise, played by bots. */
function played(id: string): Lab {
  const lab = new Lab({ scenario: LIBRARY.find((one) => one.id === id)!, seats: BOTS, seed: 'a' });
  for (
    let at = nextChangeAt(lab.table);
    at !== null && lab.table.phase !== 'ended';
    at = nextChangeAt(lab.table)
  )
    lab.table = advance(lab.table, at);
  return lab;
}

const isArrival = (it: Happening) => it.kind === 'arrived';

/** The last copy of the data that the script has doubled. */
function lateCopy(history: readonly Happening[], octets: number): Happening & { kind: 'arrived' } {
  return history.filter(isArrival).findLast(({ seg }) => seg.dataOctets === octets)!;
}

function after(history: readonly Happening[], it: Happening): readonly Happening[] {
  return history.slice(history.indexOf(it) + 1);
}

test('TIME-WAIT skipped, by a reset: the old order meets the next connection, and is told to be old by its numbers', () => {
  const { happenings } = played('old-data-new-connection');
  const copy = lateCopy(happenings, 6);
  const opened = happenings.filter(
    (it) => it.kind === 'state' && it.side === 'server' && it.is === 'ESTABLISHED',
  );
  // It was sent in the first connection, and arrives in the second.
  expect(opened).toHaveLength(2);
  expect(copy.sentMs).toBeLessThan(opened[1]!.ms);
  expect(copy.ms).toBeGreaterThan(opened[1]!.ms);
  // It is outside the window: one ACK that says where the connection is, and nothing for the application.
  const [answer] = after(happenings, copy).filter((it) => it.kind === 'sent');
  expect(answer).toMatchObject({
    side: 'server',
    seg: { flags: 0x10, dataOctets: 0 },
    verdict: { verdict: 'due' },
  });
  expect(after(happenings, copy).some((it) => it.kind === 'state')).toBe(false);
});

test('in TIME-WAIT: somebody is there to take the old data; but the answer it gets cuts the waiting short (RFC 1337)', () => {
  const { happenings, table } = played('time-wait-cut-short');
  const copy = lateCopy(happenings, 8);
  const before = happenings.slice(0, happenings.indexOf(copy));
  const stateOf = (side: 'client' | 'server') =>
    before.findLast((it) => it.kind === 'state' && it.side === side);
  expect(stateOf('client')).toMatchObject({ is: 'TIME-WAIT' });
  expect(stateOf('server')).toMatchObject({ is: 'CLOSED' });
  const later = after(happenings, copy);
  const [ack, rst] = later.filter((it) => it.kind === 'sent');
  // The client says again what it has; the server, which has forgotten everything, resets it.
  expect(ack).toMatchObject({ side: 'client', seg: { flags: 0x10, ack: copy.seg.seq + 8 + 1 } });
  expect(rst).toMatchObject({ side: 'server', seg: { flags: 0x04, seq: ack!.seg.ack } });
  expect(later.find((it) => it.kind === 'state')).toMatchObject({ was: 'TIME-WAIT', is: 'CLOSED' });
  expect(later.some((it) => it.kind === 'timer')).toBe(false);
  expect(table.phase).toBe('ended');
});

describe('in the hand of the link seat', () => {
  const twice = (second: number) =>
    exercise({
      ends: { client: { iss: { policy: 'chosen' } }, server: { iss: { policy: 'chosen' } } },
      calls: [
        { side: 'client', when: { atMs: 0 }, call: 'connect' },
        { side: 'client', when: { atMs: 200 }, call: 'write', text: 'pay 10' },
        { side: 'client', when: { atMs: 400 }, call: 'abort' },
        { side: 'server', when: { atMs: 500 }, call: 'listen' },
        { side: 'client', when: { atMs: second }, call: 'connect' },
      ],
      finish: 'quiet',
    });

  /** A first connection, reset after its order has arrived; a copy of the order stays in the link's hand. */
  const first = `
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101
    100  client  > . 101:101(0) ack 301
    200  client  > P. 101:107(6) ack 301
    210  link    duplicate c3
    220  link    hold c3.2
    250  server  > . 301:301(0) ack 107
    400  client  > R. 107:107(0) ack 301
    450  server  = CLOSED
  `;

  test('TIME-WAIT skipped and the same numbers taken again: the order is carried out twice', () => {
    const lab = script({ scenario: twice(600) })``;
    lab.play(first).play(`
    600  client  > S 100:100(0)
    650  server  > S. 300:300(0) ack 101
    700  client  > . 101:101(0) ack 301
    750  server  = ESTABLISHED rcv.nxt 101
    800  link    release c3.2
   1330  server  < . 101:107(6) ack 301
   1330  server  = ESTABLISHED rcv.nxt 107
    `);
    // Nobody has written anything on this connection, and the server's application has been handed six
    // octets.
    expect(lab.table.play.server.received).toBe(12);
    expect(lab.table.play.client.written.octets).toBe(0);
  });

  test('TIME-WAIT skipped, but with numbers that have moved on: the order is old, and answered as such', () => {
    const lab = script({ scenario: twice(600) })``;
    lab.play(first).play(`
    600  client  > S 128100:128100(0)
    650  server  > S. 128300:128300(0) ack 128101
    700  client  > . 128101:128101(0) ack 128301
    800  link    release c3.2
   1330  server  < . 101:107(6) ack 301
   1340  server  > . 128301:128301(0) ack 128101
   1390  client  = ESTABLISHED snd.una 128101
    `);
    expect(lab.table.play.server.received).toBe(6);
  });

  test('with TIME-WAIT: there is no next connection yet, and the old order dies at a closed port', () => {
    const scenario = exercise({
      calls: [
        { side: 'client', when: { atMs: 0 }, call: 'connect' },
        { side: 'client', when: { atMs: 200 }, call: 'write', text: 'pay 10' },
        { side: 'client', when: { atMs: 400 }, call: 'close' },
        { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 20 }, call: 'close' },
        // During TIME-WAIT the pair of sockets is still in use: this is refused (RFC 9293 §3.10.1).
        { side: 'client', when: { atMs: 1000 }, call: 'connect' },
      ],
      finish: 'quiet',
    });
    const lab = new Lab({ scenario, seats: { ...HUMANS, client: BOT, server: BOT, referee: EMPTY } });
    lab.to(230);
    const data = lab.table.flights.find(({ seg }) => seg.dataOctets > 0)!;
    lab.ask('link', { type: 'touch', flight: data.id, touch: 'duplicate' }, START + 230);
    lab.ask('link', { type: 'touch', flight: `${data.id}.2`, touch: 'hold' }, START + 230);
    lab.to(1010);
    expect(lab.table.ends.client.state).toBe('TIME-WAIT');
    expect(lab.table.ends.server.state).toBe('CLOSED');
    lab.ask('link', { type: 'touch', flight: `${data.id}.2`, touch: 'release' }, START + 1100);
    const copy = () => lateCopy(lab.happenings, 6);
    lab.to(3000);
    expect(copy().ms).toBeGreaterThan(1100);
    const answers = after(lab.happenings, copy()).flatMap((it) =>
      it.kind === 'sent' ? [printSegment(it.seg)] : [],
    );
    expect(answers).toEqual([`R ${data.seg.ack}:${data.seg.ack}(0)`]);
    expect(lab.table.play.server.received).toBe(6);
  });
});
