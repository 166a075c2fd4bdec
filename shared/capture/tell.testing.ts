/** Real captures between kernels, and what is told of them or of parts of them. */
import { readdirSync, readFileSync } from 'node:fs';
import type { CapturedSegment } from './captured-segment.ts';
import { NO_OPTIONS } from './read-segment.ts';
import { segmentReader } from './segment-reader.ts';
import { teller } from './teller.ts';
import type { Side, Told } from './told.ts';

const folder = new URL('./testdata/', import.meta.url);

const capturesIn = (path: string): string[] =>
  readdirSync(new URL(path, folder)).filter((name) => name.endsWith('.pcap'));

export const files = capturesIn('.');

/**
 * From links that lost, delayed and reordered much, and from ends that shrank windows and aborted: what is
 * left out of these is past telling.
 */
export const roughFiles = capturesIn('rough/').map((name) => `rough/${name}`);

export const octetsOf = (name: string): Uint8Array => readFileSync(new URL(name, folder));

export function segmentsOf(file: Uint8Array): CapturedSegment[] {
  const segments: CapturedSegment[] = [];
  const reader = segmentReader((captured) => segments.push(captured));
  reader.feed(file);
  reader.end();
  return segments;
}

/** The `n`th segment of a capture, of a connection between a client's port 9 and a server's port 1. */
export function capturedFrom(
  side: Side,
  { n, tNanos, seg, id = -1 }: Pick<CapturedSegment, 'n' | 'tNanos' | 'seg'> & { readonly id?: number },
): CapturedSegment {
  const ways =
    side === 'client'
      ? { from: 'a:9', to: 'b:1', fromPort: 9, toPort: 1 }
      : { from: 'b:1', to: 'a:9', fromPort: 1, toPort: 9 };
  return { n, tNanos, ...ways, seg, options: NO_OPTIONS, id, direction: null, isDamaged: false };
}

/** As if the capture held these segments and no others. */
export function tell(segments: readonly CapturedSegment[]): Told[] {
  const told: Told[] = [];
  const telling = teller((one) => told.push(one));
  for (const [n, captured] of segments.entries()) telling.take({ ...captured, n });
  telling.end();
  return told;
}

/** Every state a side was in, in the order in which its segments were captured. */
export function path(told: readonly Told[], side: Side): string {
  const states: string[] = [];
  for (const one of told) {
    const passage = one.from === side ? one.sender : one.receiver;
    for (const state of [passage.before, passage.after]) if (states.at(-1) !== state) states.push(state);
  }
  return states.join(' ');
}
