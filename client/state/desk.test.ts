import { expect, test } from 'vitest';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { Desk } from './desk.svelte.ts';

/** A desk whose questions are answered one by one, in the order in which they were asked. */
function openDesk() {
  const asked: ((reply: Result<null, Refusal>) => void)[] = [];
  const desk = new Desk({ command: () => new Promise((answer) => asked.push(answer)) });
  return { desk, answer: (reply: Result<null, Refusal>) => asked.shift()?.(reply) };
}

test('a desk is busy until everything that was asked is answered', async () => {
  const { desk, answer } = openDesk();
  const first = desk.ask({ type: 'lock', locked: true });
  const second = desk.ask({ type: 'end-round' });
  answer(ok(null));
  await first;
  expect(desk.busy).toBe(true);
  answer(ok(null));
  await second;
  expect(desk.busy).toBe(false);
});

test('a desk says why the last thing was refused, until another is not', async () => {
  const { desk, answer } = openDesk();
  const refused = desk.ask({ type: 'end-round' });
  answer(refuse({ code: 'round/not-running' }));
  expect((await refused).ok).toBe(false);
  expect(desk.refusal?.code).toBe('round/not-running');
  const done = desk.ask({ type: 'lock', locked: true });
  answer(ok(null));
  await done;
  expect(desk.refusal).toBeNull();
});
