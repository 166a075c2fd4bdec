import { expect, test } from 'vitest';
import type { State } from '../tcp/state.ts';
import { foresee, judgePrediction } from './foresee.ts';
import { exercise, script } from './script.testing.ts';

const established = {
  client: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 100 } },
  server: { start: 'ESTABLISHED' as const, iss: { policy: 'given' as const, value: 300 } },
};

test('data that is lost is sent again; its ACK, if that is lost, is not: the data is', () => {
  const scenario = exercise({
    ends: established,
    calls: [{ side: 'client', when: { atMs: 0 }, call: 'write', text: 'hello' }],
    finish: 'quiet',
  });
  const lab = script({ scenario })`
      0  client  > P. 101:106(5) ack 301
     50  server  > . 301:301(0) ack 106
     60  link    drop s1
  `;
  const right = foresee(lab.table);
  const states = { client: 'ESTABLISHED', server: 'ESTABLISHED' } as const;
  expect(right.prediction).toEqual({ timer: 'client', again: 'P.', states });
  expect(judgePrediction({ timer: 'client', again: '.P', states }, right).verdict).toBe('due');
  expect(judgePrediction({ timer: 'client', again: '.', states }, right).faults).toMatchObject([
    { field: 'flags', given: '.', needed: 'P.' },
  ]);
});

test('a FIN is a FIN, with data or without', () => {
  const scenario = exercise({
    ends: established,
    calls: [
      { side: 'client', when: { atMs: 0 }, call: 'write', text: 'bye' },
      { side: 'client', when: { atMs: 0 }, call: 'close' },
    ],
    finish: 'quiet',
  });
  const lab = script({ scenario })`
     10  client  > FP. 101:104(3) ack 301
     20  link    drop c1
  `;
  const right = foresee(lab.table);
  expect(right.prediction.again).toBe('F.');
  expect(judgePrediction({ ...right.prediction, again: 'FP.' }, right).verdict).toBe('due');
});

test('between CLOSE and its FIN an end has two names, and both are right', () => {
  const scenario = exercise({
    ends: established,
    calls: [
      { side: 'client', when: { atMs: 0 }, call: 'close' },
      { side: 'server', when: { arrived: 'F.' }, call: 'close' },
    ],
    finish: 'quiet',
  });
  const lab = script({ scenario })`
      0  client  > F. 101:101(0) ack 301
     50  server  > . 301:301(0) ack 102
     60  link    drop s1
  `;
  const right = foresee(lab.table);
  const said = (server: State) =>
    judgePrediction({ ...right.prediction, states: { client: 'FIN-WAIT-1', server } }, right).verdict;
  expect(said('CLOSE-WAIT')).toBe('due');
  expect(said('LAST-ACK')).toBe('due');
  expect(said('ESTABLISHED')).toBe('wrong');
});
