import type { ScenarioDocument } from '../schema.ts';
import { THIRD_ACK_LOST, WHEN_ESTABLISHED, WHY_THREE } from './questions/opening.ts';
import { text } from './wording.ts';

export const LOST_THIRD_ACK: ScenarioDocument = {
  id: 'lost-third-ack',
  title: text('The third segment is lost', '第三个报文段丢了'),
  summary: text(
    'The client believes that all is well; the server is still waiting. For a while the two ends disagree. How do they find together again?',
    '客户端以为一切就绪，服务器还在等。有一阵子两端的看法不一样。它们怎样重新一致？',
  ),
  level: 'guided',
  calls: [{ side: 'client', when: { atMs: 2000 }, call: 'connect' }],
  faults: [{ from: 'client', match: '.', nth: 1, fault: 'drop' }],
  finish: 'established',
  teaches: ['handshake', 'loss', 'retransmission'],
  questions: [THIRD_ACK_LOST, WHEN_ESTABLISHED, WHY_THREE],
};
