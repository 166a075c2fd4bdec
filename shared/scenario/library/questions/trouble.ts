import { question, right, text, wrong } from '../wording.ts';

export const SILENCE = question(
  'silence',
  text(
    'You sent a segment and hear nothing. What do you know?',
    '你发了一个报文段，没有任何回音。你能知道什么？',
  ),
  wrong(
    'lost',
    text('My segment was lost.', '我的报文段丢了。'),
    text(
      'Or the answer was, or both are late. From your seat these look alike.',
      '也可能是回答丢了，或者只是慢。从你这里看，它们没有区别。',
    ),
  ),
  right(
    'nothing',
    text(
      'Nothing. So you wait for the timer and send it again.',
      '什么也不知道。所以等计时器到期，再发一次。',
    ),
    text(
      'Sending again is right in every case: whoever has it already just acknowledges it once more.',
      '再发一次总没有错：对方如果已经收到，再确认一次就是了。',
    ),
  ),
  wrong(
    'dead',
    text('The other end is gone; reset.', '对方没了，发 RST。'),
    text(
      'Silence is what losses sound like. Give up only after many tries.',
      '丢包听起来就是沉默。试很多次之后才放弃。',
    ),
    'M17',
  ),
);

export const BACKOFF = question(
  'backoff',
  text('Why does the time-out double with every retransmission?', '为什么每重传一次，超时时间就加倍？'),
  wrong(
    'tired',
    text('So that the connection ends sooner.', '为了让连接早点结束。'),
    text('Doubling makes it last longer, not shorter.', '加倍只会让它坚持得更久。'),
  ),
  right(
    'congestion',
    text(
      'If the network is too full, more segments would make it worse.',
      '如果网络已经太拥挤，再多发只会更糟。',
    ),
    text(
      'Everybody who loses something steps back, so that the queue can drain. RFC 6298 asks for it.',
      '每个丢包的人都退一步，队列才能消化。RFC 6298 就是这样要求的。',
    ),
  ),
  wrong(
    'numbers',
    text('Because sequence numbers would run out.', '因为序号会用完。'),
    text('A retransmission uses the old numbers.', '重传用的是原来的序号。'),
  ),
);

export const TWICE = question(
  'twice',
  text(
    'The same data arrives twice. What is due for the second copy?',
    '同样的数据到了两次。对第二份该怎么办？',
  ),
  right(
    'ack',
    text(
      'An ACK with the number expected now. The data is thrown away.',
      '发一个 ACK，填现在期待的序号。数据丢弃。',
    ),
    text(
      'The sender may have repeated it because your ACK was lost. The application gets it once.',
      '也许是你的 ACK 丢了，对方才重发。应用只会收到一次。',
    ),
  ),
  wrong(
    'silence',
    text('Nothing: it is not new.', '不用理：不是新数据。'),
    text(
      'If your ACK was lost, silence would make the sender repeat it for ever.',
      '如果是 ACK 丢了，沉默会让对方一直重发。',
    ),
  ),
  wrong(
    'rst',
    text('A RST: something is wrong.', '发 RST：出问题了。'),
    text('Duplicates are everyday life in a network.', '在网络里，重复是家常便饭。'),
  ),
);

export const RST_OR_FIN = question(
  'rst-or-fin',
  text(
    'What is the difference between closing with FIN and ending with RST?',
    '用 FIN 关闭和用 RST 结束，有什么区别？',
  ),
  wrong(
    'speed',
    text('None, RST is only faster.', '没有区别，RST 只是更快。'),
    text('It is faster because it throws things away.', '它快，是因为它把东西扔掉了。'),
    'M18',
  ),
  right(
    'loss',
    text(
      'FIN comes after the last octet and waits for its ACK; RST throws away what is on its way.',
      'FIN 排在最后一个字节之后，并等待确认；RST 会丢掉还在路上的数据。',
    ),
    text(
      'The other application sees "end of stream" in one case and an error in the other.',
      '前一种情况，对方应用看到“流结束”；后一种，看到的是错误。',
    ),
  ),
  wrong(
    'who',
    text('FIN is for clients, RST for servers.', 'FIN 给客户端用，RST 给服务器用。'),
    text('Both may use both.', '双方都可以用。'),
  ),
);

export const RST_ANSWER = question(
  'rst-answer',
  text('A RST arrives. What do you answer?', '收到 RST，该回答什么？'),
  wrong(
    'ack',
    text('An ACK.', '一个 ACK。'),
    text(
      'The other end has forgotten the connection and could only answer with another RST.',
      '对方已经忘了这个连接，只会再回一个 RST。',
    ),
  ),
  wrong(
    'rst',
    text('A RST as well.', '也发一个 RST。'),
    text(
      'Then two ends could reset each other without end. A RST is never answered.',
      '那样两端会无休止地互发 RST。对 RST 从不回答。',
    ),
  ),
  right(
    'nothing',
    text('Nothing.', '什么都不回答。'),
    text('There is no connection left to talk about.', '连接已经不在了，没有什么可说的。'),
  ),
);

export const NO_LISTENER = question(
  'no-listener',
  text('No program listens on the port. Who sends the RST?', '端口上没有程序在监听。RST 是谁发的？'),
  right(
    'kernel',
    text('The kernel of that computer.', '那台机器的内核。'),
    text(
      'No program is involved: a segment came in that fits no connection. That it answers shows at least that the computer is up.',
      '与程序无关：来了一个不属于任何连接的报文段。有回答，至少说明机器开着。',
    ),
  ),
  wrong(
    'router',
    text('A router on the way.', '路上的路由器。'),
    text(
      'Routers report unknown addresses by ICMP. They know nothing of ports.',
      '路由器用 ICMP 报告地址不可达。它不知道端口。',
    ),
  ),
  wrong(
    'client',
    text('The client itself, after a while.', '过一会儿客户端自己发。'),
    text(
      'The client would repeat its SYN. That is what it does behind a firewall that drops it in silence.',
      '客户端只会重发 SYN。遇到悄悄丢包的防火墙，就是那样。',
    ),
  ),
);

export const RST_NUMBERS = question(
  'rst-numbers',
  text(
    'Why does the RST that answers a SYN carry ACK with SEQ+1?',
    '回答 SYN 的 RST 为什么要带 ACK，填 SEQ+1？',
  ),
  wrong(
    'polite',
    text('Out of politeness.', '出于礼貌。'),
    text('There is a use for it: forgers.', '是有用处的：防伪造。'),
  ),
  right(
    'proof',
    text('So that the client can see that it answers this very SYN.', '让客户端看出它回答的正是这个 SYN。'),
    text(
      'In SYN-SENT a RST counts only if it acknowledges the SYN. Somebody who only guesses does not know the number.',
      '在 SYN-SENT，RST 只有确认了 SYN 才有效。瞎猜的人不知道这个序号。',
    ),
  ),
  wrong(
    'data',
    text('Because the server has received one octet.', '因为服务器收到了一个字节。'),
    text(
      'The SYN counts as one number, but nothing was received for any application.',
      'SYN 占一个序号，但没有应用收到任何东西。',
    ),
  ),
);

export const HALF_OPEN = question(
  'half-open',
  text(
    'One computer lost its power in the middle of a connection. When does the other learn of it?',
    '一台机器在连接中途断电了。另一端什么时候知道？',
  ),
  wrong(
    'at-once',
    text('At once.', '立刻。'),
    text(
      'How? A computer without power sends nothing, and silence is allowed for as long as you like.',
      '怎么知道？没电的机器什么也发不出来，而连接上安静多久都是允许的。',
    ),
  ),
  wrong(
    'two-msl',
    text('After 2MSL.', '2MSL 之后。'),
    text(
      'No timer runs on an idle connection. (Keep-alive would be one, but it is off by default.)',
      '空闲连接上没有计时器在走。（keep-alive 算一个，但默认是关的。）',
    ),
  ),
  right(
    'next-segment',
    text(
      'When it sends something, or the other comes back and sends something.',
      '当它发点什么，或者对方重启后发点什么的时候。',
    ),
    text(
      'A segment that fits no connection is answered by a RST. Until then the connection is half-open, possibly for years.',
      '不属于任何连接的报文段会得到 RST。在那之前，连接一直是半打开的，可能持续好几年。',
    ),
  ),
);

export const CHALLENGE = question(
  'challenge',
  text(
    'A SYN arrives in ESTABLISHED. Why is it answered with an ACK, and not with a reset?',
    '在 ESTABLISHED 收到一个 SYN，为什么回答 ACK，而不是复位？',
  ),
  right(
    'prove',
    text(
      'So that a forged SYN cannot end the connection: whoever really restarted will answer with a RST.',
      '为了不让伪造的 SYN 毁掉连接：真的重启过的对端会用 RST 来回答。',
    ),
    text(
      'The ACK asks: "Is this you?" An end that knows the connection stays silent, one that lost it sends a RST with exactly the right number.',
      '这个 ACK 是在问：“是你吗？”还记得连接的一端不会作声，忘了连接的一端会发 RST，而且序号正好对。',
    ),
  ),
  wrong(
    'accept',
    text('Because the SYN opens a second connection.', '因为这个 SYN 建立了第二个连接。'),
    text(
      'Same addresses and same ports: there is only one connection with them.',
      '地址和端口都一样，只能有一个连接。',
    ),
  ),
  wrong(
    'mistake',
    text('It is a mistake of many systems.', '这是很多系统的错误。'),
    text(
      'It is the rule, since RFC 5961, and part of RFC 9293.',
      '这是规定，来自 RFC 5961，也写进了 RFC 9293。',
    ),
  ),
);
