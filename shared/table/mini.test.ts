import { expect, test } from 'vitest';
import { miniOf } from './mini.ts';
import { BOTS, Lab, script } from './script.testing.ts';

test('who waits for a person waits since the answer became due', () => {
  const mini = miniOf(
    script()`
        0  client  > S 100:100(0)
       50  server  = SYN-RECEIVED
    `.table,
  );
  expect(mini.waits).toEqual([{ who: 'client', for: 'server', sinceMs: 50 }]);
});

test('tries at the open answer are forgotten once it is right, wrong answers never', () => {
  const trying = miniOf(
    script()`
      0  client  > S 101:101(0)    ! blocked
  `.table,
  );
  const over = miniOf(
    script()`
      0  client  > S 101:101(0)    ! blocked
      1  client  > S 100:100(0)
  `.table,
  );
  expect([trying.attempts.client, trying.wrong.client]).toEqual([1, 1]);
  expect([over.attempts.client, over.wrong.client]).toEqual([0, 1]);
});

test('nobody waits for a bot', () => {
  const bots = new Lab({ seats: BOTS });
  expect(miniOf(bots.table).waits).toEqual([]);
});
