import { drawFate } from './draw.ts';
import type { Fate } from './fate.ts';
import { wireAfter } from './wire.ts';
import type { Wire } from './wire.ts';

/** Draws a segment's fate and sends it: the fate, and the wire after it. */
export function sendInto(
  seed: string,
  from: string,
  wire: Wire,
  octets: number,
  nowMs: number,
  cableUp: boolean,
): { readonly fate: Fate; readonly wire: Wire } {
  const fate = drawFate(seed, from, wire, octets, nowMs, cableUp);
  return { fate, wire: wireAfter(wire, fate, nowMs) };
}
