import { question, right, text, wrong } from '../wording.ts';

export const WHAT_COSTS = question(
  'what-costs',
  text('Which of these uses up a sequence number?', '下面哪一个会占用序号？'),
  wrong(
    'ack',
    text('A pure ACK.', '纯 ACK。'),
    text(
      'An ACK says where you are in the other’s stream; it is no part of your own. Otherwise ACKs would have to be acknowledged, for ever.',
      'ACK 说的是对方的流收到哪里了，不属于自己的流。否则 ACK 也要被确认，没完没了。',
    ),
    'M04',
  ),
  right(
    'syn-fin',
    text('SYN and FIN, one each, and every octet of data.', 'SYN 和 FIN 各占一个，每个数据字节占一个。'),
    text(
      'What takes a number can be acknowledged, and so it can be repeated if it is lost. SYN and FIN must not get lost.',
      '占用序号才能被确认，丢了才会重传。SYN 和 FIN 不能丢。',
    ),
  ),
  wrong(
    'psh',
    text('PSH, because there is data in the segment.', 'PSH，因为报文段里有数据。'),
    text(
      'The data takes numbers, the flag does not. PSH only asks for prompt delivery.',
      '占序号的是数据，不是标志。PSH 只是请对方尽快交付。',
    ),
  ),
);

export const ACK_NAMES = question(
  'ack-names',
  text('The ack field says 312. What does that tell?', '确认号是 312，这说明什么？'),
  wrong(
    'last',
    text('Octet 312 has arrived.', '第 312 号字节已经到了。'),
    text(
      'It is the next one expected: 311 was the last that arrived in order.',
      '它是期待的下一个：按序到达的最后一个是 311。',
    ),
    'M03',
  ),
  wrong(
    'count',
    text('312 octets have arrived in all.', '一共到了 312 个字节。'),
    text('Counting starts at the initial sequence number, not at zero.', '是从初始序号开始数的，不是从零。'),
  ),
  right(
    'next',
    text(
      'Everything before 312 has arrived; 312 is expected next.',
      '312 之前的都到了，下一个期待的是 312。',
    ),
    text(
      'This is RCV.NXT of whoever sent it. One number stands for everything before it: it is cumulative.',
      '这是发送者的 RCV.NXT。一个数代表它之前的全部，所以叫累积确认。',
    ),
  ),
);

export const ACK_LOST_HARMLESS = question(
  'ack-lost-harmless',
  text(
    'Three segments of data arrive, the first two ACKs are lost, the third gets through. What is sent again?',
    '三个数据报文段都到了，前两个 ACK 丢了，第三个到了。要重传什么？',
  ),
  right(
    'nothing',
    text('Nothing.', '什么都不用。'),
    text(
      'The third ACK covers everything before it. That is why nobody needs to care about single lost ACKs.',
      '第三个 ACK 覆盖了之前的一切，所以丢几个 ACK 不要紧。',
    ),
  ),
  wrong(
    'two',
    text('The first two segments.', '前两个报文段。'),
    text('They have arrived, and the last ACK says so.', '它们都到了，最后一个 ACK 已经说明了这一点。'),
  ),
  wrong(
    'acks',
    text('The two ACKs.', '那两个 ACK。'),
    text(
      'ACKs are never sent again for their own sake: a newer one says more.',
      'ACK 从不为自己重发：更新的 ACK 说得更多。',
    ),
  ),
);

export const GAP = question(
  'gap',
  text(
    'Octets 1 to 8 are missing, 9 to 16 arrive. What does the ACK say?',
    '1 到 8 号字节没到，9 到 16 号到了。ACK 应该填多少？',
  ),
  wrong(
    'seventeen',
    text('17, because 16 has arrived.', '17，因为 16 已经到了。'),
    text(
      'That would claim 1 to 8 as well, and nobody would ever send them again.',
      '那就等于说 1 到 8 也到了，再也不会有人重发它们。',
    ),
    'M30',
  ),
  right(
    'one',
    text('1: the first octet that is missing.', '1：第一个缺失的字节。'),
    text(
      'The later ones are kept. Once the gap is filled, one ACK jumps to 17.',
      '后面的先存着。缺口一补上，一个 ACK 就跳到 17。',
    ),
  ),
  wrong(
    'none',
    text('No ACK is sent before the gap is filled.', '缺口补上之前不发 ACK。'),
    text(
      'An ACK is due for whatever arrives. Repeating the same number is how the sender gets a hint that something is missing.',
      '来了东西就要 ACK。重复同一个确认号，正好提醒发送方少了什么。',
    ),
  ),
);

export const WRAP = question(
  'wrap',
  text(
    'The number is 4294967295 and one octet is sent. What is the next number?',
    '当前序号是 4294967295，又发了一个字节。下一个序号是多少？',
  ),
  wrong(
    'error',
    text('There is none: the connection must be reopened.', '没有了，必须重新建立连接。'),
    text(
      'On a fast network that would be every few seconds. Numbers are a circle.',
      '在高速网络上，那就是每隔几秒重连一次。序号是一个圈。',
    ),
  ),
  wrong(
    'bigger',
    text('4294967296.', '4294967296。'),
    text('The field has 32 bits, and this number does not fit.', '字段只有 32 位，放不下这个数。'),
    'M34',
  ),
  right(
    'zero',
    text('0, and all goes on.', '0，一切照常。'),
    text(
      'Numbers are compared on the circle, by which way round is shorter. So 0 comes after 4294967295.',
      '序号在圈上比较，看哪边更近。所以 0 排在 4294967295 之后。',
    ),
  ),
);

export const ZERO_IS_FINE = question(
  'zero-is-fine',
  text(
    'A segment has ack 0 and the ACK flag. Is it broken?',
    '一个报文段的确认号是 0，ACK 标志置位。它坏了吗？',
  ),
  wrong(
    'broken',
    text('Yes: 0 means that there is no acknowledgment.', '坏了：0 表示没有确认。'),
    text('The flag says whether there is one, never the number.', '有没有确认由标志决定，与数值无关。'),
  ),
  right(
    'fine',
    text('No: 0 is a number like any other.', '没坏：0 和别的数一样。'),
    text(
      'After 4294967295 comes 0. A program that tests the number instead of the flag fails once in four billion times.',
      '4294967295 之后就是 0。如果程序检查的是数值而不是标志，四十亿次里就会错一次。',
    ),
  ),
);

export const ACK_EVERYWHERE = question(
  'ack-everywhere',
  text(
    'In how many segments of a connection is the ACK flag missing?',
    '一个连接中，有几个报文段不带 ACK 标志？',
  ),
  right(
    'first-syn',
    text('Only in the first SYN (and perhaps in a RST).', '只有第一个 SYN（可能还有 RST）。'),
    text(
      'Before the other side’s SYN there is nothing to acknowledge. After that the field costs nothing and always says the newest.',
      '收到对方的 SYN 之前没有东西可确认。之后带上它不花什么，而且总是最新的。',
    ),
  ),
  wrong(
    'data',
    text('In those that carry data.', '带数据的那些。'),
    text(
      'Data and ACK share segments all the time: each direction acknowledges the other in passing.',
      '数据和 ACK 常常共用报文段：每个方向顺便确认另一个方向。',
    ),
    'M09',
  ),
  wrong(
    'fin',
    text('In the FINs.', 'FIN 那些。'),
    text(
      'Many books draw a FIN alone. On the wire it always comes as FIN,ACK.',
      '很多书只画一个 FIN。线路上它总是 FIN,ACK。',
    ),
    'M09',
  ),
);

export const PSH_MEANS = question(
  'psh-means',
  text('What does PSH change?', 'PSH 有什么作用？'),
  wrong(
    'carries',
    text('Only with PSH may a segment carry data.', '有 PSH 的报文段才能带数据。'),
    text(
      'Data needs no flag. Large transfers have many segments without PSH.',
      '带数据不需要任何标志。大文件传输中很多报文段都没有 PSH。',
    ),
    'M35',
  ),
  wrong(
    'priority',
    text('Routers forward it first.', '路由器会优先转发。'),
    text(
      'Routers do not look at TCP’s flags. Nor does URG hurry anything.',
      '路由器不看 TCP 的标志。URG 也不会让它更快。',
    ),
    'M36',
  ),
  right(
    'hint',
    text(
      'It asks the receiver to hand the data on without waiting for more.',
      '请接收方不必再等，尽快把数据交给应用。',
    ),
    text(
      'A hint, no more: it takes no number and no rule depends on it.',
      '只是一个提示：不占序号，也没有规则依赖它。',
    ),
  ),
);
