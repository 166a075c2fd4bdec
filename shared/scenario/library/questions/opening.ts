import { question, right, text, wrong } from '../wording.ts';

export const WHY_THREE = question(
  'why-three',
  text(
    'Why does opening a connection take three segments, and not two?',
    '建立连接为什么要三个报文段，而不是两个？',
  ),
  wrong(
    'hello',
    text('So that both sides have said hello.', '为了让双方都打个招呼。'),
    text(
      'Two segments would be enough for two greetings. What is missing after two: the server does not know whether its own number has arrived.',
      '打两个招呼，两个报文段就够了。两次之后还缺一样东西：服务器不知道自己的序号对方收到没有。',
    ),
    'M11',
  ),
  right(
    'both-numbers',
    text(
      'So that both initial sequence numbers are acknowledged, and an old SYN that turns up late cannot open a connection by itself.',
      '为了让双方的初始序号都得到确认，并且迟到的旧 SYN 无法独自建立连接。',
    ),
    text(
      'Each side picks a number and needs to hear it back. And when a stray SYN from long ago arrives, only the third segment shows that somebody really is there.',
      '双方各选一个序号，都要听到对方的确认。如果来的是很久以前的旧 SYN，只有第三个报文段才能证明对面真的有人。',
    ),
  ),
  wrong(
    'reliable',
    text('Because the network loses about every third segment.', '因为网络大约每三个报文段丢一个。'),
    text(
      'Losses are repaired by timers, however many there are. The number three has nothing to do with how much is lost.',
      '丢失由计时器和重传来弥补，丢多少都一样。“三”这个数与丢包率无关。',
    ),
  ),
);

export const WHEN_ESTABLISHED = question(
  'when-established',
  text('When may the server call itself ESTABLISHED?', '服务器什么时候才算进入 ESTABLISHED？'),
  wrong(
    'syn-arrived',
    text('When the SYN arrives.', 'SYN 到达的时候。'),
    text(
      'By then it knows the client’s number, but it has not even sent its own: it is on its way to SYN-RECEIVED.',
      '这时它只知道客户端的序号，自己的还没发出去，正要进入 SYN-RECEIVED。',
    ),
  ),
  wrong(
    'syn-ack-sent',
    text('When it has sent its SYN,ACK.', '发出 SYN,ACK 的时候。'),
    text(
      'The SYN,ACK may be lost, or may answer a SYN from long ago. It cannot know yet.',
      'SYN,ACK 可能丢失，也可能是在回答一个很久以前的 SYN。此刻它还无从知道。',
    ),
    'M10',
  ),
  right(
    'acked',
    text('When its own SYN has been acknowledged.', '自己的 SYN 得到确认的时候。'),
    text(
      'That is what the third segment is for. If it is lost, the first data or even a FIN does the same, because each of them carries an ACK.',
      '第三个报文段就是为此而来。如果它丢了，后面的第一份数据甚至 FIN 也能起同样的作用，因为它们都带着 ACK。',
    ),
  ),
);

export const OWN_ISS = question(
  'own-iss',
  text('Where does the server’s initial sequence number come from?', '服务器的初始序号从哪里来？'),
  wrong(
    'copied',
    text('It is the client’s number plus one.', '是客户端的序号加一。'),
    text(
      'That number goes into the ack field. The two directions are two separate streams of octets.',
      '那个数填在确认号里。两个方向是两条独立的字节流。',
    ),
    'M06',
  ),
  right(
    'own',
    text('The server picks it by itself, and hard to guess.', '服务器自己选，而且要让人难以猜到。'),
    text(
      'Each direction is numbered by whoever sends in it. Being hard to guess keeps strangers from joining in with forged segments.',
      '每个方向由发送方自己编号。难以猜到，是为了不让陌生人伪造报文段混进来。',
    ),
  ),
  wrong(
    'zero',
    text('It is 0 at first, as Wireshark shows.', '一开始是 0，Wireshark 里就是这么显示的。'),
    text(
      'Wireshark subtracts the initial number to spare your eyes. On the wire stands a large number.',
      'Wireshark 为了好读减去了初始值。真正在线路上的是一个很大的数。',
    ),
    'M33',
  ),
);

export const SYN_AGAIN = question(
  'syn-again',
  text(
    'The client’s SYN is lost. What does the client send when its timer expires?',
    '客户端的 SYN 丢了。计时器到期时它发什么？',
  ),
  right(
    'same',
    text('The same SYN with the same number.', '同一个 SYN，序号不变。'),
    text(
      'A retransmission is the same octets in the same place. If the first SYN had arrived after all, two different numbers would confuse the server.',
      '重传就是把同样的内容放在同样的位置。万一第一个 SYN 其实到了，换了序号反而让服务器糊涂。',
    ),
  ),
  wrong(
    'next',
    text('A SYN with the next number.', '序号加一的 SYN。'),
    text(
      'The next number belongs to the first octet of data. Trying again does not use up numbers.',
      '下一个序号属于第一个数据字节。再试一次并不消耗序号。',
    ),
    'M14',
  ),
  wrong(
    'reset',
    text('A RST, because nobody answered.', '发 RST，因为没有人回答。'),
    text(
      'Silence proves nothing: the SYN may be lost, or the answer, or both are only slow. RST is for segments that fit no connection.',
      '沉默说明不了什么：可能 SYN 丢了，可能回答丢了，也可能只是慢。RST 是给不属于任何连接的报文段的。',
    ),
    'M17',
  ),
);

export const THIRD_ACK_LOST = question(
  'third-ack-lost',
  text(
    'The third segment, a pure ACK, is lost. How does the server get to ESTABLISHED?',
    '第三个报文段（纯 ACK）丢了。服务器怎样才能进入 ESTABLISHED？',
  ),
  wrong(
    'client-timer',
    text('The client’s timer expires and it repeats the ACK.', '客户端的计时器到期，重发这个 ACK。'),
    text(
      'A pure ACK has no timer: nobody ever acknowledges it, so nobody could tell that it is missing.',
      '纯 ACK 没有计时器：没有人会确认它，也就没有人能发现它丢了。',
    ),
    'M16',
  ),
  right(
    'server-timer-or-data',
    text(
      'The server repeats its SYN,ACK and is answered again, or the client’s first data gets there first.',
      '服务器重发 SYN,ACK 再得到回答；或者客户端的第一份数据先到。',
    ),
    text(
      'The server’s SYN is still unacknowledged, so its timer runs. And every later segment of the client carries the missing ACK anyway.',
      '服务器的 SYN 还没被确认，它的计时器在走。而客户端后来的每个报文段本来就带着那个 ACK。',
    ),
  ),
  wrong(
    'never',
    text('It never does: the client has to connect anew.', '永远进不去，客户端只能重新连接。'),
    text(
      'The client is ESTABLISHED already and has no reason to. TCP is made so that any single segment may be lost.',
      '客户端已经是 ESTABLISHED，没有理由重来。TCP 的设计允许任何一个报文段丢失。',
    ),
  ),
);

export const ONE_OR_TWO = question(
  'one-or-two',
  text(
    'Both ends call connect at once and their SYNs cross. How many connections come of it?',
    '两端同时 connect，SYN 在路上交错。结果有几个连接？',
  ),
  wrong(
    'two',
    text('Two, one in each direction.', '两个，每个方向一个。'),
    text(
      'A connection is known by its two addresses and two ports, and both SYNs name the same four. It is one.',
      '连接由两个地址和两个端口确定，两个 SYN 说的是同样的四元组，所以只有一个。',
    ),
  ),
  wrong(
    'none',
    text('None: both get an error.', '没有，双方都报错。'),
    text(
      'RFC 9293 provides for it: from SYN-SENT an arriving SYN leads to SYN-RECEIVED.',
      'RFC 9293 考虑到了这种情况：在 SYN-SENT 收到 SYN，就进入 SYN-RECEIVED。',
    ),
  ),
  right(
    'one',
    text('One.', '一个。'),
    text(
      'Each answers the other’s SYN with SYN,ACK, with the same number as before, and both become ESTABLISHED. Rare, but legal.',
      '双方都用 SYN,ACK 回答对方的 SYN，序号与原来相同，然后都进入 ESTABLISHED。少见，但合法。',
    ),
  ),
);

export const GHOST = question(
  'ghost',
  text(
    'With only two segments, what would the late copy of an old SYN have done?',
    '如果握手只有两次，迟到的旧 SYN 会造成什么？',
  ),
  right(
    'ghost',
    text(
      'The server would hold a connection that nobody at the other end knows of.',
      '服务器会守着一个对端根本不知道的连接。',
    ),
    text(
      'It would wait there, with memory set aside, for data that never comes. The third segment, or a RST in its place, is how it learns the truth.',
      '它会占着内存，空等永远不来的数据。有了第三个报文段（或者代替它的 RST），它才知道真相。',
    ),
  ),
  wrong(
    'nothing',
    text('Nothing: old segments carry a date.', '什么也不会发生，旧报文段上有日期。'),
    text(
      'No date is in there. A SYN from a minute ago looks like a SYN from now.',
      '报文段里没有日期。一分钟前的 SYN 和现在的 SYN 看起来一样。',
    ),
  ),
  wrong(
    'crash',
    text('It would end the connections that are open.', '会断开正在使用的连接。'),
    text(
      'Other connections have other ports and notice nothing. The harm is a new connection that should not be there.',
      '别的连接端口不同，毫无感觉。坏处是多出一个不该有的连接。',
    ),
  ),
);
