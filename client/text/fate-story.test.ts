import { beforeAll, expect, test } from 'vitest';
import type { Fate } from '../../shared/link/fate.ts';
import type { TraceItem } from '../../shared/table/trace.ts';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import { fateStory } from './fate-story.ts';

beforeAll(() => overwriteGetLocale(() => 'en'));

const seg = { seq: 300, ack: 101, flags: 0x12, wnd: 64_240, dataOctets: 0 };
const fate = (given: Partial<Fate>): Fate => ({
  n: 1,
  conditionsVersion: 2,
  copies: [],
  lost: null,
  rolls: {},
  ...given,
});
const sent = (given: Partial<Fate>): TraceItem & { kind: 'sent' } => ({
  ms: 2000,
  kind: 'sent',
  side: 'server',
  id: 's1',
  seg,
  again: false,
  by: 'player',
  fate: fate(given),
});
const told = (item: TraceItem & { kind: 'sent' }, trace: readonly TraceItem[] = [item]) =>
  fateStory(item, trace).map(({ die, words }) => (die ? `${die} → ${words}` : words));

test('a lost one shows the die that did it, and the number it fell below', () => {
  const item = sent({ lost: 'loss', rolls: { loss: 0.1234, lossBelow: 0.2 } });
  expect(told(item)).toEqual(['2s: sent, under conditions no. 2', 'loss 0.12 < 0.20 → lost']);
});

test('two numbers that look alike are told more exactly', () => {
  const item = sent({
    copies: [{ arrivesMs: 3000, corrupted: false }],
    rolls: { loss: 0.20004, lossBelow: 0.2 },
  });
  expect(told(item)).toContain('loss 0.20004 ≥ 0.20000 → gets through');
});

test('both at once leave one', () => {
  const item = sent({
    copies: [{ arrivesMs: 3500, corrupted: false }],
    rolls: { duplicate: 0.01, duplicateBelow: 0.05, loss: 0.1, lossBelow: 0.3, delay: 0.75 },
  });
  expect(told(item)).toEqual([
    '2s: sent, under conditions no. 2',
    'doubled 0.01 < 0.05 → a copy is made',
    'loss 0.10 < 0.30 → lost',
    'doubled and lost at once: one is left',
    'delay 0.75 → longer than 75% of all delays',
    '1.5s on its way',
  ]);
});

test('an old log, which has no thresholds, still tells its numbers', () => {
  expect(
    told(sent({ rolls: { duplicate: 0.4 }, copies: [{ arrivesMs: 3000, corrupted: false }] })),
  ).toContain('doubled 0.40 → no copy');
});

test('what hands, the cable and the exercise did stands in the order in which it happened', () => {
  const item = sent({
    copies: [{ arrivesMs: 3000, corrupted: false }],
    script: ['delay'],
  });
  const trace: TraceItem[] = [
    { ms: 1000, kind: 'storm', on: true },
    item,
    { ms: 2200, kind: 'touch', id: 's1', from: 'server', touch: 'hold', by: 'player' },
    { ms: 2300, kind: 'touch', id: 's11', from: 'server', touch: 'hold', by: 'player' },
    { ms: 2400, kind: 'touch', id: 's1.2', from: 'server', touch: 'release', by: 'player' },
    { ms: 3400, kind: 'arrived', side: 'client', id: 's1', seg, sentMs: 2000 },
    { ms: 3600, kind: 'arrived', side: 'client', id: 's1', seg, sentMs: 2000 },
    { ms: 3700, kind: 'lost', from: 'server', id: 's1', seg, why: 'cable' },
  ];
  expect(told(item, trace)).toEqual([
    '2s: sent, under conditions no. 2, in the storm',
    'No dice: nothing is left to chance here',
    'The exercise made it late',
    '1s on its way',
    '2.2s: held',
    '2.4s: released',
    '3.4s: arrived',
    '3.6s: arrived once more',
    '3.7s: the cable was cut, and this went with it',
  ]);
});
