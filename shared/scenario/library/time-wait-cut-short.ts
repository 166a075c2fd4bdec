import type { ScenarioDocument } from '../schema.ts';
import { CUT_SHORT, OLD_SEGMENTS, WHY_2MSL } from './questions/closing.ts';
import { text } from './wording.ts';

/** RFC 1337; the counterpart of `old-data-new-connection`: here somebody has waited. */
export const TIME_WAIT_CUT_SHORT: ScenarioDocument = {
  id: 'time-wait-cut-short',
  title: text('A late copy meets TIME-WAIT', '迟到的副本遇上 TIME-WAIT'),
  summary: text(
    'Everything is said and closed. Then a forgotten copy of the server’s data comes out of the network. Good that somebody is still there to take it; but what follows from that, nobody had planned.',
    '话都说完了，连接也关了。这时网络里冒出一份被遗忘的服务器数据。幸好还有人在等着收它，可接下来的事，谁也没料到。',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  pace: { rtoMs: 30_000, mslMs: 30_000 },
  calls: [
    { side: 'server', when: { atMs: 2000 }, call: 'write', text: 'the news' },
    { side: 'client', when: { atMs: 15_000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 12_000 }, call: 'close' },
  ],
  faults: [{ from: 'server', match: '. 8 octets', nth: 1, fault: 'duplicate', ms: 70_000 }],
  teaches: ['data', 'four-segment-close', 'reset'],
  questions: [CUT_SHORT, WHY_2MSL, OLD_SEGMENTS],
};
