import { m } from '../paraglide/messages.js';

/** Lines as they are read aloud one after the other: each comes to its end, and to one only. */
export function sentences(lines: readonly string[]): string {
  return lines.map((line) => (/[.!?…。！？]$/u.test(line) ? line : line + m.tell_stop())).join(' ');
}
