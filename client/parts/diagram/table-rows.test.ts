import { expect, test } from 'vitest';
import { tableRows } from './table-rows.ts';
import { Story, segment } from './traces.testing.ts';

test('with what was done to a segment the segment is chosen, if it was seen to leave', () => {
  const trace = new Story()
    .touched(0, 'client', segment('S', 300), [[200, 'drop']], null)
    .add({ ms: 300, kind: 'touch', id: 's1', from: 'server', touch: 'hold', by: 'player' })
    .trace('link');
  const [sent, drop, lost, hold] = tableRows(trace, {});
  expect(drop).toMatchObject({ item: { kind: 'touch', touch: 'drop' }, seg: { seq: 300 } });
  expect(drop?.about).toBe(sent?.item);
  expect(lost?.about).toBe(lost?.item);
  expect(hold).toMatchObject({ item: { touch: 'hold' }, about: hold?.item, seg: null });
});
