/** Builds the octets of captures for tests, independently of the reader and the writer. */

export interface Packet {
  readonly seq?: number;
  readonly ack?: number;
  readonly flags: number;
  readonly wnd?: number;
  readonly dataOctets?: number;
  readonly options?: readonly number[];
  readonly sourcePort?: number;
  readonly destinationPort?: number;
}

const be16 = (n: number): number[] => [(n >>> 8) & 255, n & 255];
const be32 = (n: number): number[] => [...be16(n >>> 16), ...be16(n & 0xffff)];
const le16 = (n: number): number[] => be16(n).reverse();
const le32 = (n: number): number[] => be32(n).reverse();

export function tcp(packet: Packet): number[] {
  const options = [...(packet.options ?? [])];
  while (options.length % 4) options.push(0);
  return [
    ...be16(packet.sourcePort ?? 40_000),
    ...be16(packet.destinationPort ?? 7_000),
    ...be32(packet.seq ?? 0),
    ...be32(packet.ack ?? 0),
    ((20 + options.length) / 4) << 4,
    packet.flags,
    ...be16(packet.wnd ?? 65_535),
    0, 0, 0, 0,
    ...options,
    ...new Array<number>(packet.dataOctets ?? 0).fill(0x61),
  ]; // prettier-ignore
}

export interface Ipv4Options {
  readonly totalOctets?: number;
  readonly options?: readonly number[];
  readonly fragmentOffset?: number;
  readonly id?: number;
  readonly protocol?: number;
}

export function ipv4(payload: readonly number[], ip: Ipv4Options = {}): number[] {
  const options = ip.options ?? [];
  const headerOctets = 20 + options.length;
  return [
    0x40 | (headerOctets / 4), 0,
    ...be16(ip.totalOctets ?? headerOctets + payload.length),
    ...be16(ip.id ?? 1), ...be16(ip.fragmentOffset ?? 0),
    64, ip.protocol ?? 6, 0, 0,
    10, 9, 0, 1, 10, 9, 0, 2,
    ...options,
    ...payload,
  ]; // prettier-ignore
}

/** `extensions`: next-header numbers with the octets of each header, whose first octet is filled in here. */
export function ipv6(
  payload: readonly number[],
  extensions: readonly { readonly type: number; readonly octets: readonly number[] }[] = [],
  payloadOctets?: number,
): number[] {
  const types = [...extensions.map((extension) => extension.type), 6];
  const headers = extensions.flatMap(({ octets }, i) => [types[i + 1] ?? 6, ...octets.slice(1)]);
  const address = (last: number): number[] => [0xfd, ...new Array<number>(14).fill(0), last];
  return [
    0x60, 0, 0, 0,
    ...be16(payloadOctets ?? headers.length + payload.length),
    types[0] ?? 6, 64,
    ...address(1), ...address(2),
    ...headers,
    ...payload,
  ]; // prettier-ignore
}

const MACS = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];

export function ethernet(
  etherType: number,
  payload: readonly number[],
  vlans: readonly number[] = [],
): number[] {
  const tags = vlans.flatMap((tag) => [...be16(tag), 0, 5]);
  return [...MACS, ...tags, ...be16(etherType), ...payload];
}

export interface Record {
  readonly octets: readonly number[];
  readonly sec?: number;
  readonly fraction?: number;
  /** What the frame had on the wire, if the record holds less. */
  readonly wireOctets?: number;
}

export function pcap(
  linkType: number,
  records: readonly Record[],
  { bigEndian = false, magic = 0xa1b2c3d4 }: { bigEndian?: boolean; magic?: number } = {},
): Uint8Array {
  const n16 = bigEndian ? be16 : le16;
  const n32 = bigEndian ? be32 : le32;
  return Uint8Array.from([
    ...n32(magic), ...n16(2), ...n16(4), ...n32(0), ...n32(0), ...n32(262_144), ...n32(linkType),
    ...records.flatMap(({ octets, sec = 1, fraction = 0, wireOctets }) => [
      ...n32(sec), ...n32(fraction), ...n32(octets.length), ...n32(wireOctets ?? octets.length), ...octets,
    ]),
  ]); // prettier-ignore
}

/** Writes pcapng blocks in one byte order. */
export function pcapngBlocks(bigEndian: boolean) {
  const n16 = bigEndian ? be16 : le16;
  const n32 = bigEndian ? be32 : le32;
  const pad = (octets: readonly number[]): number[] => [
    ...octets,
    ...new Array<number>((4 - (octets.length % 4)) % 4).fill(0),
  ];
  const block = (type: number, body: readonly number[]): number[] => {
    const padded = pad(body);
    return [...n32(type), ...n32(padded.length + 12), ...padded, ...n32(padded.length + 12)];
  };
  const option = (code: number, octets: readonly number[]): number[] => [
    ...n16(code),
    ...n16(octets.length),
    ...pad(octets),
  ];
  const packet = (octets: readonly number[], wireOctets?: number): number[] => [
    ...n32(octets.length),
    ...n32(wireOctets ?? octets.length),
    ...pad(octets),
  ];
  return {
    block,
    section: () =>
      block(0x0a0d0d0a, [...n32(0x1a2b3c4d), ...n16(1), ...n16(0), ...n32(0xffffffff), ...n32(0xffffffff)]),
    description: (linkType: number, resolution?: number, snapOctets = 0) =>
      block(1, [
        ...n16(linkType),
        ...n16(0),
        ...n32(snapOctets),
        ...option(2, [0x65, 0x74, 0x68, 0x30, 0x31]),
        ...(resolution === undefined ? [] : option(9, [resolution])),
        ...option(0, []),
      ]),
    enhanced: (on: number, high: number, low: number, octets: readonly number[], wireOctets?: number) =>
      block(6, [
        ...n32(on),
        ...n32(high),
        ...n32(low),
        ...packet(octets, wireOctets),
        ...option(1, [0x68, 0x69]),
        ...option(0, []),
      ]),
    simple: (octets: readonly number[], wireOctets?: number) =>
      block(3, [...n32(wireOctets ?? octets.length), ...octets]),
    old: (on: number, high: number, low: number, octets: readonly number[]) =>
      block(2, [...n16(on), ...n16(0xffff), ...n32(high), ...n32(low), ...packet(octets)]),
  };
}
