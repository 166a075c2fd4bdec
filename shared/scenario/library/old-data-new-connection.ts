import type { ScenarioDocument } from '../schema.ts';
import { OLD_SEGMENTS, WHY_2MSL } from './questions/closing.ts';
import { text } from './wording.ts';

/** TIME-WAIT skipped: a RST ends the first connection, and the second one has the same ports. */
export const OLD_DATA_NEW_CONNECTION: ScenarioDocument = {
  id: 'old-data-new-connection',
  title: text('An order from the past', '来自过去的订单'),
  summary: text(
    'An order was sent, the connection reset, a new one opened at once. Now the network delivers its forgotten copy of the order, into the new connection. Will it be carried out twice?',
    '订单发出，连接被复位，马上又开了一个新连接。这时网络把遗忘的那份订单副本送进了新连接。它会被执行两次吗？',
  ),
  level: 'standard',
  pace: { rtoMs: 30_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 3000 }, call: 'write', text: 'pay 10' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 22_000 }, call: 'abort' },
    { side: 'server', when: { state: 'CLOSED', afterMs: 1000 }, call: 'listen' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 40_000 }, call: 'connect' },
  ],
  faults: [{ from: 'client', match: '. 6 octets', nth: 1, fault: 'duplicate', ms: 90_000 }],
  finish: 'quiet',
  teaches: ['handshake', 'data', 'reset', 'old-duplicate'],
  questions: [OLD_SEGMENTS, WHY_2MSL],
};
