import { FIN_TEXT } from './websocket.ts';

/**
 * A message of Socket.IO as it stands in a frame: the number its answer is to carry (null: none is asked
 * for), and its JSON.
 */
export interface PlainMessage {
  readonly id: number | null;
  readonly json: string;
}

/** Of a frame's second octet (RFC 6455 §5.2): a mask comes before the data. */
const MASKED = 0x80;
/** A length in the second octet that says: the length is in the next two. */
const LENGTH_FOLLOWS = 126;
const MASK_OCTETS = 4;
const MOST_DIGITS = 15;
const ARRAY = '['.charCodeAt(0);

/** Where a frame is unmasked: what was read stays as it was, for whoever else has to read it. */
const unmasked = Buffer.allocUnsafe(4096);

/**
 * The messages in what was read from a client, if these are whole frames of ASCII text, not longer than 4 KB,
 * each a message by itself that begins with `head`. Null if anything is different: then it is for those who
 * know the whole of RFC 6455 and of Socket.IO.
 */
export function plainMessages(read: Buffer, head: string): readonly PlainMessage[] | null {
  const messages: PlainMessage[] = [];
  for (let at = 0; at < read.length;) {
    const second = read[at + 1];
    if (read[at] !== FIN_TEXT || second === undefined || (second & MASKED) === 0) return null;
    let octets = second & ~MASKED;
    at += 2;
    if (octets > LENGTH_FOLLOWS) return null;
    if (octets === LENGTH_FOLLOWS) {
      if (read.length < at + 2) return null;
      octets = read.readUInt16BE(at);
      at += 2;
    }
    const end = at + MASK_OCTETS + octets;
    if (octets > unmasked.length || end > read.length || !unmaskAscii(read, at, octets)) return null;
    const message = messageOf(octets, head);
    if (message === null) return null;
    messages.push(message);
    at = end;
  }
  return messages;
}

/**
 * From the frame whose mask is at `maskAt` into `unmasked`. False: it is not all ASCII, and may be no UTF-8
 * either.
 */
function unmaskAscii(read: Buffer, maskAt: number, octets: number): boolean {
  const begin = maskAt + MASK_OCTETS;
  let bits = 0;
  for (let i = 0; i < octets; i++) {
    const octet = (read[begin + i] as number) ^ (read[maskAt + (i & 3)] as number);
    bits |= octet;
    unmasked[i] = octet;
  }
  return bits < 0x80;
}

function messageOf(octets: number, head: string): PlainMessage | null {
  if (octets < head.length) return null;
  for (let i = 0; i < head.length; i++) if (unmasked[i] !== head.charCodeAt(i)) return null;
  let at = head.length;
  let id = 0;
  for (; at < octets; at++) {
    const digit = (unmasked[at] as number) - 0x30;
    if (digit < 0 || digit > 9) break;
    id = id * 10 + digit;
  }
  const digits = at - head.length;
  if (digits > MOST_DIGITS || unmasked[at] !== ARRAY || at === octets) return null;
  return { id: digits === 0 ? null : id, json: unmasked.toString('latin1', at, octets) };
}
