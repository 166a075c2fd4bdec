import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACK, PSH, SYN } from '../tcp/segment.ts';
import { ethernet, ipv4, ipv6, pcap, pcapngBlocks, tcp } from './capture-builder.testing.ts';
import type { CapturedSegment } from './captured-segment.ts';
import { segmentReader } from './segment-reader.ts';

function read(file: Uint8Array, chunkOctets = file.length || 1) {
  const segments: CapturedSegment[] = [];
  const reader = segmentReader((segment) => segments.push(segment));
  for (let at = 0; at < file.length; at += chunkOctets) reader.feed(file.slice(at, at + chunkOctets));
  return { segments, ended: reader.end() };
}

const SEGMENT = tcp({ seq: 0xfffffffe, ack: 7, flags: PSH | ACK, wnd: 512, dataOctets: 3 });
const EXPECTED = { seq: 0xfffffffe, ack: 7, flags: PSH | ACK, wnd: 512, dataOctets: 3 };
const COOKED_V1 = [0, 4, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0];
const COOKED_V2 = (protocol: number[]) => [...protocol, 0, 0, 0, 0, 0, 1, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0];

describe('link types', () => {
  test.each<[string, number, number[]]>([
    ['Ethernet', 1, ethernet(0x0800, ipv4(SEGMENT))],
    ['Ethernet with IPv6', 1, ethernet(0x86dd, ipv6(SEGMENT))],
    ['one VLAN tag', 1, ethernet(0x0800, ipv4(SEGMENT), [0x8100])],
    ['two VLAN tags', 1, ethernet(0x0800, ipv4(SEGMENT), [0x88a8, 0x8100])],
    ['three VLAN tags of the old kind', 1, ethernet(0x86dd, ipv6(SEGMENT), [0x9100, 0x9200, 0x8100])],
    ['802.3 with SNAP', 1, ethernet(100, [0xaa, 0xaa, 3, 0, 0, 0, 8, 0, ...ipv4(SEGMENT)])],
    ['raw IP', 101, ipv4(SEGMENT)],
    ['raw IP, version 6', 101, ipv6(SEGMENT)],
    ['raw IP as number 12', 12, ipv4(SEGMENT)],
    ['raw IP as number 14', 14, ipv6(SEGMENT)],
    ['IPv4', 228, ipv4(SEGMENT)],
    ['IPv6', 229, ipv6(SEGMENT)],
    ['Linux cooked v1', 113, [...COOKED_V1, 8, 0, ...ipv4(SEGMENT)]],
    ['Linux cooked v1 with a VLAN tag', 113, [...COOKED_V1, 0x81, 0, 0, 5, 0x86, 0xdd, ...ipv6(SEGMENT)]],
    ['Linux cooked v2', 276, [...COOKED_V2([8, 0]), ...ipv4(SEGMENT)]],
    ['Linux cooked v2 with a VLAN tag', 276, [...COOKED_V2([0x81, 0]), 0, 5, 8, 0, ...ipv4(SEGMENT)]],
    ['loopback, little-endian family', 0, [2, 0, 0, 0, ...ipv4(SEGMENT)]],
    ['loopback, big-endian family', 0, [0, 0, 0, 30, ...ipv6(SEGMENT)]],
    ['OpenBSD loopback', 108, [0, 0, 0, 2, ...ipv4(SEGMENT)]],
  ])('%s', (_, linkType, octets) => {
    const { segments, ended } = read(pcap(linkType, [{ octets }]));
    expect(ended).toMatchObject({ ok: true, value: { segments: 1, end: { how: 'whole' } } });
    expect(segments[0]).toMatchObject({ n: 0, seg: EXPECTED, fromPort: 40_000, toPort: 7_000 });
  });

  test('cooked frames tell which way they went', () => {
    const out = read(pcap(113, [{ octets: [...COOKED_V1, 8, 0, ...ipv4(SEGMENT)] }])).segments[0];
    const into = read(pcap(113, [{ octets: [0, 0, ...COOKED_V1.slice(2), 8, 0, ...ipv4(SEGMENT)] }]))
      .segments[0];
    expect([out?.direction, into?.direction]).toEqual(['out', 'in']);
  });

  test('a link type that is not known is refused with its number', () => {
    const { ended } = read(pcap(105, [{ octets: [1, 2, 3] }]));
    expect(ended).toEqual({ ok: false, error: { code: 'capture/link-type', linkType: 105 } });
  });
});

describe('IP', () => {
  const one = (octets: number[], wireOctets?: number) =>
    read(pcap(101, [wireOctets === undefined ? { octets } : { octets, wireOctets }])).segments[0]?.seg
      .dataOctets;

  test('options of IPv4 are stepped over', () =>
    expect(one(ipv4(SEGMENT, { options: [1, 1, 1, 1] }))).toBe(3));

  test('the padding of a short Ethernet frame is no payload', () => {
    const bare = ethernet(0x0800, ipv4(tcp({ flags: SYN })));
    const { segments } = read(pcap(1, [{ octets: [...bare, 0, 0, 0, 0, 0, 0] }]));
    expect(segments[0]?.seg.dataOctets).toBe(0);
  });

  test('a segment that the snap length cut keeps its length', () => {
    const whole = ipv4(tcp({ flags: ACK, dataOctets: 1000 }));
    expect(one(whole.slice(0, 44), whole.length)).toBe(1000);
  });

  test('a total length of 0 means that the card was to cut it up: the frame tells the length', () => {
    expect(one(ipv4(tcp({ flags: ACK, dataOctets: 100 }), { totalOctets: 0 }), 40 + 70_000)).toBe(70_000);
    expect(one(ipv6(tcp({ flags: ACK, dataOctets: 100 }), [], 0), 60 + 70_000)).toBe(70_000);
  });

  test('extension headers of IPv6 are stepped over', () => {
    const extensions = [
      { type: 0, octets: [0, 0, 0, 0, 0, 0, 0, 0] },
      { type: 43, octets: [0, 1, ...new Array<number>(14).fill(0)] },
      { type: 60, octets: [0, 0, 1, 4, 0, 0, 0, 0] },
      { type: 51, octets: [0, 4, ...new Array<number>(22).fill(0)] },
      { type: 44, octets: [0, 0, 0, 1, 0, 0, 0, 9] },
    ];
    expect(one(ipv6(SEGMENT, extensions))).toBe(3);
  });

  test('what is left out is counted by reason', () => {
    const { ended } = read(
      pcap(101, [
        { octets: ipv4(SEGMENT, { fragmentOffset: 100 }) },
        { octets: ipv4(SEGMENT, { protocol: 17 }) },
        { octets: ipv4(SEGMENT).slice(0, 30), wireOctets: 43 },
        { octets: ipv4(SEGMENT, { totalOctets: 30 }) },
        { octets: [] },
      ]),
    );
    expect(ended).toMatchObject({
      value: { segments: 0, leftOut: { fragment: 1, other: 1, cut: 2, malformed: 1, 'link-type': 0 } },
    });
  });
});

test('TCP options are read, and what follows an impossible length is not', () => {
  const options = [2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 1, 0, 0, 0, 2, 0, 1, 3, 3, 7, 34, 2];
  const syn = read(pcap(101, [{ octets: ipv4(tcp({ flags: SYN, options })) }])).segments[0]?.options;
  expect(syn).toEqual({
    mss: 1460,
    windowShift: 7,
    sackPermitted: true,
    sack: [],
    tsVal: 256,
    tsEcr: 512,
    fastOpen: true,
    areCut: false,
  });
  const sack = [1, 1, 5, 10, 0, 0, 0, 9, 0, 0, 0, 12];
  expect(
    read(pcap(101, [{ octets: ipv4(tcp({ flags: ACK, options: sack })) }])).segments[0]?.options.sack,
  ).toEqual([9, 12]);
  const broken = [1, 3, 0, 7];
  expect(
    read(pcap(101, [{ octets: ipv4(tcp({ flags: SYN, options: broken })) }])).segments[0]?.options
      .windowShift,
  ).toBeNull();
});

describe('classic pcap', () => {
  const records = [
    { octets: ipv4(SEGMENT), sec: 100, fraction: 999_999 },
    { octets: ipv4(SEGMENT), sec: 101, fraction: 1 },
  ];

  test.each([
    ['little-endian microseconds', false, 0xa1b2c3d4, 2000],
    ['big-endian microseconds', true, 0xa1b2c3d4, 2000],
    ['little-endian nanoseconds', false, 0xa1b23c4d, 1e9 - 999_998],
    ['big-endian nanoseconds', true, 0xa1b23c4d, 1e9 - 999_998],
  ])('%s', (_, bigEndian, magic, afterNanos) => {
    const { segments } = read(pcap(101, records, { bigEndian, magic }));
    expect(segments.map(({ n, tNanos }) => [n, tNanos])).toEqual([[0, 0], [1, afterNanos]]); // prettier-ignore
  });

  test('a file that is cut anywhere gives the segments before the cut, and says that it is cut', () => {
    const file = pcap(101, records);
    const recordOctets = 16 + 43;
    for (let octets = 24; octets < file.length; octets++) {
      const { segments, ended } = read(file.slice(0, octets));
      const whole = (octets - 24) % recordOctets === 0;
      expect(segments).toHaveLength(Math.floor((octets - 24) / recordOctets));
      expect(ended).toMatchObject({ value: { end: { how: whole ? 'whole' : 'cut' } } });
    }
  });

  test('what follows an impossible record is left out', () => {
    const file = pcap(101, [...records, { octets: [] }]);
    file.set([0xff, 0xff, 0xff, 0x7f], file.length - 8);
    const { segments, ended } = read(file);
    expect(segments).toHaveLength(2);
    expect(ended).toMatchObject({ value: { end: { how: 'damaged' } } });
  });
});

describe('pcapng', () => {
  const IP = ipv4(SEGMENT);

  test.each([false, true])(
    'every kind of block, several interfaces and sections (big-endian: %s)',
    (bigEndian) => {
      const w = pcapngBlocks(bigEndian);
      const other = pcapngBlocks(!bigEndian);
      const file = Uint8Array.from([
        ...w.section(),
        ...w.description(101),
        ...w.block(0x0bad, [1, 2, 3, 4, 5]),
        ...w.enhanced(0, 0, 1_000_000, IP),
        ...w.description(1, 9),
        ...w.enhanced(1, 0, 1_500_000_000, ethernet(0x0800, IP)),
        ...w.old(0, 0, 2_000_000, IP),
        ...w.simple(IP),
        ...w.enhanced(7, 0, 0, IP), // an interface that nobody described
        ...other.section(),
        ...other.description(113, 0x80 | 10),
        ...other.enhanced(0, 0, 3 * 1024, [...COOKED_V1, 8, 0, ...IP]),
      ]);
      for (const chunkOctets of [1, 5, file.length]) {
        const { segments, ended } = read(file, chunkOctets);
        expect(ended).toMatchObject({ ok: true, value: { end: { how: 'whole' } } });
        expect(segments.map(({ tNanos }) => tNanos / 1e9)).toEqual([0, 0.5, 1, 1, 2]);
        expect(segments.every(({ seg }) => seg.dataOctets === 3)).toBe(true);
      }
    },
  );

  test('nanoseconds since the epoch keep their last digit', () => {
    const w = pcapngBlocks(false);
    const at = (nanos: bigint) => w.enhanced(0, Number(nanos >> 32n), Number(nanos & 0xffffffffn), IP);
    const file = [
      ...w.section(),
      ...w.description(101, 9),
      ...at(1_700_000_000_000_000_001n),
      ...at(1_700_000_000_000_000_004n),
    ];
    expect(read(Uint8Array.from(file)).segments.map(({ tNanos }) => tNanos)).toEqual([0, 3]);
  });

  test('a simple packet is as long as the snap length lets it be', () => {
    const w = pcapngBlocks(false);
    const file = [...w.section(), ...w.description(101, undefined, 44), ...w.simple(IP.slice(0, 44), 1040)];
    expect(read(Uint8Array.from(file)).segments).toHaveLength(1);
  });
});

describe('a file that is no capture is refused', () => {
  test.each<[string, number[], object]>([
    ['nothing', [], { code: 'capture/empty' }],
    [
      'text',
      [...'{"n":0}'].map((c) => c.charCodeAt(0)),
      { code: 'capture/not-a-capture', looksLike: 'text' },
    ],
    ['gzip', [0x1f, 0x8b, 8, 0, 0], { code: 'capture/not-a-capture', looksLike: 'gzip; unpack it first' }],
    ['noise', [1, 2, 3, 4, 5], { code: 'capture/not-a-capture', looksLike: null }],
    ['half a header', [0xd4, 0xc3, 0xb2, 0xa1, 2, 0], { code: 'capture/cut-header' }],
    ['a section without byte order', [10, 13, 13, 10, 28, 0, 0, 0, 9, 9, 9, 9], { code: 'capture/damaged' }],
  ])('%s', (_, octets, error) => {
    expect(read(Uint8Array.from(octets)).ended).toMatchObject({ ok: false, error });
  });
});

test('octets of any kind are read to their end', () => {
  const beginnings = fc.constantFrom(
    [],
    [0xd4, 0xc3, 0xb2, 0xa1],
    [0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a],
  );
  fc.assert(
    fc.property(
      beginnings,
      fc.uint8Array({ maxLength: 400 }),
      fc.integer({ min: 1, max: 50 }),
      (begin, rest, chunk) => {
        const { segments, ended } = read(Uint8Array.from([...begin, ...rest]), chunk);
        expect(ended.ok ? ended.value.segments : 0).toBe(segments.length);
      },
    ),
    { numRuns: 500 },
  );
});
