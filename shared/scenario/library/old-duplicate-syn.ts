import type { ScenarioDocument } from '../schema.ts';
import { GHOST, WHY_THREE } from './questions/opening.ts';
import { RST_ANSWER } from './questions/trouble.ts';
import { text } from './wording.ts';

export const OLD_DUPLICATE_SYN: ScenarioDocument = {
  id: 'old-duplicate-syn',
  title: text('A SYN from the past', '来自过去的 SYN'),
  summary: text(
    'The network kept a copy of an old SYN and delivers it when the connection is long over. The server takes it for a new caller. Who tells it the truth?',
    '网络里留着一份旧 SYN，等连接早已结束才送到。服务器以为来了新客人。谁来告诉它真相？',
  ),
  level: 'standard',
  pace: { rtoMs: 30_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 10_000 }, call: 'abort' },
    { side: 'server', when: { state: 'CLOSED', afterMs: 1000 }, call: 'listen' },
  ],
  faults: [{ from: 'client', match: 'S', nth: 1, fault: 'duplicate', ms: 60_000 }],
  teaches: ['handshake', 'reset', 'old-duplicate'],
  questions: [GHOST, WHY_THREE, RST_ANSWER],
};
