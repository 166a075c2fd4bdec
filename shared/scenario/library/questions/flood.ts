import { question, right, text, wrong } from '../wording.ts';

/** RFC 4987 §2. */
export const FLOOD_CHEAP = question(
  'flood-cheap',
  text(
    'Why is a flood of SYNs cheap for whoever sends it, and dear for the server?',
    '为什么 SYN 洪水对攻击者很便宜，对服务器却很贵？',
  ),
  wrong(
    'big',
    text('Because a SYN is an unusually big segment.', '因为 SYN 报文段特别大。'),
    text(
      'It is one of the smallest there are. A thin line is enough to send thousands a second.',
      '它是最小的报文段之一。一条细细的线路，每秒就能发出几千个。',
    ),
  ),
  wrong(
    'application',
    text(
      'Because the server’s program has to serve every one of them.',
      '因为服务器程序要为每一个 SYN 服务。',
    ),
    text(
      'The program never hears of them: without the third segment there is no connection to accept.',
      '程序根本不知道它们来过：没有第三个报文段，就没有连接可以 accept。',
    ),
  ),
  right(
    'memory',
    text(
      'The sender forgets each SYN at once; the server keeps a half-open connection for each, and waits.',
      '发送者发完就忘，服务器却要为每个 SYN 保存一个半连接，然后等待。',
    ),
    text(
      'The address was false, so nobody will ever answer the SYN,ACK. Each place stays taken until the server gives up repeating it.',
      '地址是假的，永远不会有人回答那个 SYN,ACK。服务器一直重发到放弃为止，位置才空出来。',
    ),
  ),
);

export const NO_ROOM = question(
  'no-room',
  text(
    'The backlog is full and there are no SYN cookies. What is right for one more SYN?',
    '半连接队列已满，又没有 SYN cookie。再来一个 SYN 该怎么办？',
  ),
  right(
    'nothing',
    text('Nothing: drop it and stay silent.', '什么都不发：丢弃，不出声。'),
    text(
      'A real client’s timer sends the SYN again, and by then there may be room. To whoever waits it looks exactly like a lost SYN.',
      '真正的客户端会靠计时器再发 SYN，那时也许有空位了。在等待的人看来，这和 SYN 丢了一模一样。',
    ),
  ),
  wrong(
    'rst',
    text('A RST: there is no room.', '发 RST：没有位置了。'),
    text(
      'A RST says that nobody is listening, and the client gives up at once. The flood would have won.',
      'RST 的意思是没有人在监听，客户端会立刻放弃。那洪水就得逞了。',
    ),
  ),
  wrong(
    'syn-ack',
    text('SYN,ACK as always: the client can wait.', '照常发 SYN,ACK：让客户端等着。'),
    text(
      'There is no place to keep the numbers, so the third segment would find a listener that knows nothing about it.',
      '序号没有地方保存，第三个报文段到的时候，监听者什么都不记得。',
    ),
  ),
);

/** RFC 4987 §3.6. */
export const COOKIE_NUMBER = question(
  'cookie-number',
  text('What is a SYN cookie?', 'SYN cookie 是什么？'),
  wrong(
    'data',
    text(
      'A little data for the client to keep, as in a browser.',
      '一小段交给客户端保存的数据，就像浏览器里那样。',
    ),
    text(
      'The client keeps nothing and notices nothing: it acknowledges the number, as it would any other.',
      '客户端什么也不用保存，也毫无察觉：它只是照常确认那个序号。',
    ),
  ),
  wrong(
    'list',
    text('A random number that the server writes into a list.', '服务器记在表里的一个随机数。'),
    text(
      'A list is just what a flood would fill. Nothing is written down.',
      '洪水要填满的正是这样的表。什么都不记，才是关键。',
    ),
  ),
  right(
    'computed',
    text(
      'The server’s initial number, computed from addresses, ports, the client’s number and a secret.',
      '服务器的初始序号，由地址、端口、客户端序号和一个秘密算出来。',
    ),
    text(
      'The ACK brings it back plus one. The server computes it once more, and if it fits, somebody real is there.',
      'ACK 会把它加一带回来。服务器重算一遍，对得上，就说明对面真的有人。',
    ),
  ),
);

export const COOKIE_LOST = question(
  'cookie-lost',
  text('The SYN,ACK with the cookie is lost. Who repairs that?', '带着 cookie 的 SYN,ACK 丢了。谁来补救？'),
  wrong(
    'server',
    text('The server: its timer sends the SYN,ACK again.', '服务器：计时器到期，重发 SYN,ACK。'),
    text(
      'It is in LISTEN and has kept nothing, not even that it answered. A timer would be something to keep.',
      '它在 LISTEN，什么都没保存，连自己回答过都不记得。计时器也是一种保存。',
    ),
  ),
  right(
    'client',
    text('The client: its timer sends the SYN again.', '客户端：计时器到期，重发 SYN。'),
    text(
      'And the server answers it like the first one, with the same number. All the memory is at the client’s end.',
      '服务器像第一次那样回答，序号也一样。所有的记忆都在客户端。',
    ),
  ),
  wrong(
    'nobody',
    text('Nobody: the connection never comes about.', '没有人：连接永远建不起来。'),
    text(
      'The client has heard nothing, and whoever hears nothing repeats its SYN.',
      '客户端没有听到回音，而没有回音就会重发 SYN。',
    ),
  ),
);

export const COOKIE_PRICE = question(
  'cookie-price',
  text('Why not answer every SYN with a cookie?', '为什么不对每个 SYN 都用 cookie 回答？'),
  right(
    'options',
    text(
      'What the SYN offered must fit into 32 bits; most of its options are forgotten.',
      'SYN 里提出的选项要塞进 32 位，大部分只好忘掉。',
    ),
    text(
      'The size of segments is just about kept; window scaling and SACK get lost unless a timestamp can carry them. So kernels use cookies only in need.',
      '报文段大小勉强能记住；窗口扩大和 SACK 就丢了，除非能借时间戳带上。所以内核只在紧急时才用 cookie。',
    ),
  ),
  wrong(
    'guessed',
    text('A cookie can be guessed more easily than a random number.', 'cookie 比随机数更容易猜。'),
    text(
      'Whoever lacks the secret has to try many millions. Nor does a cookie last: the clock is part of it.',
      '不知道秘密的人要试几百万次以上。而且 cookie 会过期：时间也算在里面。',
    ),
  ),
  wrong(
    'client',
    text('Old clients do not understand cookies.', '老的客户端不懂 cookie。'),
    text(
      'There is nothing to understand: to a client it is an initial sequence number.',
      '没有什么要懂的：在客户端看来，它就是一个初始序号。',
    ),
  ),
);
