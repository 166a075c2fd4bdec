const MASK = [0xa1, 0x02, 0xf3, 0x74];

/**
 * A frame as a client sends it (RFC 6455 §5.2): of text and the only one of its message, unless `first` says
 * something else.
 */
export function clientFrame(text: string | Buffer, { first = 0x81, masked = true } = {}): Buffer {
  const data = Buffer.from(text);
  const head = Buffer.alloc(data.length < 126 ? 2 : data.length < 0x10000 ? 4 : 10);
  head[0] = first;
  head[1] = data.length < 126 ? data.length : data.length < 0x10000 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(data.length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(data.length), 2);
  if (!masked) return Buffer.concat([head, data]);
  head[1] |= 0x80;
  return Buffer.concat([head, Buffer.from(MASK), data.map((octet, i) => octet ^ (MASK[i & 3] as number))]);
}
