import type { ScenarioDocument } from '../schema.ts';
import { WHAT_COSTS } from './questions/numbers.ts';
import { OWN_ISS, WHY_THREE } from './questions/opening.ts';
import { text } from './wording.ts';

export const THREE_WAY_HANDSHAKE: ScenarioDocument = {
  id: 'three-way-handshake',
  title: text('The three-way handshake', '三次握手'),
  summary: text(
    'Your first connection. Three segments, four numbers that matter, nothing goes wrong. Take your time: the timers here are patient.',
    '你的第一个连接。三个报文段，四个要紧的数，什么都不会出错。慢慢来，这里的计时器很有耐心。',
  ),
  level: 'guided',
  pace: { rtoMs: 30_000 },
  calls: [{ side: 'client', when: { atMs: 2000 }, call: 'connect' }],
  finish: 'established',
  teaches: ['handshake'],
  questions: [WHY_THREE, OWN_ISS, WHAT_COSTS],
};
