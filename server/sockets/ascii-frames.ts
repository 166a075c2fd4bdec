import { frameHead } from './frame-head.ts';

/** Longer texts are rare, and what is written in one piece and is longer than 16 KB Node copies once more. */
const MOST_OCTETS = 4095;

const heads: (string | undefined)[] = [];

/**
 * The same as `framesOf` for texts of ASCII alone, as a string with a character for each octet: to be written
 * as latin1, which takes a command 2 % less than to fill a buffer with it (both by turns in one server, 200
 * and 1000 clients). Null if a text holds anything else, or is longer than 4095 octets.
 */
export function asciiFramesOf(texts: readonly string[]): string | null {
  let frames = '';
  let notAscii = 0;
  for (const text of texts) {
    const { length } = text;
    if (length > MOST_OCTETS) return null;
    frames += headOf(length) + text;
    notAscii += 1 + (isAscii(length) ? 0 : 1);
  }
  // As UTF-8, whatever is not ASCII takes an octet more at least: then only the heads may hold such.
  return Buffer.byteLength(frames) === frames.length + notAscii ? frames : null;
}

/** Of a length below 4096 only the last octet can be none of ASCII. */
function isAscii(length: number): boolean {
  return length < 126 || (length & 0x80) === 0;
}

/** Made once for each length: nearly all frames are made here. */
function headOf(length: number): string {
  return (heads[length] ??= frameHead(length));
}
