import { describe, expect, test } from 'vitest';
import { rngAt } from '../rng.ts';
import { ACK, FIN, PSH, RST, SYN } from '../tcp/segment.ts';
import { seqAdd } from '../tcp/seq.ts';
import type { CapturedSegment } from './captured-segment.ts';
import { NO_OPTIONS } from './read-segment.ts';
import { teller } from './teller.ts';
import type { Told } from './told.ts';

/** From the client or the server of the connection with this port: flags, numbers, octets. */
type Shot = readonly [port: number, from: 'c' | 's', flags: number, seq: number, ack: number, data: number];

/** One segment each 20 µs. */
function* captured(shots: Iterable<Shot>): Generator<CapturedSegment> {
  let n = 0;
  for (const [port, side, flags, seq, ack, dataOctets] of shots) {
    const client = `10.0.0.1:${port}`;
    const server = '10.0.0.2:80';
    yield {
      n,
      tNanos: n++ * 20_000,
      from: side === 'c' ? client : server,
      to: side === 'c' ? server : client,
      fromPort: side === 'c' ? port : 80,
      toPort: side === 'c' ? 80 : port,
      seg: { seq: seq >>> 0, ack: ack >>> 0, flags, wnd: 65_535, dataOctets },
      options: NO_OPTIONS,
      id: -1,
      direction: null,
      isDamaged: false,
    };
  }
}

const SEGMENTS = 5000;
const LIMITS = { outlook: 32, untold: 400, guessed: 400, channels: 100, over: 20, silentAfter: 100 };

function* handshake(port: number): Generator<Shot> {
  yield [port, 'c', SYN, 100, 0, 0];
  yield [port, 's', SYN | ACK, 300, 101, 0];
  yield [port, 'c', ACK, 101, 301, 0];
}

function* connection(port: number): Generator<Shot> {
  yield* handshake(port);
  yield [port, 'c', PSH | ACK, 101, 301, 50];
  yield [port, 's', PSH | ACK, 301, 151, 90];
  yield [port, 'c', FIN | ACK, 151, 391, 0];
  yield [port, 's', FIN | ACK, 391, 152, 0];
  yield [port, 'c', ACK, 152, 392, 0];
}

/** Captures that ask for much to be kept in mind. */
const SHAPES: Readonly<Record<string, () => Generator<Shot>>> = {
  *'short connections'() {
    for (let i = 0; i < SEGMENTS / 8; i++) yield* connection(1024 + i);
  },
  *'connections that are never closed'() {
    for (let i = 0; i < SEGMENTS / 3; i++) yield* handshake(1024 + i);
  },
  *'a SYN flood'() {
    for (let i = 0; i < SEGMENTS; i++) yield [1024 + i, 'c', SYN, i, 0, 0];
  },
  *'one direction of a transfer'() {
    yield* handshake(1024);
    for (let i = 0; i < SEGMENTS; i++) yield [1024, 'c', ACK, 101 + 1000 * i, 301, 1000];
  },
  *'tiny segments, acknowledged one by one'() {
    yield* handshake(1024);
    for (let i = 0; i < SEGMENTS / 2; i++) {
      yield [1024, 'c', PSH | ACK, 101 + i, 301, 1];
      yield [1024, 's', ACK, 301, 102 + i, 0];
    }
  },
  *'a gap that is never filled'() {
    yield* handshake(1024);
    for (let i = 0; i < SEGMENTS / 4; i++) {
      yield [1024, 'c', PSH | ACK, 111 + 2 * i, 301, 1];
      yield [1024, 's', ACK, 301, 101, 0];
    }
  },
  *'noise between a hundred ports'() {
    const random = rngAt('noise');
    const below = (most: number): number => Math.floor(random.next() * most);
    for (let i = 0; i < SEGMENTS; i++) {
      yield [1024 + below(100), below(2) ? 'c' : 's', below(64), below(2 ** 32), below(2 ** 32), below(40)];
    }
  },
};

/** Every limit used up, and what a few connections may keep of their own; far less than there is to keep. */
const BOUND = 4000;

describe('what is kept in mind does not grow with the capture', () => {
  test.each(Object.entries(SHAPES))('%s', (_, shots) => {
    let told = 0;
    let most = 0;
    const telling = teller(() => told++, LIMITS);
    let taken = 0;
    for (const segment of captured(shots())) {
      telling.take(segment);
      if (++taken % 100 === 0) most = Math.max(most, telling.kept);
    }
    expect(most).toBeLessThan(BOUND);
    telling.end();
    expect(told).toBe(taken);
  });
});

test('a connection that is over is told to its end before the capture is', () => {
  const told: Told[] = [];
  const telling = teller((one) => told.push(one), LIMITS);
  function* shots(): Generator<Shot> {
    yield* connection(1024);
    yield* handshake(2048);
    for (let i = 0; i < 600; i++) {
      yield [2048, 'c', PSH | ACK, 101 + i, 301, 1];
      yield [2048, 's', ACK, 301, 102 + i, 0];
    }
  }
  for (const segment of captured(shots())) telling.take(segment);
  // Its last ACK waits for a word that will not come; what follows is not held up by it for ever.
  expect(told.length).toBeGreaterThan(700);
  expect(told[7]).toMatchObject({
    sender: { before: 'TIME-WAIT', after: 'TIME-WAIT' },
    receiver: { before: 'LAST-ACK', after: 'CLOSED' },
    verdict: 'due',
  });
});

test('a late copy of a FIN still belongs to the connection that it ended', () => {
  const told: Told[] = [];
  const telling = teller((one) => told.push(one));
  function* shots(): Generator<Shot> {
    for (let i = 0; i < 500; i++) yield* connection(1024 + i);
    yield [1024 + 400, 's', FIN | ACK, 391, 152, 0];
    yield [1024 + 400, 'c', ACK, 152, 392, 0];
  }
  for (const segment of captured(shots())) telling.take(segment);
  telling.end();
  expect(told.slice(-2)).toMatchObject([
    { conn: 400, verdict: 'legal', kind: 'retransmit-fin' },
    { conn: 400, sender: { after: 'TIME-WAIT' }, verdict: 'due', kind: 'time-wait-ack' },
  ]);
});

test('the numbers of a long one-way transfer may go round the circle', () => {
  const told: Told[] = [];
  const telling = teller((one) => told.push(one));
  function* shots(): Generator<Shot> {
    yield [1024, 'c', ACK, 0xffff_0000, 301, 1000];
    for (let i = 1; i < 200; i++) yield [1024, 'c', ACK, seqAdd(0xffff_0000, 1000 * i), 301, 1000];
    yield [1024, 'c', RST | ACK, seqAdd(0xffff_0000, 200_000), 301, 0];
  }
  for (const segment of captured(shots())) telling.take(segment);
  telling.end();
  expect(told.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
});

test('half the circle behind where a capture began a number is no more from before that than any other', () => {
  const told: Told[] = [];
  const telling = teller((one) => told.push(one));
  const OCTETS = 2 ** 28;
  function* shots(): Generator<Shot> {
    yield [1024, 's', ACK, 301, 1000, 0];
    for (let i = 0; i < 12; i++) {
      yield [1024, 'c', ACK, 1000 + OCTETS * i, 301, OCTETS];
      yield [1024, 's', ACK, 301, 1000 + OCTETS * (i + 1), 0];
    }
    yield [1024, 'c', ACK, 1000 + OCTETS * 12 - 9, 301, 0];
  }
  for (const segment of captured(shots())) telling.take(segment);
  telling.end();
  expect(told.filter(({ verdict }) => verdict === 'wrong').map(({ n }) => n)).toEqual([25]);
});
