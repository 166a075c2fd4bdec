import type { ScenarioDocument } from '../schema.ts';
import { BACKOFF, SILENCE, TWICE } from './questions/trouble.ts';
import { text } from './wording.ts';

export const BAD_WEATHER: ScenarioDocument = {
  id: 'bad-weather',
  title: text('Bad weather', '坏天气'),
  summary: text(
    'A whole conversation over a line that loses every fifth segment, often two in a row. Nothing is scripted: the dice decide. TCP gets through all the same.',
    '在一条每五个报文段丢一个、还常常连丢两个的线路上完成整个对话。没有剧本，由骰子决定。TCP 照样能走完。',
  ),
  level: 'standard',
  onWrong: 'send',
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 2000 }, call: 'write', text: 'GET /hello' },
    { side: 'server', when: { received: 10, afterMs: 2000 }, call: 'write', text: 'hello, world' },
    { side: 'client', when: { received: 12, afterMs: 4000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 12_000 }, call: 'close' },
  ],
  link: {
    client: { lossPct: 20, burstSegments: 2, jitterMs: 500, duplicatePct: 5 },
    server: { lossPct: 20, burstSegments: 2, jitterMs: 500, duplicatePct: 5 },
  },
  budget: { drop: 0, duplicate: 0, hold: 0, cut: 1, conditions: true },
  // Losses are likely, but the dice may be kind.
  teaches: ['handshake', 'data'],
  questions: [SILENCE, BACKOFF, TWICE],
};
