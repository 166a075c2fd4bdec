/** Of a WebSocket frame that is the only one of its message and holds text (RFC 6455 §5.2). */
const FIN_TEXT = 0x81;
/** Engine.IO's packet of type message. */
const MESSAGE = 0x34;

/** The WebSocket frame of an Engine.IO message, as one piece. */
export function frameOf(message: string): Buffer {
  const length = Buffer.byteLength(message) + 1;
  const head = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = FIN_TEXT;
  if (head === 2) {
    frame[1] = length;
  } else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  frame[head] = MESSAGE;
  frame.write(message, head + 1);
  return frame;
}
