import { writePcapng } from '../../../shared/capture/write-pcapng.ts';
import type { Side } from '../../../shared/scenario/types.ts';
import { flagNames, segLen } from '../../../shared/tcp/segment.ts';
import type { Segment } from '../../../shared/tcp/segment.ts';

/** One field as Wireshark's tree shows it, and the octets of the datagram it stands in: [from, to). */
export interface WireField {
  /** The field's name, as in the RFC and in Wireshark; not translated. */
  readonly name: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
  /** 0: a header; 1: one of its fields; 2: a part of a field. */
  readonly depth: 0 | 1 | 2;
}

export interface OnTheWire {
  /** The whole IPv4 datagram. */
  readonly octets: Uint8Array;
  readonly fields: readonly WireField[];
}

const IP_OCTETS = 20;
const TCP_OCTETS = 20;
const ENHANCED_PACKET = 6;
const FLAG_BITS = ['CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'] as const;

/** A segment as it stands in the capture that the debrief offers: the same octets, told field by field. */
export function onTheWire(seg: Segment, from: Side): OnTheWire {
  const octets = datagramIn(writePcapng([{ at: 0, from, seg }]));
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const address = (at: number) => [0, 1, 2, 3].map((i) => view.getUint8(at + i)).join('.');
  const hex = (at: number) => `0x${view.getUint16(at).toString(16).padStart(4, '0')}`;
  const field = (
    depth: 1 | 2,
    name: string,
    value: string | number,
    at: number,
    length: number,
  ): WireField => ({
    name,
    value: String(value),
    from: at,
    to: at + length,
    depth,
  });
  const tcp = IP_OCTETS;
  const data = tcp + TCP_OCTETS;
  const names = flagNames(seg.flags).join(', ') || '–';
  return {
    octets,
    fields: [
      {
        name: 'Internet Protocol Version 4',
        value: `${address(12)} → ${address(16)}`,
        from: 0,
        to: tcp,
        depth: 0,
      },
      field(1, 'Total Length', view.getUint16(2), 2, 2),
      field(1, 'Identification', hex(4), 4, 2),
      field(1, 'Time to Live', view.getUint8(8), 8, 1),
      field(1, 'Protocol', 'TCP (6)', 9, 1),
      field(1, 'Header Checksum', hex(10), 10, 2),
      field(1, 'Source Address', address(12), 12, 4),
      field(1, 'Destination Address', address(16), 16, 4),
      { name: 'Transmission Control Protocol', value: `[${names}]`, from: tcp, to: octets.length, depth: 0 },
      field(1, 'Source Port', view.getUint16(tcp), tcp, 2),
      field(1, 'Destination Port', view.getUint16(tcp + 2), tcp + 2, 2),
      field(1, 'Sequence Number', view.getUint32(tcp + 4), tcp + 4, 4),
      field(1, 'Acknowledgment Number', view.getUint32(tcp + 8), tcp + 8, 4),
      field(1, 'Data Offset', `${view.getUint8(tcp + 12) >> 4} × 4`, tcp + 12, 1),
      field(1, 'Flags', `0x${seg.flags.toString(16).padStart(3, '0')} (${names})`, tcp + 13, 1),
      ...FLAG_BITS.map((name, i) => field(2, name, (seg.flags >> (7 - i)) & 1, tcp + 13, 1)),
      field(1, 'Window', view.getUint16(tcp + 14), tcp + 14, 2),
      field(1, 'Checksum', hex(tcp + 16), tcp + 16, 2),
      field(1, 'Urgent Pointer', view.getUint16(tcp + 18), tcp + 18, 2),
      ...(octets.length > data
        ? [field(1, 'Data', `${octets.length - data}`, data, octets.length - data)]
        : []),
      field(1, '[SEG.LEN]', segLen(seg), tcp, 0),
    ],
  };
}

/** The datagram of a capture's only packet. */
function datagramIn(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  while (view.getUint32(at, true) !== ENHANCED_PACKET) at += view.getUint32(at + 4, true);
  const length = view.getUint32(at + 20, true);
  return file.subarray(at + 28, at + 28 + length);
}
