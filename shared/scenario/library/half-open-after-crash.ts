import type { ScenarioDocument } from '../schema.ts';
import { CHALLENGE, HALF_OPEN, RST_NUMBERS } from './questions/trouble.ts';
import { text } from './wording.ts';

/**
 * RFC 9293 §3.5.1, figure 9. Dying, the client resets the connection; that word is lost, as it would be in a
 * power cut.
 */
export const HALF_OPEN_AFTER_CRASH: ScenarioDocument = {
  id: 'half-open-after-crash',
  title: text('Half open: back from a crash', '半打开：崩溃归来'),
  summary: text(
    'The client’s program is killed in mid-sentence, and its last word is lost. It starts anew and connects from the same port, while the server believes that the old connection is still alive. RFC 9293 has an answer, in four moves.',
    '客户端程序话说到一半被杀，最后一句话也丢了。它重新启动，从同样的端口再次连接，而服务器以为旧连接还活着。RFC 9293 有办法，只要四步。',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'write', text: 'half of my' },
    { side: 'client', when: { atMs: 15_000 }, call: 'abort' },
    { side: 'client', when: { state: 'CLOSED', afterMs: 6000 }, call: 'connect' },
    { side: 'server', when: { state: 'CLOSED' }, call: 'listen' },
  ],
  // A RST may be sent with or without an ACK.
  faults: [
    { from: 'client', match: 'R', nth: 1, fault: 'drop' },
    { from: 'client', match: 'R.', nth: 1, fault: 'drop' },
  ],
  finish: 'established',
  teaches: ['loss', 'challenge-ack', 'reset', 'retransmission', 'handshake'],
  questions: [HALF_OPEN, CHALLENGE, RST_NUMBERS],
};
