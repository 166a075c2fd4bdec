import type { ScenarioDocument } from '../schema.ts';
import { CROSSING_FINS, WHO_WAITS } from './questions/closing.ts';
import { text } from './wording.ts';

export const SIMULTANEOUS_CLOSE: ScenarioDocument = {
  id: 'simultaneous-close',
  title: text('Both hang up at once', '同时挂断'),
  summary: text(
    'A long line: a segment takes eight seconds. Both applications close in the same moment, and the goodbyes pass each other half way.',
    '一条很长的线路，报文段要走八秒。两端的应用在同一刻关闭，两声再见在半路擦肩而过。',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  link: { client: { delayMs: 8000 }, server: { delayMs: 8000 } },
  pace: { rtoMs: 45_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'close' },
    { side: 'server', when: { atMs: 2000 }, call: 'close' },
  ],
  teaches: ['simultaneous-close', 'time-wait'],
  questions: [CROSSING_FINS, WHO_WAITS],
};
