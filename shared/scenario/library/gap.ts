import type { ScenarioDocument } from '../schema.ts';
import { ACK_NAMES, GAP } from './questions/numbers.ts';
import { TWICE } from './questions/trouble.ts';
import { text } from './wording.ts';

export const GAP_IN_THE_DATA: ScenarioDocument = {
  id: 'gap',
  title: text('A gap', '缺口'),
  summary: text(
    'The first of three segments is lost, the others arrive. What do you acknowledge when you hold the end of a story and not its beginning?',
    '三个报文段丢了第一个，后两个到了。手里有故事的结尾却没有开头，你该确认什么？',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  pace: { rtoMs: 45_000 },
  // Far enough apart for each to be answered before the next one comes.
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'write', text: 'Once upo' },
    { side: 'client', when: { atMs: 10_000 }, call: 'write', text: 'n a time' },
    { side: 'client', when: { atMs: 25_000 }, call: 'write', text: ', maybe.' },
  ],
  faults: [{ from: 'client', match: '. 8 octets', nth: 1, fault: 'drop' }],
  finish: 'quiet',
  teaches: ['data', 'loss', 'out-of-order', 'duplicate-ack', 'retransmission', 'cumulative-ack'],
  questions: [GAP, TWICE, ACK_NAMES],
};
