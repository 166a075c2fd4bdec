import type { ScenarioDocument } from '../schema.ts';
import { UPDATE_LOST, WINDOW_SHUT } from './questions/window.ts';
import { text } from './wording.ts';

/** RFC 9293 §3.8.6.1: the one ACK that would open the window again is lost, and a probe has to find out. */
export const ZERO_WINDOW: ScenarioDocument = {
  id: 'zero-window',
  title: text('The window is shut', '窗口关上了'),
  summary: text(
    'The server’s application has stopped reading, and its eight octets of room are full. When it reads on, the good news gets lost. Who breaks the silence?',
    '服务器的应用不读了，八个字节的空间已满。等它又开始读，好消息却在路上丢了。谁来打破沉默？',
  ),
  level: 'guided',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED', rcvWnd: 8 } },
  pace: { rtoMs: 25_000 },
  calls: [
    { side: 'server', when: { atMs: 1000 }, call: 'stop-reading' },
    { side: 'client', when: { atMs: 2000 }, call: 'write', text: 'too much at once' },
    // Not before the client has been told that the window is shut.
    { side: 'server', when: { arrived: '.', side: 'client', afterMs: 2000 }, call: 'start-reading' },
  ],
  faults: [{ from: 'server', match: '.', nth: 2, fault: 'drop' }],
  finish: 'quiet',
  teaches: ['zero-window', 'data', 'loss'],
  questions: [WINDOW_SHUT, UPDATE_LOST],
};
