/** Unsigned 16 bits at an offset; what lies behind the end counts as 0. */
export function u16(octets: Uint8Array, at: number, littleEndian = false): number {
  const first = octets[at] ?? 0;
  const second = octets[at + 1] ?? 0;
  return littleEndian ? (second << 8) | first : (first << 8) | second;
}

/** Unsigned 32 bits at an offset; what lies behind the end counts as 0. */
export function u32(octets: Uint8Array, at: number, littleEndian = false): number {
  const high = u16(octets, littleEndian ? at + 2 : at, littleEndian);
  const low = u16(octets, littleEndian ? at : at + 2, littleEndian);
  return ((high << 16) | low) >>> 0;
}
