import { expect, test } from 'vitest';
import { miniOf } from './mini.ts';
import { needOfHelp } from './need-of-help.ts';
import { BOTS, Lab, script } from './script.testing.ts';

test('who waits for a person waits since then, and the table needs help the longer the more', () => {
  const mini = miniOf(
    script()`
        0  client  > S 100:100(0)
       50  server  = SYN-RECEIVED
    `.table,
  );
  expect(mini.waits).toEqual([{ who: 'client', for: 'server', sinceMs: 50 }]);
  expect(needOfHelp(mini, 10_000)).toBe(0);
  expect(needOfHelp(mini, 60_000)).toBe(30_000);
  expect(needOfHelp(mini, 120_000)).toBeGreaterThan(needOfHelp(mini, 60_000));
});

test('wrong tries weigh more than waiting a little, and those at the open answer more than old ones', () => {
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
  expect(needOfHelp(trying, 1000)).toBeGreaterThan(needOfHelp(over, 1000));
  expect(needOfHelp(over, 1000)).toBeGreaterThan(0);
});

test('nobody waits for a bot, nor while both have something to do, nor when it is over', () => {
  const bots = new Lab({ seats: BOTS });
  expect(miniOf(bots.table).waits).toEqual([]);
  bots.act('instructor', { type: 'end' }, 10);
  expect(needOfHelp(miniOf(bots.table), 1e9)).toBe(-1);
});
