import type { ScenarioDocument } from '../schema.ts';
import { FLOOD_CHEAP, NO_ROOM } from './questions/flood.ts';
import { SILENCE } from './questions/trouble.ts';
import { text } from './wording.ts';

/**
 * RFC 4987 §2. There is room again before the client's timer expires, but not before its first SYN has been
 * dropped.
 */
export const FULL_BACKLOG: ScenarioDocument = {
  id: 'full-backlog',
  title: text('SYN flood: no room left', 'SYN 洪水：队列满了'),
  summary: text(
    'Strangers with false addresses have filled the server’s backlog with half-open connections. Then a real client knocks. To it, a full house sounds just like a lost letter.',
    '一群用假地址的陌生人，用半连接塞满了服务器的队列。这时一个真正的客户端来敲门。对它来说，客满和信件丢失听起来一模一样。',
  ),
  level: 'standard',
  ends: {
    server: {
      backlog: {
        slots: 8,
        strangers: [
          { when: { atMs: 200 }, halfOpen: 3 },
          { when: { atMs: 700 }, halfOpen: 6 },
          { when: { atMs: 1200 }, halfOpen: 8 },
          { when: { arrived: 'S', afterMs: 9000 }, halfOpen: 5 },
        ],
      },
    },
  },
  calls: [{ side: 'client', when: { atMs: 2000 }, call: 'connect' }],
  finish: 'established',
  teaches: ['full-backlog', 'retransmission', 'handshake'],
  questions: [FLOOD_CHEAP, NO_ROOM, SILENCE],
};
