import { expect, test } from 'vitest';
import { FIN } from '../tcp/segment.ts';
import type { CapturedSegment } from './captured-segment.ts';
import { files, octetsOf, path, segmentsOf, tell } from './tell.testing.ts';
import type { Told } from './told.ts';

type Part = readonly [name: string, segments: readonly CapturedSegment[]];

const wrongOf = (told: readonly Told[]): number[] =>
  told.filter(({ verdict }) => verdict === 'wrong').map(({ n }) => n);

/** What is left of a capture that begins late, ends early, or misses a segment or a side. */
function partsOf(all: readonly CapturedSegment[]): Part[] {
  return [
    ...all.map((_, at): Part => [`from ${at}`, all.slice(at)]),
    ...all.map((_, at): Part => [`to ${at}`, all.slice(0, at)]),
    ...all.map((_, at): Part => [`without ${at}`, all.toSpliced(at, 1)]),
    ...endsOf(all).map((end, i): Part => [`end ${i} alone`, all.filter(({ from }) => from === end)]),
  ];
}

/** What is left of a capture that misses a side from somewhere on, or until then. */
function partsWithOneSide(all: readonly CapturedSegment[]): Part[] {
  return endsOf(all).flatMap((end, i) =>
    all.flatMap((_, at): Part[] => [
      [`end ${i} alone from ${at}`, all.filter(({ from }, n) => n < at || from === end)],
      [`end ${i} alone to ${at}`, all.filter(({ from }, n) => n >= at || from === end)],
    ]),
  );
}

const endsOf = (all: readonly CapturedSegment[]): string[] => [...new Set(all.map(({ from }) => from))];

const blamedOf = (parts: readonly Part[]): string[] =>
  parts.filter(([, segments]) => wrongOf(tell(segments)).length > 0).map(([name]) => name);

/** Parts of which too little is left to tell that everything is right. */
const UNCLEAR: Readonly<Record<string, readonly string[]>> = {
  'data-lost-before-capture.pcap': ['end 1 alone'],
  'fast-open-lost-syn-ack.pcap': ['from 9', 'from 10', 'without 8', 'end 1 alone'],
  'fin-lost-ack-repeated.pcap': ['to 7', 'without 7'],
  'half-open-client-begins-again.pcap': ['without 11'],
  'late-after-reset.pcap': ['end 1 alone'],
  'late-data-refused.pcap': ['from 9'],
  'loss-and-reordering.pcap': ['to 6', 'to 7', 'to 8'],
  'ports-used-again.pcap': ['without 18'],
  'simultaneous-open.pcap': ['from 1', 'from 2', 'without 0', 'without 1', 'end 0 alone', 'end 1 alone'],
  'syn-again-after-reset.pcap': ['without 4', 'end 3 alone'],
};

test.each(files)('no kernel is blamed for what a capture leaves out: %s', (name) => {
  expect(blamedOf(partsOf(segmentsOf(octetsOf(name))))).toEqual(UNCLEAR[name] ?? []);
});

/** Some part of these is unclear. */
const UNCLEAR_WITH_ONE_SIDE: readonly string[] = [
  'ack-lost-data-sent-again.pcap',
  'acks-overtaken.pcap',
  'data-after-close-server-side.pcap',
  'data-lost-before-capture.pcap',
  'fast-open-lost-syn-ack.pcap',
  'fast-open.pcap',
  'fin-lost-ack-repeated.pcap',
  'half-open-client-begins-again.pcap',
  'keep-alive.pcap',
  'late-after-reset.pcap',
  'late-data-refused.pcap',
  'ports-used-again.pcap',
  'simultaneous-open.pcap',
  'snap-length-cuts-options-server-sends.pcap',
  'syn-again-after-reset.pcap',
  'third-ack-unseen.pcap',
  'unseen-fin-answered-twice.pcap',
  'window-filled.pcap',
];

test.each(files)('no kernel is blamed where one side is not seen for a while: %s', (name) => {
  const blamed = blamedOf(partsWithOneSide(segmentsOf(octetsOf(name))));
  if (UNCLEAR_WITH_ONE_SIDE.includes(name)) expect(blamed).not.toEqual([]);
  else expect(blamed).toEqual([]);
});

const oneDirection = (name: string): CapturedSegment[] => {
  const all = segmentsOf(octetsOf(name));
  return all.filter(({ from }) => from === all[0]?.from);
};

test.each([
  ['close-by-client.pcap', 'LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED'],
  ['close-by-server.pcap', 'LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT'],
])('a server whose answers were not captured goes through its states all the same: %s', (name, server) => {
  expect(path(tell(oneDirection(name)), 'server')).toBe(server);
});

test('a client whose FIN was never seen to be acknowledged is in TIME-WAIT once it acknowledges that of the server', () => {
  expect(path(tell(oneDirection('close-by-client.pcap')), 'client')).toBe(
    'CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 TIME-WAIT',
  );
});

test('a keep-alive is one though the ACK of what went before it was not captured', () => {
  const all = segmentsOf(octetsOf('keep-alive.pcap'));
  const told = tell(all.filter(({ from }, n) => n >= 8 || from === all[0]?.from));
  expect(told[4]).toMatchObject({ verdict: 'legal', kind: 'keep-alive' });
});

test('over IPv6 nothing is numbered but the stream, and a gap is borne out by what goes on behind it', () => {
  const all = segmentsOf(octetsOf('ipv6.pcap'));
  expect(wrongOf(tell(all.toSpliced(3, 3)))).toEqual([]);
});

test('an acknowledgment of what is never sent is found, though the peer skips numbers later', () => {
  const all = segmentsOf(octetsOf('data-lost-before-capture.pcap'));
  const beyond = all.map((one) =>
    one.n === 10 ? { ...one, seg: { ...one.seg, ack: one.seg.ack + 1000 } } : one,
  );
  expect(wrongOf(tell(beyond))).toEqual([10]);
});

test('an end that goes on after its FIN is wrong, and not its peer, who takes all of that as it comes', () => {
  const all = segmentsOf(octetsOf('acks-overtaken.pcap'));
  const withFin = all.map((one) =>
    one.n === 4 ? { ...one, seg: { ...one.seg, flags: one.seg.flags | FIN } } : one,
  );
  const told = tell(withFin);
  expect(wrongOf(told)).toEqual([6, 9, 11]);
  expect(wrongOf(told.filter(({ from }) => from === 'client'))).toEqual([]);
});
