import { describe, expect, test } from 'vitest';
import type { UserCall } from './call.ts';
import { explore } from './model.testing.ts';
import type { Model } from './model.testing.ts';

const connect: UserCall = { call: 'connect' };
const listen: UserCall = { call: 'listen' };
const close: UserCall = { call: 'close' };
const abort: UserCall = { call: 'abort' };
const stopReading: UserCall = { call: 'stop-reading' };
const startReading: UserCall = { call: 'start-reading' };
const write = (octets: number): UserCall => ({ call: 'write', octets });

const WRAPS: readonly [number, number] = [0xffffffff, 0xfffffffe];

const MODELS: Readonly<Record<string, Model>> = {
  'opened by one end, closed by either': {
    calls: [
      [connect, close],
      [listen, close],
    ],
    iss: [100, 300],
    troubles: 2,
  },
  'data both ways, numbers that wrap': {
    calls: [
      [connect, write(2), close],
      [listen, write(1), close],
    ],
    iss: WRAPS,
    troubles: 1,
  },
  'data in small pieces': {
    calls: [
      [connect, write(2), close],
      [listen, close],
    ],
    iss: WRAPS,
    mss: 1,
    troubles: 1,
  },
  'opened by both ends at once': {
    calls: [
      [connect, close],
      [connect, close],
    ],
    iss: [100, 300],
    troubles: 1,
  },
  'given up in the middle': {
    calls: [
      [connect, write(2), abort],
      [listen, close],
    ],
    iss: [100, 300],
    troubles: 2,
  },
  'a window that is shut for a while': {
    calls: [
      [connect, write(3), close],
      [listen, stopReading, startReading, close],
    ],
    iss: [0xfffffffe, 0],
    wnd: 2,
    troubles: 1,
  },
  'closed with octets unread': {
    calls: [
      [connect, write(1), close],
      [listen, stopReading, close],
    ],
    iss: [100, 300],
    troubles: 1,
  },
};

/** Far fewer in any of them would mean that hardly anything was chosen from. */
const STATES_AT_LEAST = 1000;

describe('every legal choice of two ends, over a link that misbehaves', () => {
  test.each(Object.entries(MODELS))('%s', { timeout: 120_000 }, (_name, model) => {
    const { states, ends } = explore(model);
    expect(ends).toBeGreaterThan(0);
    expect(states).toBeGreaterThan(STATES_AT_LEAST);
  });
});
