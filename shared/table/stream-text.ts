import { seqAdd, seqDiff } from '../tcp/seq.ts';
import { SYN, has } from '../tcp/segment.ts';
import type { Segment } from '../tcp/segment.ts';
import { codePointOctets, textOctets } from '../tcp/text.ts';

/** The octets that an application has written to one connection, as the text they are (UTF-8). */
export interface StreamText {
  readonly text: string;
  readonly octets: number;
}

export const NOTHING_WRITTEN: StreamText = { text: '', octets: 0 };

export function write(stream: StreamText, text: string): StreamText {
  return { text: stream.text + text, octets: stream.octets + textOctets(text) };
}

/**
 * The characters of which the first octet is among `octets` octets from `from`. A character that a cut
 * divides belongs to the piece in which it begins, so that pieces put together are the text.
 */
export function slice(stream: StreamText, from: number, octets: number): string {
  const piece: string[] = [];
  let at = 0;
  for (const character of stream.text) {
    if (at >= from + octets) break;
    if (at >= from) piece.push(character);
    at += codePointOctets(character.codePointAt(0) ?? 0);
  }
  // At once: V8 keeps what was added up as a chain of its characters, and what was cut out with all that it
  // was cut from.
  return piece.join('');
}

/**
 * The segment with the text that its octets are by their place in the stream (so a retransmission carries
 * what the original did), and without one if it claims octets that were never written. What a sender said of
 * the text is not asked.
 */
export function withText(seg: Segment, iss: number, stream: StreamText): Segment {
  const { seq, ack, flags, wnd, dataOctets } = seg;
  const first = has(seg, SYN) ? seqAdd(seq, 1) : seq;
  const offset = seqDiff(first, seqAdd(iss, 1));
  if (dataOctets === 0 || offset < 0 || offset + dataOctets > stream.octets) {
    return { seq, ack, flags, wnd, dataOctets };
  }
  return { seq, ack, flags, wnd, dataOctets, text: slice(stream, offset, dataOctets) };
}
