import { question, right, text, wrong } from '../wording.ts';

export const WHY_FOUR = question(
  'why-four',
  text(
    'Opening takes three segments. Why does closing usually take four?',
    '建立连接要三个报文段，为什么关闭通常要四个？',
  ),
  wrong(
    'safer',
    text('Because closing must be safer than opening.', '因为关闭要比建立更可靠。'),
    text(
      'Both are equally safe: in both, each side’s SYN or FIN is acknowledged. What differs is whether two of the segments can be one.',
      '两者一样可靠：每一方的 SYN 或 FIN 都得到确认。区别只在于能不能把两个报文段合成一个。',
    ),
  ),
  right(
    'waits-for-application',
    text(
      'The ACK of a FIN is due at once; the other FIN has to wait until the application there has nothing more to say.',
      '对 FIN 的 ACK 要马上发，而另一个 FIN 要等那一端的应用没有话要说了才能发。',
    ),
    text(
      'When opening, the server has nothing to wait for, so SYN and ACK share one segment. When closing, the FIN comes after the last octet. If nothing is left to say, three segments do.',
      '建立时服务器没有什么要等，SYN 和 ACK 可以合在一个报文段里。关闭时，FIN 必须排在最后一个字节之后。如果确实没有话要说了，三个也够。',
    ),
  ),
  wrong(
    'no-ack',
    text('Because a FIN must not carry an ACK.', '因为 FIN 不能带 ACK。'),
    text(
      'On the contrary: after the first SYN every segment carries an ACK, and a FIN without one would be dropped.',
      '恰恰相反：第一个 SYN 之后，每个报文段都带 ACK，不带 ACK 的 FIN 会被丢弃。',
    ),
    'M22',
  ),
);

export const WHY_2MSL = question(
  'why-2msl',
  text('Why does TIME-WAIT last 2MSL?', 'TIME-WAIT 为什么要持续 2MSL？'),
  right(
    'ack-and-fin',
    text(
      'In case the last ACK is lost: then a repeated FIN comes, and somebody must be there to answer it, until no old segment is left in the network.',
      '以防最后的 ACK 丢失：那样会来一个重发的 FIN，总得有人回答；同时等网络里的旧报文段全部消失。',
    ),
    text(
      'One MSL for the last ACK to arrive or die, another for whatever was sent in answer. After that a new connection with the same ports cannot be mistaken for this one.',
      '一个 MSL 让最后的 ACK 到达或消失，再一个 MSL 让对方由此发出的报文段也消失。之后同样端口的新连接就不会和它混淆了。',
    ),
  ),
  wrong(
    'round-trip',
    text('It is one round trip: MSL there, MSL back.', '就是一个往返时间：去一个 MSL，回一个 MSL。'),
    text(
      'A round trip takes milliseconds; MSL is how long a segment might linger at worst: 2 minutes in the RFC. The worst case is what counts here.',
      '往返时间只有几毫秒到几百毫秒；MSL 是报文段最坏能存活多久，RFC 里是 2 分钟。这里要防的是最坏情况。',
    ),
    'M27',
  ),
  wrong(
    'other-end',
    text('Because the other application may take that long to close.', '因为对端的应用可能要这么久才关闭。'),
    text(
      'That wait is FIN-WAIT-2, and it has no fixed end. In TIME-WAIT both FINs have been seen.',
      '等对端应用是在 FIN-WAIT-2，没有固定期限。到了 TIME-WAIT，两个 FIN 都已经见过了。',
    ),
  ),
);

export const WHO_WAITS = question(
  'who-waits',
  text('Which side goes through TIME-WAIT?', '哪一方会进入 TIME-WAIT？'),
  wrong(
    'client',
    text('Always the client.', '总是客户端。'),
    text(
      'Often it is, since clients often close first. But a server that closes first waits just the same.',
      '常常是，因为常由客户端先关闭。但服务器先关闭时，等的就是服务器。',
    ),
    'M24',
  ),
  right(
    'first-fin',
    text(
      'The side that sent the first FIN, and so sends the last ACK.',
      '先发 FIN 的一方，也就是发最后一个 ACK 的一方。',
    ),
    text(
      'Whoever has the last word cannot know whether it was heard. If both close at once, both wait.',
      '说最后一句话的人，不知道对方听到没有。如果双方同时关闭，双方都等。',
    ),
  ),
  wrong(
    'both',
    text('Always both.', '总是双方。'),
    text(
      'The other side has its answer: once its FIN is acknowledged it knows that all is done, and goes from LAST-ACK to CLOSED.',
      '另一方已经有了答案：它的 FIN 得到确认，知道一切结束，直接从 LAST-ACK 到 CLOSED。',
    ),
  ),
);

export const THREE_LEGAL = question(
  'three-legal',
  text(
    'Somebody says: "The server answered with FIN,ACK in one segment. That is a mistake, it must be four." Is it?',
    '有人说：“服务器用一个 FIN,ACK 就回答了，这不对，必须四次。”对吗？',
  ),
  wrong(
    'mistake',
    text('Yes, ACK and FIN must be separate.', '对，ACK 和 FIN 必须分开。'),
    text(
      'No rule says so. A segment may carry an ACK and a FIN, and real servers do this all day.',
      '没有这样的规定。一个报文段可以同时带 ACK 和 FIN，真实的服务器天天这么做。',
    ),
    'M22',
  ),
  right(
    'fine',
    text(
      'No: with nothing left to send, both may share one segment.',
      '不对：没有数据要发时，两者可以合并。',
    ),
    text(
      'Four segments are what you get when the application needs time, not a law. Textbooks draw the general case.',
      '四次是因为应用需要时间，而不是规定。教科书画的是一般情况。',
    ),
  ),
  wrong(
    'only-client',
    text('Only a client may do that.', '只有客户端可以这样。'),
    text(
      'TCP has no rules for clients and others for servers: once open, both ends obey one machine.',
      'TCP 并不区分客户端和服务器的规则：连接建立后，两端遵守同一个状态机。',
    ),
  ),
);

export const FIN_MEANS = question(
  'fin-means',
  text(
    'Your side has sent a FIN and it was acknowledged. What may still happen?',
    '你已经发了 FIN，对方也确认了。接下来还可能发生什么？',
  ),
  wrong(
    'nothing',
    text('Nothing: the connection is over.', '什么也不会，连接已经结束。'),
    text(
      'Only your direction is. The other one stays open until the other side’s FIN.',
      '结束的只是你这个方向。另一个方向要到对方发 FIN 才结束。',
    ),
    'M20',
  ),
  wrong(
    'send',
    text('You may send a little more data.', '你还可以再发一点数据。'),
    text(
      'FIN takes the number after your last octet: nothing can follow it.',
      'FIN 占用最后一个字节之后的序号，它后面不能再有数据。',
    ),
  ),
  right(
    'receive',
    text(
      'The other side may send data for as long as it likes, and you acknowledge it.',
      '对方还可以一直发数据，你要继续确认。',
    ),
    text(
      'FIN says "I have no more to send", not "I stop listening". This is the half-closed connection.',
      'FIN 的意思是“我没有数据要发了”，不是“我不再接收了”。这就是半关闭。',
    ),
  ),
);

export const MANY_CLOSE_WAIT = question(
  'many-close-wait',
  text(
    'A server’s list of connections is full of CLOSE-WAIT. Where is the fault?',
    '服务器上全是 CLOSE-WAIT 的连接，问题出在哪里？',
  ),
  right(
    'application',
    text('In the server’s own program: it does not call close.', '在服务器自己的程序里：它没有调用 close。'),
    text(
      'CLOSE-WAIT waits for the own application, without any timer. TCP cannot close for it.',
      'CLOSE-WAIT 等的是本方应用，没有任何计时器。TCP 不能替它关闭。',
    ),
  ),
  wrong(
    'network',
    text('In the network: the last ACKs were lost.', '在网络：最后的 ACK 丢了。'),
    text(
      'A lost last ACK would show as LAST-ACK, and a timer would repair it.',
      '最后的 ACK 丢了会停在 LAST-ACK，计时器会来补救。',
    ),
  ),
  wrong(
    'normal',
    text('Nowhere: they vanish after 2MSL.', '没有问题：2MSL 之后会消失。'),
    text(
      'That is TIME-WAIT. The names are alike, the states are not.',
      '那是 TIME-WAIT。名字像，状态完全不同。',
    ),
    'M28',
  ),
);

export const ACK_OF_FIN_LOST = question(
  'ack-of-fin-lost',
  text('The ACK of a FIN is lost. Who notices, and how?', '对 FIN 的 ACK 丢了。谁会发现，怎么发现？'),
  wrong(
    'acker',
    text('The side that sent the ACK: its timer expires.', '发 ACK 的一方：它的计时器到期。'),
    text(
      'ACKs have no timer. The sender of an ACK never learns what became of it.',
      'ACK 没有计时器。发 ACK 的一方永远不知道它的下落。',
    ),
    'M16',
  ),
  right(
    'finner',
    text(
      'The side that sent the FIN: its timer expires, it repeats the FIN, and is answered again.',
      '发 FIN 的一方：计时器到期，重发 FIN，再得到一次回答。',
    ),
    text(
      'Whoever sends something that takes a number, SYN, data or FIN, keeps it until it is acknowledged.',
      '凡是占用序号的东西（SYN、数据、FIN），发送方都会留着，直到被确认。',
    ),
  ),
  wrong(
    'nobody',
    text('Nobody, and nothing has to happen.', '没有人，也不需要做什么。'),
    text(
      'The sender of the FIN cannot tell this from a lost FIN, so it has to try again.',
      '发 FIN 的一方分不清是 FIN 丢了还是 ACK 丢了，只能再试。',
    ),
  ),
);

export const FIN_IN_TIME_WAIT = question(
  'fin-in-time-wait',
  text(
    'In TIME-WAIT the other side’s FIN arrives once more. What is due?',
    '在 TIME-WAIT 时，对方的 FIN 又来了一次。该怎么办？',
  ),
  wrong(
    'ignore',
    text('Nothing: it was acknowledged before.', '不理它：已经确认过了。'),
    text(
      'That it comes again shows that the ACK has not arrived. Without an answer the other side would repeat it until it gives up.',
      '它又来，说明你的 ACK 没有到。不回答，对方就会一直重发，直到放弃。',
    ),
    'M26',
  ),
  wrong(
    'rst',
    text('A RST: the connection is closed.', '发 RST：连接已经关了。'),
    text(
      'From CLOSED, yes, and the other side would see an error after a perfect farewell. To prevent this is what TIME-WAIT is for.',
      '如果已经 CLOSED，确实会这样，而对方明明正常告别却看到一个错误。TIME-WAIT 就是为了避免这种事。',
    ),
    'M26',
  ),
  right(
    'ack-restart',
    text('The ACK again, and 2MSL starts anew.', '再发一次 ACK，2MSL 重新计时。'),
    text(
      'The new ACK may be lost as well, so the whole wait begins again.',
      '新的 ACK 也可能丢，所以要从头再等一遍。',
    ),
  ),
);

export const CROSSING_FINS = question(
  'crossing-fins',
  text(
    'Both sides close at once and the FINs cross. How does it go on?',
    '双方同时关闭，FIN 在路上交错。之后会怎样？',
  ),
  right(
    'closing',
    text(
      'Both acknowledge, go through CLOSING, and both wait in TIME-WAIT.',
      '双方各自确认，经过 CLOSING，然后都在 TIME-WAIT 中等待。',
    ),
    text(
      'In FIN-WAIT-1 a FIN arrives instead of the ACK: that is CLOSING. Both have sent a last ACK, so both wait.',
      '在 FIN-WAIT-1 时等来的不是 ACK 而是 FIN，这就是 CLOSING。双方都发了最后的 ACK，所以都要等。',
    ),
  ),
  wrong(
    'deadlock',
    text('They wait for each other for ever.', '互相等待，永远等下去。'),
    text(
      'Each FIN is answered by an ACK as always, whoever sent the other one first.',
      '每个 FIN 照样得到 ACK，不管谁先谁后。',
    ),
  ),
  wrong(
    'again',
    text('One must take its FIN back and close later.', '一方要收回 FIN，过后再关。'),
    text(
      'Nothing that was sent can be taken back, and nothing has to be.',
      '发出去的东西收不回来，也不需要收回。',
    ),
  ),
);

export const OLD_SEGMENTS = question(
  'old-segments',
  text(
    'TIME-WAIT was skipped, and a segment of the old connection turns up in the new one. What keeps it out?',
    '跳过了 TIME-WAIT，旧连接的一个报文段闯进了新连接。靠什么把它挡住？',
  ),
  wrong(
    'ports',
    text('Its port numbers.', '端口号。'),
    text(
      'They are the same: that is the trouble. To the kernel it belongs to this connection.',
      '端口号一样，麻烦就在这里。在内核看来，它属于这个连接。',
    ),
  ),
  right(
    'numbers',
    text('Only its sequence number, if it lies outside the window.', '只有它的序号，前提是落在窗口之外。'),
    text(
      'The new connection began at another number, so the old one very probably does not fit, and gets an ACK instead. TIME-WAIT makes it certain: it lets the old ones die first.',
      '新连接的初始序号不同，旧报文段多半不在窗口内，只会换来一个 ACK。TIME-WAIT 让它万无一失：先等旧的都消失。',
    ),
  ),
  wrong(
    'checksum',
    text('Its checksum is wrong by now.', '它的校验和已经不对了。'),
    text(
      'The checksum covers what is in the segment, not when it was sent.',
      '校验和只管内容，不管是什么时候发的。',
    ),
  ),
);

/** RFC 1337. */
export const CUT_SHORT = question(
  'cut-short',
  text(
    'In TIME-WAIT an old copy arrives, you acknowledge it, and a RST comes back. What has happened?',
    '在 TIME-WAIT 收到一份旧副本，你确认了它，却换来一个 RST。发生了什么？',
  ),
  wrong(
    'mistake',
    text('The ACK was a mistake: in TIME-WAIT one keeps silent.', '不该发 ACK：在 TIME-WAIT 应该保持沉默。'),
    text(
      'What does not fit is answered with an ACK, in every synchronized state. A repeated FIN needs that answer badly.',
      '在每个已同步的状态里，不合适的报文段都用 ACK 回答。重发的 FIN 正需要这个回答。',
    ),
  ),
  right(
    'assassination',
    text(
      'The other end is CLOSED and knows no such connection, so its RST ended TIME-WAIT too early.',
      '对端已经 CLOSED，不认得这个连接，于是它的 RST 让 TIME-WAIT 提前结束了。',
    ),
    text(
      'Known as TIME-WAIT assassination, RFC 1337. Each step follows the rules; together they undo the protection. Some systems can be told to ignore a RST in TIME-WAIT.',
      '这叫 TIME-WAIT 暗杀，见 RFC 1337。每一步都合规矩，合起来却让保护失效。有些系统可以设置为在 TIME-WAIT 忽略 RST。',
    ),
  ),
  wrong(
    'attack',
    text('Somebody is attacking the connection.', '有人在攻击这个连接。'),
    text(
      'No attacker is needed: a slow copy and two honest ends are enough.',
      '不需要攻击者：一份慢吞吞的副本加上两个老实的端点就够了。',
    ),
  ),
);
