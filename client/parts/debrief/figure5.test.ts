import { expect, test } from 'vitest';
import { FIGURE_5 } from '../../../shared/tcp/figure-5.ts';
import { ARROWS } from './figure5.ts';

test('the arrows that are drawn are those of the RFC’s figure, but for the ways back to where no connection is', () => {
  const steps = FIGURE_5.map(({ from, to }) => `${from} ${to}`);
  const drawn = ARROWS.map(([from, to]) => `${from} ${to === 'END' ? 'CLOSED' : to}`);
  expect(drawn.filter((arrow) => !steps.includes(arrow))).toEqual([]);
  expect(steps.filter((arrow) => !drawn.includes(arrow))).toEqual([
    'LISTEN CLOSED',
    'SYN-SENT CLOSED',
    'SYN-RECEIVED LISTEN',
  ]);
});
