import type { ScenarioDocument } from '../schema.ts';
import { ONE_OR_TWO, WHEN_ESTABLISHED } from './questions/opening.ts';
import { text } from './wording.ts';

export const SIMULTANEOUS_OPEN: ScenarioDocument = {
  id: 'simultaneous-open',
  title: text('Both call at once', '同时呼叫'),
  summary: text(
    'No client, no server: both ends call connect in the same moment, over a line that takes eight seconds. Rare in life, and yet TCP knows what to do.',
    '没有客户端和服务器之分：两端同时 connect，线路要走八秒。现实中很少见，但 TCP 知道该怎么办。',
  ),
  level: 'standard',
  ends: { server: { start: 'CLOSED' } },
  link: { client: { delayMs: 8000 }, server: { delayMs: 8000 } },
  pace: { rtoMs: 45_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'server', when: { atMs: 2000 }, call: 'connect' },
  ],
  finish: 'established',
  teaches: ['simultaneous-open'],
  questions: [ONE_OR_TWO, WHEN_ESTABLISHED],
};
