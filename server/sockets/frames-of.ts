import { frameHead } from './frame-head.ts';

/** The WebSocket frames of some texts, one after the other in one piece. */
export function framesOf(texts: readonly string[]): Buffer {
  let octets = 0;
  const heads = texts.map((text) => {
    const length = Buffer.byteLength(text);
    const head = frameHead(length);
    octets += head.length + length;
    return head;
  });
  const frames = Buffer.allocUnsafe(octets);
  let at = 0;
  for (const [i, text] of texts.entries()) {
    at += frames.write(heads[i] as string, at, 'latin1');
    at += frames.write(text, at);
  }
  return frames;
}
