import type { ScenarioDocument } from '../schema.ts';
import { COOKIE_LOST, COOKIE_NUMBER, COOKIE_PRICE } from './questions/flood.ts';
import { text } from './wording.ts';

/** RFC 4987 §3.6. The first cookie is lost, so that it shows who repairs that. */
export const SYN_COOKIES: ScenarioDocument = {
  id: 'syn-cookies',
  title: text('SYN flood: SYN cookies', 'SYN 洪水：SYN cookie'),
  summary: text(
    'The backlog is as full as can be, and still everybody is answered: the server puts all that it would have to remember into its initial number, forgets it, and waits for somebody to bring it back.',
    '队列满得不能再满，可每个人都得到回答：服务器把该记住的都放进自己的初始序号，然后忘掉，等别人把它带回来。',
  ),
  level: 'standard',
  pace: { rtoMs: 20_000 },
  ends: {
    server: {
      backlog: {
        slots: 8,
        cookies: true,
        strangers: [
          { when: { atMs: 500 }, halfOpen: 5 },
          { when: { atMs: 1200 }, halfOpen: 8 },
        ],
      },
    },
  },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 15_000 }, call: 'write', text: 'it is me' },
  ],
  faults: [{ from: 'server', match: 'S.', nth: 1, fault: 'drop' }],
  finish: 'established',
  teaches: ['syn-cookies', 'loss', 'retransmission', 'data'],
  questions: [COOKIE_NUMBER, COOKIE_LOST, COOKIE_PRICE],
};
