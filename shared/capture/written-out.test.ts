import { expect, test } from 'vitest';
import { parse } from '../tcp/notation.ts';
import type { CapturedSegment } from './captured-segment.ts';
import { capturedFrom, tell } from './tell.testing.ts';

/**
 * A line for each segment, as it was captured: ms, `c` or `s`, the segment as in tcpdump, and perhaps `id`
 * with its IPv4 identification.
 */
function captured(line: string, n: number): CapturedSegment {
  const [, ms = '', who, text = '', id = '-1'] = /^(\S+) ([cs]) (.*?)(?: id (\d+))?$/.exec(line.trim()) ?? [];
  const typed = parse(text);
  if (!typed.ok) throw new Error(`${line}: ${typed.error.code}`);
  const { flags, seq, ack, wnd, dataOctets } = typed.value;
  const seg = { flags, seq: seq ?? 0, ack: ack ?? 0, wnd: wnd ?? 64_240, dataOctets };
  return capturedFrom(who === 'c' ? 'client' : 'server', {
    n,
    tNanos: Number(ms) * 1e6,
    seg,
    id: Number(id),
  });
}

/** The states of both ends after the last line, if no segment is wrong. */
function after(lines: string): string {
  const segments = lines.trim().split('\n').map(captured);
  const told = tell(segments);
  expect(told.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
  const [client, server] = (['client', 'server'] as const).map((side) => {
    const last = told.at(-1);
    return last?.from === side ? last.sender.after : last?.receiver.after;
  });
  return `${client} ${server}`;
}

test.each([
  [
    'figure 9 of RFC 9293, captured at the client: its SYN of before was not',
    `0 c S 100
     100 s S. 300 ack 91
     100.1 c R 91
     200 s S. 400 ack 101
     200.1 c . 101 ack 401
     300 c P. 101:111(10) ack 401
     400 s . 401 ack 111`,
    'ESTABLISHED ESTABLISHED',
  ],
  [
    'the same with the SYN of before',
    `0 c S 90
     50 c S 100
     100 s S. 300 ack 91
     100.1 c R 91
     200 s S. 400 ack 101
     200.1 c . 101 ack 401`,
    'ESTABLISHED ESTABLISHED',
  ],
  [
    'an old SYN whose answer goes on with data before it is refused',
    `0 c S 900000
     30 s S. 300 ack 91
     30.1 s P. 301:1301(1000) ack 91
     30.2 c R 91
     30.3 c R 91
     60 s S. 70000 ack 900001
     60.1 c . 900001 ack 70001`,
    'ESTABLISHED ESTABLISHED',
  ],
  [
    'two SYNs, each refused in its turn',
    `0 c S 1000
     50 c S 900000
     300 s R. 0 ack 1001
     350 s R. 0 ack 900001`,
    'CLOSED CLOSED',
  ],
  [
    'a refusal that was lost, and an application that listens when the SYN comes again',
    `0 c S 1000
     0.1 s R. 0 ack 1001
     1000 c S 1000
     1000.1 s S. 5000 ack 1001
     1100 c . 1001 ack 5001
     1200 c P. 1001:1011(10) ack 5001
     1200.1 s . 5001 ack 1011`,
    'ESTABLISHED ESTABLISHED',
  ],
  [
    'octets on a SYN that are acknowledged before its SYN,ACK is captured',
    `0 c S 1000:1010(10)
     1000 c S 1000
     1100 s . 5001 ack 1011
     1200 s S. 5000 ack 1011
     1200.1 c . 1011 ack 5001
     1300 c P. 1011:1021(10) ack 5001
     1400 s . 5001 ack 1021`,
    'ESTABLISHED ESTABLISHED',
  ],
  [
    'octets that were captured and others that were not, sent again as one',
    `0 c S 1000 id 100
     190 s S. 5000 ack 1001 id 0
     190.1 c . 1001 ack 5001 id 101
     428 c P. 1001:1002(1) ack 5001 id 102
     437 c P. 1002:1003(1) ack 5001 id 103
     472 s P. 5001:5002(1) ack 1001 id 4628
     472.1 c . 1003 ack 5002 id 104
     637 s . 5012 ack 1002 id 4630
     649 s . 5012 ack 1003 id 4631
     1482 s P. 5001:5012(11) ack 1003 id 4632
     1482.1 c . 1003 ack 5012 id 105
     1800 s F. 5012 ack 1003 id 4633
     1800.1 c . 1003 ack 5013 id 106`,
    'CLOSE-WAIT FIN-WAIT-2',
  ],
  [
    'an end whose first octets were all lost before they could be captured',
    `0 c S 1000 id 100
     200 s S. 5000 ack 1001 id 0
     200.1 c . 1001 ack 5001 id 101
     300 s FP. 6001:6021(20) ack 1001 id 500
     300.1 c R. 1001 ack 5001 id 102`,
    'CLOSED CLOSED',
  ],
  [
    'a handshake that is completed by a FIN beyond a gap',
    `0 c S 1000
     210 s S. 5000 ack 1001
     210.1 c P. 1001:1011(10) ack 5001
     560 c F. 1011 ack 5001
     780 s P. 5001:5101(100) ack 1001
     780.1 c . 1012 ack 5101
     1200 c FP. 1001:1011(10) ack 5101
     1400 s . 5101 ack 1012`,
    'FIN-WAIT-2 CLOSE-WAIT',
  ],
  [
    'two bursts, each counted from 0, of which the first segments of the second were not captured',
    `0 c S 100 id 10
     30 s S. 300 ack 101 id 0
     30.1 c . 101 ack 301 id 11
     40 c P. 101:111(10) ack 301 id 12
     70 s . 301:1749(1448) ack 111 id 0
     70.1 s . 1749:3197(1448) ack 111 id 1
     70.2 c . 111 ack 3197 id 13
     100 s . 3197:4645(1448) ack 111 id 0
     100.1 c . 111 ack 4645 id 14
     130 s . 4645:6093(1448) ack 111 id 0
     130.1 s . 6093:7541(1448) ack 111 id 1
     130.2 c . 111 ack 7541 id 15
     160 s . 10437:11885(1448) ack 111 id 2
     160.1 c . 111 ack 11885 id 16`,
    'ESTABLISHED ESTABLISHED',
  ],
  [
    'the same with more that was not captured behind it, which the next ACK tells of',
    `0 c S 100 id 10
     30 s S. 300 ack 101 id 0
     30.1 c . 101 ack 301 id 11
     40 c P. 101:111(10) ack 301 id 12
     70 s . 301:1749(1448) ack 111 id 0
     70.1 s . 1749:3197(1448) ack 111 id 1
     70.2 s . 3197:4645(1448) ack 111 id 2
     70.3 s . 4645:6093(1448) ack 111 id 3
     70.4 c . 111 ack 6093 id 13
     100 s . 6093:7541(1448) ack 111 id 0
     100.1 s . 7541:8989(1448) ack 111 id 1
     100.2 c . 111 ack 8989 id 15
     130 s . 11885:13333(1448) ack 111 id 2
     140 s . 16229:17677(1448) ack 111 id 1
     150 s P. 17677:18053(376) ack 111 id 0
     150.1 c . 111 ack 18053 id 16`,
    'ESTABLISHED ESTABLISHED',
  ],
  [
    'a capture that begins with a keep-alive and has nothing of the peer',
    `0 c . 1000 ack 5000
     11000 c F. 1001 ack 5000
     11240 c F. 1001 ack 5000
     11480 c F. 1001 ack 5000`,
    'FIN-WAIT-1 ESTABLISHED',
  ],
  [
    'a capture that begins with a keep-alive and its answer',
    `0 c . 1000 ack 5000
     20 s . 5000 ack 1001
     15000 s P. 5000:5055(55) ack 1001
     15000.1 c . 1001 ack 5055`,
    'ESTABLISHED ESTABLISHED',
  ],
  [
    'a capture that begins with two keep-alives and their answers',
    `0 c . 1000 ack 5000
     20 s . 5000 ack 1001
     75000 c . 1000 ack 5000
     75020 s . 5000 ack 1001
     80000 c P. 1001:1011(10) ack 5000
     80020 s . 5000 ack 1011`,
    'ESTABLISHED ESTABLISHED',
  ],
  [
    'a file in which only segments with data were kept',
    `0 c P. 1000:1140(140) ack 5000
     3 s P. 5000:5709(709) ack 1140
     8 c P. 1140:1225(85) ack 5709
     10 s P. 5709:5752(43) ack 1225
     11 c P. 1225:1281(56) ack 5752
     12 s . 5752:7200(1448) ack 1281
     13 s P. 7200:8565(1365) ack 1281
     14 c P. 1281:1304(23) ack 8566`,
    'CLOSE-WAIT FIN-WAIT-2',
  ],
])('%s', (_name, lines, states) => {
  expect(after(lines)).toBe(states);
});
