import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACK, RST, SYN, type Segment } from '../tcp/segment.ts';
import { ethernet, ipv4, pcap, tcp } from './capture-builder.testing.ts';
import { capturedFrom, files, octetsOf, path, roughFiles, segmentsOf, tell } from './tell.testing.ts';
import type { Side, Told } from './told.ts';

const tellFile = (name: string): Told[] => tell(segmentsOf(octetsOf(name)));

/** A side's state just after each segment. */
const after = (told: Told, side: Side): string => (told.from === side ? told.sender : told.receiver).after;

function row(told: Told): string {
  const cells = [
    told.n,
    told.t.toFixed(3),
    told.from,
    told.flags.join(),
    told.seq,
    told.ack ?? '-',
    told.len,
  ];
  return [...cells, after(told, 'client'), after(told, 'server')].join(' ');
}

describe('four conversations between kernels, with their states', () => {
  test.each<[string, string]>([
    [
      'close-by-client.pcap',
      `0 0.000 client SYN 0 - 0 SYN-SENT SYN-RECEIVED
       1 0.000 server SYN,ACK 0 1 0 ESTABLISHED SYN-RECEIVED
       2 0.000 client ACK 1 1 0 ESTABLISHED ESTABLISHED
       3 0.000 client PSH,ACK 1 1 11 ESTABLISHED ESTABLISHED
       4 0.000 server ACK 1 12 0 ESTABLISHED ESTABLISHED
       5 0.001 server PSH,ACK 1 12 14 ESTABLISHED ESTABLISHED
       6 0.001 client ACK 12 15 0 ESTABLISHED ESTABLISHED
       7 0.178 client FIN,ACK 12 15 0 FIN-WAIT-1 CLOSE-WAIT
       8 0.222 server ACK 15 13 0 FIN-WAIT-2 CLOSE-WAIT
       9 0.399 server FIN,ACK 15 13 0 TIME-WAIT LAST-ACK
       10 0.399 client ACK 13 16 0 TIME-WAIT CLOSED`,
    ],
    [
      'close-by-server.pcap',
      `0 0.000 client SYN 0 - 0 SYN-SENT SYN-RECEIVED
       1 0.000 server SYN,ACK 0 1 0 ESTABLISHED SYN-RECEIVED
       2 0.000 client ACK 1 1 0 ESTABLISHED ESTABLISHED
       3 0.000 client PSH,ACK 1 1 11 ESTABLISHED ESTABLISHED
       4 0.001 server ACK 1 12 0 ESTABLISHED ESTABLISHED
       5 0.001 server PSH,ACK 1 12 14 ESTABLISHED ESTABLISHED
       6 0.001 client ACK 12 15 0 ESTABLISHED ESTABLISHED
       7 0.165 server FIN,ACK 15 12 0 CLOSE-WAIT FIN-WAIT-1
       8 0.208 client ACK 12 16 0 CLOSE-WAIT FIN-WAIT-2
       9 0.381 client FIN,ACK 12 16 0 LAST-ACK TIME-WAIT
       10 0.381 server ACK 16 13 0 CLOSED TIME-WAIT`,
    ],
    [
      'three-segment-close.pcap',
      `0 0.000 client SYN 0 - 0 SYN-SENT SYN-RECEIVED
       1 0.000 server SYN,ACK 0 1 0 ESTABLISHED SYN-RECEIVED
       2 0.000 client ACK 1 1 0 ESTABLISHED ESTABLISHED
       3 0.000 client PSH,ACK 1 1 11 ESTABLISHED ESTABLISHED
       4 0.000 server ACK 1 12 0 ESTABLISHED ESTABLISHED
       5 0.000 server PSH,ACK 1 12 14 ESTABLISHED ESTABLISHED
       6 0.000 client ACK 12 15 0 ESTABLISHED ESTABLISHED
       7 0.164 client FIN,ACK 12 15 0 FIN-WAIT-1 CLOSE-WAIT
       8 0.164 server FIN,ACK 15 13 0 TIME-WAIT LAST-ACK
       9 0.164 client ACK 13 16 0 TIME-WAIT CLOSED`,
    ],
    [
      'lost-syn-ack-client-side.pcap',
      `0 0.000 client SYN 0 - 0 SYN-SENT SYN-RECEIVED
       1 1.016 client SYN 0 - 0 SYN-SENT SYN-RECEIVED
       2 1.016 server SYN,ACK 0 1 0 ESTABLISHED SYN-RECEIVED
       3 1.016 client ACK 1 1 0 ESTABLISHED ESTABLISHED
       4 1.016 server SYN,ACK 0 1 0 ESTABLISHED SYN-RECEIVED
       5 1.016 client ACK 1 1 0 ESTABLISHED ESTABLISHED
       6 1.017 client PSH,ACK 1 1 11 ESTABLISHED ESTABLISHED
       7 1.017 server ACK 1 12 0 ESTABLISHED ESTABLISHED
       8 1.017 server PSH,ACK 1 12 14 ESTABLISHED ESTABLISHED
       9 1.017 client ACK 12 15 0 ESTABLISHED ESTABLISHED
       10 1.196 client FIN,ACK 12 15 0 FIN-WAIT-1 CLOSE-WAIT
       11 1.240 server ACK 15 13 0 FIN-WAIT-2 CLOSE-WAIT
       12 1.423 server FIN,ACK 15 13 0 TIME-WAIT LAST-ACK
       13 1.423 client ACK 13 16 0 TIME-WAIT CLOSED`,
    ],
  ])('%s', (name, table) => {
    const told = tellFile(name);
    expect(told.map(row)).toEqual(table.split('\n').map((line) => line.trim()));
  });
});

test.each([...files, ...roughFiles])('no segment of a kernel is called wrong: %s', (name) => {
  const segments = segmentsOf(octetsOf(name));
  const told = tell(segments);
  expect(told.map(({ n }) => n)).toEqual(segments.map(({ n }) => n));
  expect(told.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
});

const ACTIVE_CLOSE = 'CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT';
const PASSIVE_CLOSE = 'LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED';

test.each<[name: string, client: string, server: string]>([
  ['abort.pcap', 'CLOSED SYN-SENT ESTABLISHED CLOSED', 'LISTEN SYN-RECEIVED ESTABLISHED CLOSED'],
  ['both-fins-lost.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  [
    'fin-lost-while-acks-wait.pcap',
    'CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT',
    'LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT',
  ],
  ['half-open-server.pcap', 'CLOSED SYN-SENT ESTABLISHED CLOSED', 'LISTEN SYN-RECEIVED ESTABLISHED CLOSED'],
  [
    'unseen-fin-answered-twice.pcap',
    'CLOSED SYN-SENT ESTABLISHED CLOSE-WAIT LAST-ACK',
    'LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2',
  ],
  ['closed-in-syn-sent.pcap', 'CLOSED SYN-SENT CLOSED', 'LISTEN SYN-RECEIVED LISTEN'],
  ['closed-port.pcap', 'CLOSED SYN-SENT CLOSED', 'CLOSED'],
  [
    'closed-with-unread-data.pcap',
    'CLOSED SYN-SENT ESTABLISHED CLOSED',
    'LISTEN SYN-RECEIVED ESTABLISHED CLOSED',
  ],
  ['cooked-v2.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  [
    'data-after-full-close.pcap',
    'CLOSED SYN-SENT ESTABLISHED CLOSE-WAIT CLOSED',
    'LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED',
  ],
  ['data-with-fin.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  ['duplicated-acks.pcap', `${ACTIVE_CLOSE} CLOSED`, PASSIVE_CLOSE],
  ['every-interface-cooked-v1.pcap', 'CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 TIME-WAIT', PASSIVE_CLOSE],
  ['every-interface-cooked-v2.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  ['fin-before-missing-data.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  ['fin-captured-and-dropped.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  ['ipv6.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  ['keep-alive.pcap', 'CLOSED SYN-SENT ESTABLISHED CLOSED', 'LISTEN SYN-RECEIVED ESTABLISHED CLOSED'],
  ['lost-fin-client-side.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  ['lost-fin-server-side.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  ['lost-last-ack-client-side.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  ['lost-syn-client-side.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  ['lost-third-ack-server-side.pcap', ACTIVE_CLOSE, PASSIVE_CLOSE],
  [
    'simultaneous-close-fin-unseen.pcap',
    'CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT',
    'LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT',
  ],
  [
    'rough/abort-at-the-window-edge.pcap',
    'CLOSED SYN-SENT ESTABLISHED',
    'LISTEN SYN-RECEIVED ESTABLISHED CLOSED',
  ],
  [
    'rough/abort-overtakes-syn-ack.pcap',
    'CLOSED SYN-SENT CLOSED',
    'LISTEN SYN-RECEIVED CLOSED SYN-RECEIVED CLOSED',
  ],
  [
    'rough/data-lost-before-abort.pcap',
    'CLOSED SYN-SENT ESTABLISHED CLOSED',
    'LISTEN SYN-RECEIVED ESTABLISHED CLOSED',
  ],
  [
    'rough/keep-alive-after-lost-ack.pcap',
    'CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED',
    'LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT CLOSED',
  ],
  [
    'rough/octet-lost-that-is-no-fin.pcap',
    'CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED',
    'LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT CLOSED',
  ],
  [
    'rough/urgent-octet-overtakes-data.pcap',
    'CLOSED SYN-SENT ESTABLISHED CLOSE-WAIT CLOSED',
    'LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED',
  ],
])('the ends of %s go through their states', (name, client, server) => {
  const told = tellFile(name);
  expect(path(told, 'client')).toBe(client);
  expect(path(told, 'server')).toBe(server);
});

test('one number below the next is a keep-alive only after a silence: at once it is a slip', () => {
  const all = segmentsOf(octetsOf('rough/keep-alive-after-lost-ack.pcap'));
  const at = all.findIndex(({ seg, n }) => n > 0 && seg.seq === all[0]!.seg.seq);
  expect(tell(all)[at]).toMatchObject({ verdict: 'legal', kind: 'keep-alive' });
  const sooner = all.map((one) => ({ ...one, tNanos: one.n < at ? one.tNanos : one.tNanos - 1e9 }));
  expect(tell(sooner)[at]).toMatchObject({ verdict: 'wrong', faults: [{ field: 'seq', needed: 1 }] });
});

test.each([
  ['damaged-abort.pcap', 6],
  ['damaged-data.pcap', 5],
  ['damaged-fin.pcap', 7],
])('what was damaged on the way changes nothing at either end: %s', (name, n) => {
  const told = tellFile(`rough/${name}`);
  expect(told.filter(({ kind }) => kind === 'damaged').map((one) => one.n)).toEqual([n]);
  const { sender, receiver, verdict } = told[n]!;
  expect(sender.before).toBe(sender.after);
  expect(receiver.before).toBe(receiver.after);
  expect(verdict).toBe('legal');
  const undamaged = tell(segmentsOf(octetsOf(`rough/${name}`)).map((one) => ({ ...one, isDamaged: false })));
  expect(undamaged[n]?.verdict).toBe('wrong');
});

test('what an end still sends to a connection that has gone is none of the next one between the same ports', () => {
  const told = tellFile('rough/ports-used-again-at-once.pcap').slice(23, 30);
  expect(told.map(({ from, flags, sender }) => `${from} ${flags.join()} ${sender.after}`)).toEqual([
    'client SYN SYN-SENT',
    'server RST,ACK LISTEN',
    'server FIN,ACK LISTEN',
    'client RST SYN-SENT',
    'server RST LISTEN',
    'client SYN SYN-SENT',
    'server SYN,ACK SYN-RECEIVED',
  ]);
});

test('a simultaneous open and close: both ends do the same', () => {
  const told = tellFile('simultaneous-open.pcap');
  for (const side of ['client', 'server'] as const) {
    const sent = told.filter(({ from }) => from === side).map(({ sender }) => sender.after);
    expect([...new Set(sent)]).toEqual(['SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'CLOSING']);
  }
});

test('what was captured and never delivered changes nothing at the receiver', () => {
  const synAck = tellFile('syn-ack-captured-and-dropped.pcap')[1];
  expect(synAck?.receiver).toEqual({ before: 'SYN-SENT', after: 'SYN-SENT' });
  const fins = tellFile('fin-captured-and-dropped.pcap').filter((one) => one.flags.includes('FIN'));
  expect(fins.map(({ receiver }) => receiver.after)).toEqual(['ESTABLISHED', 'CLOSE-WAIT', 'TIME-WAIT']);
  const ack = tellFile('lost-last-ack-client-side.pcap')
    .filter(({ receiver }) => receiver.before === 'LAST-ACK')
    .map(({ receiver }) => receiver.after);
  expect(ack).toEqual(['LAST-ACK', 'CLOSED']);
});

test('a RST answers the first segment that nobody wanted: the end was alive before it and gone after it', () => {
  const gone = tellFile('half-open-server.pcap').slice(6, 8);
  expect(gone.map(({ receiver }) => receiver.after)).toEqual(['ESTABLISHED', 'CLOSED']);
  const data = tellFile('data-after-close-server-side.pcap').slice(9, 12);
  expect(data.map(({ receiver }) => receiver.after)).toEqual(['FIN-WAIT-2', 'CLOSED', 'CLOSED']);
});

test('what was sent before an unseen FIN arrived before it went out', () => {
  expect(tellFile('fin-lost-while-acks-wait.pcap')[6]?.receiver.after).toBe('ESTABLISHED');
});

test('a client that begins again is refused by the half-open end, and then served anew', () => {
  const told = tellFile('half-open-client-begins-again.pcap').slice(7, 13);
  expect(told.map(({ conn, from, flags, sender, receiver }) => [conn, from, flags.join(), sender.before, sender.after, receiver.after].join(' '))).toEqual([
    '0 client SYN CLOSED SYN-SENT ESTABLISHED',
    '0 server ACK ESTABLISHED ESTABLISHED SYN-SENT',
    '0 client RST SYN-SENT SYN-SENT CLOSED',
    '1 client SYN SYN-SENT SYN-SENT SYN-RECEIVED',
    '1 server SYN,ACK SYN-RECEIVED SYN-RECEIVED ESTABLISHED',
    '1 client ACK ESTABLISHED ESTABLISHED ESTABLISHED',
  ]); // prettier-ignore
});

test('ports that are used again begin another connection', () => {
  for (const name of ['ports-used-again.pcap', 'ports-used-again-after-reset.pcap']) {
    const told = tellFile(name);
    expect([...new Set(told.map(({ conn }) => conn))]).toEqual([0, 1, 2]);
    expect(told.filter(({ flags }) => flags.join() === 'SYN').map(({ conn }) => conn)).toEqual([0, 1, 2]);
  }
});

test('a Fast Open server speaks in SYN-RECEIVED', () => {
  const data = tellFile('fast-open.pcap').find(({ from, len }) => from === 'server' && len > 0);
  expect(data).toMatchObject({ verdict: 'legal', sender: { before: 'SYN-RECEIVED', after: 'SYN-RECEIVED' } });
});

describe('one number of one segment is wrong', () => {
  const change = (name: string, n: number, altered: (seg: Segment) => Segment): Told[] =>
    tell(segmentsOf(octetsOf(name)).map((one) => (one.n === n ? { ...one, seg: altered(one.seg) } : one)));

  test.each(files.filter((name) => name.startsWith('close-') || name.startsWith('three-')))(
    'an acknowledgment of one too many is found wherever it is, and nothing else: %s',
    (name) => {
      for (const { n, seg } of segmentsOf(octetsOf(name))) {
        if (!(seg.flags & ACK)) continue;
        const told = change(name, n, (right) => ({ ...right, ack: (right.ack + 1) >>> 0 }));
        const wrong = told.filter(({ verdict }) => verdict === 'wrong');
        expect(wrong.map((one) => one.n)).toEqual([n]);
        expect(wrong[0]?.faults[0]).toMatchObject({
          field: 'ack',
          given: told[n]?.ack,
          needed: (told[n]?.ack ?? 0) - 1,
        });
      }
    },
  );

  test.each(files.filter((name) => name.startsWith('close-') || name.startsWith('three-')))(
    'a SYN in the middle, and a gap that nothing bears out: %s',
    (name) => {
      for (const { n, seg } of segmentsOf(octetsOf(name))) {
        if (seg.flags & SYN) continue;
        expect(change(name, n, (right) => ({ ...right, flags: right.flags | SYN }))[n]?.verdict).toBe(
          'wrong',
        );
        if (n === 4) continue; // the first of its socket: no identification before it can speak against a gap
        expect(change(name, n, (right) => ({ ...right, seq: (right.seq + 1) >>> 0 }))[n]?.verdict).toBe(
          'wrong',
        );
      }
    },
  );

  test.each<[what: string, name: string, n: number, altered: (seg: Segment) => Segment, fault: object]>([
    [
      'the SYN,ACK acknowledges the number of the SYN itself',
      'close-by-client.pcap', 1, (seg) => ({ ...seg, ack: seg.ack - 1 }), { field: 'ack', code: 'M01', given: 0, needed: 1 },
    ],
    [
      'the third segment does the same',
      'close-by-client.pcap', 2, (seg) => ({ ...seg, ack: seg.ack - 1 }), { field: 'ack', code: 'M01', given: 0, needed: 1 },
    ],
    [
      'the answer to the SYN has no SYN',
      'close-by-client.pcap', 1, (seg) => ({ ...seg, flags: ACK }), { field: 'flags', given: 'ACK', needed: 'SYN,ACK' },
    ],
    [
      'the answer to the SYN has no ACK',
      'close-by-client.pcap', 1, (seg) => ({ ...seg, flags: SYN, ack: 0 }), { field: 'flags', given: 'SYN', needed: 'SYN,ACK' },
    ],
    [
      'the ACK leaves out the FIN',
      'close-by-client.pcap', 8, (seg) => ({ ...seg, ack: seg.ack - 1 }), { field: 'ack', given: 12, needed: 13 },
    ],
    [
      'the last ACK leaves out the FIN',
      'close-by-server.pcap', 10, (seg) => ({ ...seg, ack: seg.ack - 1 }), { field: 'ack', given: 12, needed: 13 },
    ],
    [
      'a FIN skips a number',
      'close-by-client.pcap', 7, (seg) => ({ ...seg, seq: seg.seq + 1 }), { field: 'seq', given: 13, needed: 12 },
    ],
    [
      'a RST in the middle has a number of its own',
      'close-by-server.pcap', 6, (seg) => ({ ...seg, seq: seg.seq + 70, flags: RST }), { field: 'flags', given: 'RST' },
    ],
    [
      'a SYN in the middle has a number of its own',
      'close-by-server.pcap', 6, (seg) => ({ ...seg, seq: seg.seq + 5000, ack: 0, flags: SYN }), { field: 'flags', given: 'SYN' },
    ],
  ])('%s: that is what is wrong, and nothing else', (_, name, n, altered, fault) => {
    const wrong = change(name, n, altered).filter(({ verdict }) => verdict === 'wrong');
    expect(wrong.map((one) => one.n)).toEqual([n]);
    expect(wrong[0]?.faults).toHaveLength(1);
    expect(wrong[0]?.faults[0]).toMatchObject(fault);
  }); // prettier-ignore
});

test('a capture may begin in the middle of a connection', () => {
  for (const name of files) {
    const segments = segmentsOf(octetsOf(name)).filter(({ seg }) => !(seg.flags & SYN));
    const opening = tell(segments.map((one, n) => ({ ...one, n }))).slice(0, 3);
    for (const one of opening) expect(one.verdict, `${name} ${one.n}`).not.toBe('wrong');
  }
});

test.each<[name: string, from: number]>([
  ['half-close.pcap', 1], // a window of 64 octets if nobody knew that it may be scaled
  ['fast-open.pcap', 1],
  ['lost-syn-ack-client-side.pcap', 3],
  ['half-open-client-begins-again.pcap', 3],
  ['half-open-client-begins-again.pcap', 7],
])('%s is told rightly from segment %i on as well', (name, from) => {
  const late = segmentsOf(octetsOf(name)).slice(from);
  const told = tell(late.map((one, n) => ({ ...one, n })));
  expect(told.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
});

test('several connections are told apart, each by its client', () => {
  const packet = (sourcePort: number, destinationPort: number, flags: number, seq: number, ack: number) =>
    ({ octets: ethernet(0x0800, ipv4(tcp({ sourcePort, destinationPort, flags, seq, ack }))) }) as const;
  const file = pcap(1, [
    packet(5000, 80, SYN, 10, 0),
    packet(5001, 80, SYN, 20, 0),
    packet(5000, 81, SYN, 30, 0),
  ]);
  expect(tell(segmentsOf(file)).map(({ conn, from, seq }) => [conn, from, seq])).toEqual([
    [0, 'client', 0],
    [1, 'client', 0],
    [2, 'client', 0],
  ]);
});

test('whatever the octets of a capture, it is told to its end, every segment once and in order', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
      fc.nat(),
      (name, changes, cut) => {
        const octets = Uint8Array.from(octetsOf(name));
        for (const [at, octet] of changes) octets[24 + (at % (octets.length - 24))] = octet;
        const segments = segmentsOf(octets.subarray(0, octets.length - (cut % 200)));
        expect(tell(segments).map(({ n }) => n)).toEqual(segments.map((_, n) => n));
      },
    ),
    { numRuns: 150 },
  );
});

test('segments without sense are told to their end as well', () => {
  const seg = fc.record({
    seq: fc.oneof(fc.nat(40), fc.nat(0xffffffff)),
    ack: fc.oneof(fc.nat(40), fc.nat(0xffffffff)),
    flags: fc.nat(255),
    wnd: fc.nat(65_535),
    dataOctets: fc.nat(20),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(seg, fc.boolean(), fc.nat(1e9)), { maxLength: 60 }), (segments) => {
      const captured = segments.map(([one, fromClient, tNanos], n) =>
        capturedFrom(fromClient ? 'client' : 'server', { n, tNanos, seg: one }),
      );
      expect(tell(captured)).toHaveLength(captured.length);
    }),
    { numRuns: 120 },
  );
});
