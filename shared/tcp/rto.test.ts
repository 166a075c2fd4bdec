import { expect, test } from 'vitest';
import { rtoMs } from './rto.ts';

test('the retransmission time-out doubles each time (RFC 6298 §5.5), up to a limit', () => {
  const waits = [0, 1, 2, 3, 4].map((backoff) => rtoMs(12_000, backoff, 60_000));
  expect(waits).toEqual([12_000, 24_000, 48_000, 60_000, 60_000]);
});
