import { drawFate } from './draw.ts';
import type { Fate } from './fate.ts';
import { wireAfter } from './wire.ts';
import type { Wire } from './wire.ts';

/** Draws a segment's fate and sends it: the fate, and the wire after it. */
export function sendInto(...sending: Parameters<typeof drawFate>): {
  readonly fate: Fate;
  readonly wire: Wire;
} {
  const [, , wire, , nowMs] = sending;
  const fate = drawFate(...sending);
  return { fate, wire: wireAfter(wire, fate, nowMs) };
}
