import { question, right, text, wrong } from '../wording.ts';

export const ACKS_NEVER_SENT = question(
  'acks-never-sent',
  text(
    'In the middle of a connection a segment acknowledges octets that you have never sent. What is due?',
    '连接进行中，来了一个报文段，确认了你从没发过的字节。该怎么办？',
  ),
  wrong(
    'believe',
    text('Go on from the number that it names.', '就从它说的序号继续。'),
    text(
      'Then octets would be missing that nobody will ever send again. Your own numbers are yours to know.',
      '那样就会缺掉一些再也不会有人发的字节。自己的序号自己最清楚。',
    ),
  ),
  right(
    'ack',
    text(
      'An ACK with your true numbers; the rest of it is dropped.',
      '发一个 ACK，填你真实的序号；其余丢弃。',
    ),
    text(
      'Honest or not, the sender learns from it where you are. A connection is not given up for one strange segment.',
      '不管对方是不是故意的，都能由此知道你到了哪里。不会为一个奇怪的报文段放弃连接。',
    ),
  ),
  wrong(
    'rst',
    text('A RST: somebody is cheating.', '发 RST：有人在捣鬼。'),
    text(
      'During the handshake, yes. Later a stranger could break every connection in that way.',
      '握手期间确实如此。之后若也这样，陌生人就能用它打断任何连接。',
    ),
  ),
);

/** RFC 5961 §3. */
export const RST_BESIDE = question(
  'rst-beside',
  text(
    'A RST arrives. Its number lies in your window, but it is not exactly the next one. What now?',
    '来了一个 RST，序号在你的窗口里，但不正好是下一个。怎么办？',
  ),
  wrong(
    'over',
    text('The connection is over.', '连接就此结束。'),
    text(
      'It once was. But a window holds thousands of numbers, and it is easy to hit one of them blindly.',
      '以前是这样。但窗口里有成千上万个序号，闭着眼睛也容易撞上一个。',
    ),
  ),
  wrong(
    'nothing',
    text('Nothing: it is simply dropped.', '什么都不做，直接丢弃。'),
    text(
      'If the other end really is gone, you would never learn it.',
      '万一对方真的不在了，你就永远不知道。',
    ),
  ),
  right(
    'challenge',
    text('You answer with an ACK and stay as you are.', '回答一个 ACK，状态不变。'),
    text(
      'A real peer that has lost the connection answers that ACK with a RST at exactly the right number. A forger never sees it.',
      '真的失去连接的对方，会对这个 ACK 回一个序号正好对的 RST。伪造者根本看不到它。',
    ),
  ),
);

export const LOOKS_WRONG = question(
  'looks-wrong',
  text('Which of these does a referee call wrong?', '下面哪一个，裁判该判错？'),
  wrong(
    'fin-ack',
    text(
      'A FIN in the same segment as the ACK of the other FIN.',
      '在同一个报文段里，既发 FIN 又确认对方的 FIN。',
    ),
    text(
      'Whoever has nothing left to say may put both into one: then three segments close the connection.',
      '没有话要说了，就可以合在一起：三个报文段就能关闭连接。',
    ),
    'M22',
  ),
  right(
    'new-number',
    text('A SYN that is sent again under a new number.', '重发的 SYN 换了一个序号。'),
    text(
      'What is sent again is the same thing in the same place. With another number it would be another connection’s SYN.',
      '重发就是同样的东西放在同样的位置。换了序号，就成了另一个连接的 SYN。',
    ),
  ),
  wrong(
    'no-psh',
    text('Data without PSH.', '带数据却没有 PSH。'),
    text(
      'PSH is a wish to be quick and never a condition for data.',
      'PSH 只是希望快一点，从来不是带数据的条件。',
    ),
    'M35',
  ),
);

export const SAME_AGAIN = question(
  'same-again',
  text(
    'The client sends its third ACK a second time, the same to the bit. Is that wrong?',
    '客户端把第三个 ACK 又发了一遍，一个比特都没变。这错了吗？',
  ),
  wrong(
    'wrong',
    text('Yes: an ACK is never sent twice.', '错了：ACK 不能发两次。'),
    text(
      'It is sent whenever something arrives that calls for it, be it the same thing once more.',
      '只要来了需要确认的东西就要发，哪怕来的是同一样东西。',
    ),
  ),
  wrong(
    'timer',
    text('No: its timer had expired.', '没错：它的计时器到期了。'),
    text(
      'It has none. What runs out is the timer of whoever waits for an answer.',
      'ACK 没有计时器。到期的是等待回答的那一方的计时器。',
    ),
    'M16',
  ),
  right(
    'answers',
    text('No: very likely the SYN,ACK has come again.', '没错：很可能是 SYN,ACK 又来了一次。'),
    text(
      'The network may have doubled it, or the server repeated it. Each copy is answered, and a copy of an ACK does no harm.',
      '可能是网络复制的，也可能是服务器重发的。每一份都要回答，多一个 ACK 没有坏处。',
    ),
  ),
);
