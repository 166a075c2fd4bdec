import type { ScenarioDocument } from '../schema.ts';
import { CHALLENGE, HALF_OPEN, RST_NUMBERS } from './questions/trouble.ts';
import { text } from './wording.ts';

/** RFC 9293 §3.5.1, figure 9. */
export const HALF_OPEN_AFTER_CRASH: ScenarioDocument = {
  id: 'half-open-after-crash',
  title: text('Half open: back from a crash', '半打开：崩溃归来'),
  summary: text(
    'The client crashed and has forgotten everything. It connects anew, from the same port; the server believes that the old connection is still alive. RFC 9293 has an answer, in four moves.',
    '客户端崩溃了，忘了一切。它用同样的端口重新连接，而服务器以为旧连接还活着。RFC 9293 有办法，只要四步。',
  ),
  level: 'standard',
  ends: { client: { start: 'CLOSED' }, server: { start: 'ESTABLISHED' } },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'server', when: { state: 'CLOSED' }, call: 'listen' },
  ],
  finish: 'established',
  teaches: ['challenge-ack', 'reset', 'retransmission', 'handshake'],
  questions: [HALF_OPEN, CHALLENGE, RST_NUMBERS],
};
