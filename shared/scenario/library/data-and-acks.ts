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
  ends: { client: { start: 'ESTABLISHED', mss: 8 }, server: { start: 'ESTABLISHED' } },
  pace: { rtoMs: 45_000 },
  calls: [{ side: 'client', when: { atMs: 2000 }, call: 'write', text: 'eight by eight by eight!' }],
  faults: [
    { from: 'server', match: '.', nth: 1, fault: 'drop' },
    { from: 'server', match: '.', nth: 2, fault: 'drop' },
  ],
  finish: 'quiet',
  teaches: ['data', 'loss', 'cumulative-ack'],
  questions: [ACK_NAMES, ACK_LOST_HARMLESS, PSH_MEANS],
};
