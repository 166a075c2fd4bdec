import type { ScenarioDocument } from '../schema.ts';
import { ACK_EVERYWHERE, PSH_MEANS } from './questions/numbers.ts';
import { RST_OR_FIN } from './questions/trouble.ts';
import { text } from './wording.ts';

export const THE_FLAGS: ScenarioDocument = {
  id: 'the-flags',
  title: text('Five letters: S A P F R', '五个字母：S A P F R'),
  summary: text(
    'A short life with every flag in it: hello, a word each way, a polite goodbye from one side and a slammed door from the other. Look at what each letter does.',
    '一段短短的连接，每个标志都出场一次：打招呼，各说一句，一方礼貌告别，另一方摔门而去。看看每个字母做了什么。',
  ),
  level: 'guided',
  pace: { rtoMs: 30_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 3000 }, call: 'write', text: 'ping' },
    { side: 'server', when: { received: 4, afterMs: 3000 }, call: 'write', text: 'pong' },
    { side: 'server', when: { received: 4, afterMs: 15_000 }, call: 'close' },
    { side: 'client', when: { state: 'CLOSE-WAIT', afterMs: 12_000 }, call: 'abort' },
  ],
  teaches: ['handshake', 'data', 'reset'],
  questions: [ACK_EVERYWHERE, PSH_MEANS, RST_OR_FIN],
};
