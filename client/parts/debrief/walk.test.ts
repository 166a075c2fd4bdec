import { expect, test } from 'vitest';
import { STATES } from '../../../shared/tcp/state.ts';
import { Story, wholeLife } from '../diagram/traces.testing.ts';
import { ARROWS, PLACES } from './figure5.ts';
import { arrowsWalked, walk } from './walk.ts';
import { SIDES } from '../../../shared/scenario/sides.ts';

const drawn = new Set(ARROWS.map(([from, to]) => `${from} ${to}`));

test('every state has a place, and every place is reached or left by an arrow', () => {
  for (const state of STATES) expect(PLACES).toHaveProperty(state);
  for (const place of Object.keys(PLACES)) expect(ARROWS.flat()).toContain(place);
});

test('a whole life walks along the arrows of the figure, from the upper CLOSED to the lower', () => {
  for (const side of SIDES) {
    const steps = walk(wholeLife().trace(), side);
    for (const { from, to } of steps) expect(drawn).toContain(`${from} ${to}`);
    expect(steps[0]?.from).toBe('CLOSED');
    expect(steps.at(-1)?.to).toBe('END');
  }
});

test('an open that is given up goes back to where it came from', () => {
  const story = new Story().state(0, 'client', 'SYN-SENT').state(9, 'client', 'CLOSED');
  expect(walk(story.trace(), 'client').map(({ to }) => to)).toEqual(['SYN-SENT', 'CLOSED']);
});

test('an arrow that was gone along twice carries both numbers', () => {
  const steps = [
    { from: 'LISTEN', to: 'SYN-RECEIVED', ms: 1 },
    { from: 'SYN-RECEIVED', to: 'LISTEN', ms: 2 },
    { from: 'LISTEN', to: 'SYN-RECEIVED', ms: 3 },
  ] as const;
  expect(arrowsWalked(steps).get('LISTEN SYN-RECEIVED')?.numbers).toEqual([1, 3]);
});
