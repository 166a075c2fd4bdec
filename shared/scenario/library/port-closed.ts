import type { ScenarioDocument } from '../schema.ts';
import { NO_LISTENER, RST_ANSWER, RST_NUMBERS } from './questions/trouble.ts';
import { text } from './wording.ts';

export const PORT_CLOSED: ScenarioDocument = {
  id: 'port-closed',
  title: text('Nobody listens', '没有人在监听'),
  summary: text(
    'The client knocks at a port where no program listens. The computer is up, and says so in its own way.',
    '客户端敲了一个没有程序监听的端口。机器开着，它会用自己的方式告诉你。',
  ),
  level: 'guided',
  ends: { server: { start: 'CLOSED' } },
  pace: { rtoMs: 30_000 },
  calls: [{ side: 'client', when: { atMs: 2000 }, call: 'connect' }],
  teaches: ['reset'],
  questions: [NO_LISTENER, RST_NUMBERS, RST_ANSWER],
};
