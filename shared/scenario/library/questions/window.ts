import { question, right, text, wrong } from '../wording.ts';

/** RFC 9293 §3.8.6.1. */
export const WINDOW_SHUT = question(
  'window-shut',
  text('The other end announces window 0. What may you send now?', '对方通告窗口为 0。现在你能发什么？'),
  wrong(
    'nothing',
    text('Nothing at all, until it says otherwise.', '什么都不能发，直到它另有通知。'),
    text(
      'And if that notice gets lost? It is an ACK, and nobody repeats it. Both would wait for ever.',
      '万一那个通知丢了呢？它只是一个 ACK，没有人会重发。双方会永远等下去。',
    ),
  ),
  right(
    'probe',
    text('ACKs, and one octet now and then to ask.', '可以发 ACK，并且隔一阵发一个字节问问。'),
    text(
      'The octet asks for an answer, and the answer tells the window. It comes less and less often: it is a timer that doubles, like any other.',
      '那个字节要求回答，回答里就有窗口。它会越问越稀：和别的计时器一样加倍。',
    ),
  ),
  wrong(
    'all',
    text('Everything: it will find room somehow.', '照发不误：对方总有办法放下。'),
    text(
      'There is none. What does not fit is dropped, and comes back to you as a time-out.',
      '没有办法。放不下的会被丢弃，最后变成你的超时。',
    ),
  ),
);

export const UPDATE_LOST = question(
  'update-lost',
  text(
    'The application has read, but the ACK that announces the open window is lost. How does it go on?',
    '应用读走了数据，可是通告窗口打开的 ACK 丢了。接下来会怎样？',
  ),
  wrong(
    'timer',
    text('The receiver’s timer sends the announcement again.', '接收方的计时器会重发通告。'),
    text(
      'ACKs have no timer: nobody confirms them, so nobody misses one.',
      'ACK 没有计时器：没有人确认它，也就没有人发现它丢了。',
    ),
    'M16',
  ),
  wrong(
    'stuck',
    text('It does not: both wait for ever.', '不会怎样：双方永远等下去。'),
    text(
      'It would, without the probe. This is the very reason for it.',
      '没有探测就会这样。探测正是为此而设。',
    ),
  ),
  right(
    'probe',
    text(
      'The sender’s next probe is answered, and the answer tells.',
      '发送方的下一次探测得到回答，窗口就在里面。',
    ),
    text(
      'The octet even finds room now and is acknowledged like any other.',
      '那个字节这次还放得下，会照常得到确认。',
    ),
  ),
);
