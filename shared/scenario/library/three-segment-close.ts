import type { ScenarioDocument } from '../schema.ts';
import { THREE_LEGAL, WHY_FOUR } from './questions/closing.ts';
import { text } from './wording.ts';

export const THREE_SEGMENT_CLOSE: ScenarioDocument = {
  id: 'three-segment-close',
  title: text('Three are enough', '三次也够'),
  summary: text(
    'The server’s application closes the moment it hears the goodbye. Must it really take four segments?',
    '服务器的应用一听到告别就立刻关闭。真的非要四个报文段吗？',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  pace: { rtoMs: 30_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT' }, call: 'close' },
  ],
  teaches: ['three-segment-close', 'time-wait'],
  questions: [THREE_LEGAL, WHY_FOUR],
};
