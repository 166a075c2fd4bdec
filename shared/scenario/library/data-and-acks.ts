import type { ScenarioDocument } from '../schema.ts';
import { ACK_LOST_HARMLESS, ACK_NAMES, PSH_MEANS } from './questions/numbers.ts';
import { text } from './wording.ts';

export const DATA_AND_ACKS: ScenarioDocument = {
  id: 'data-and-acks',
  title: text('Data, and one ACK for all of it', '数据，一个 ACK 全确认'),
  summary: text(
    'Twenty-four octets in three segments. Two of the ACKs get lost on the way back, and nobody needs to care. Why not?',
    '二十四个字节，分三个报文段。回来的路上丢了两个 ACK，却没有人需要在意。为什么？',
  ),
  level: 'guided',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  pace: { rtoMs: 45_000 },
  // Far enough apart for each to be answered by itself; the third ACK still comes before the first time-out.
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'write', text: 'eight by' },
    { side: 'client', when: { atMs: 12_000 }, call: 'write', text: ' eight b' },
    { side: 'client', when: { atMs: 22_000 }, call: 'write', text: 'y eight!' },
  ],
  faults: [
    { from: 'server', match: '.', nth: 1, fault: 'drop' },
    { from: 'server', match: '.', nth: 2, fault: 'drop' },
  ],
  finish: 'quiet',
  teaches: ['data', 'loss', 'cumulative-ack'],
  questions: [ACK_NAMES, ACK_LOST_HARMLESS, PSH_MEANS],
};
