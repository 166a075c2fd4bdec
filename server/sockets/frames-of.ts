import { FIN_TEXT } from './websocket.ts';

/** The WebSocket frames of some texts, one after the other in one piece. */
export function framesOf(texts: readonly string[]): Buffer {
  let octets = 0;
  const lengths = texts.map((text) => {
    const length = Buffer.byteLength(text);
    octets += headOf(length) + length;
    return length;
  });
  const frames = Buffer.allocUnsafe(octets);
  let at = 0;
  for (const [i, text] of texts.entries()) {
    const length = lengths[i] as number;
    const head = headOf(length);
    frames[at] = FIN_TEXT;
    if (head === 2) {
      frames[at + 1] = length;
    } else if (head === 4) {
      frames[at + 1] = 126;
      frames.writeUInt16BE(length, at + 2);
    } else {
      frames[at + 1] = 127;
      frames.writeUInt32BE(0, at + 2);
      frames.writeUInt32BE(length, at + 6);
    }
    frames.write(text, at + head);
    at += head + length;
  }
  return frames;
}

function headOf(length: number): number {
  return length < 126 ? 2 : length < 0x10000 ? 4 : 10;
}
