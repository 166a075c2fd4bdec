/**
 * Chance is keyed, never carried along: the same key gives the same numbers on every node and in every
 * replay.
 */
export interface Rng {
  /** Uniform in [0, 1), 32 bits fine. */
  next(): number;
}

/**
 * A generator for one purpose. `keys` name that purpose (a direction, a segment's number),
 * so that draws for different purposes do not depend on each other's order.
 * Hash: cyrb-style mixing into sfc32, which passes PractRand; not for secrets.
 */
export function rngAt(seed: string, ...keys: readonly (string | number)[]): Rng {
  const text = `${seed}\u0000${keys.join('\u0000')}`;
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  let h3 = 0x9e3779b9;
  let h4 = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ c, 2654435761);
    h2 = Math.imul(h2 ^ c, 1597334677);
    h3 = Math.imul(h3 ^ (h1 >>> 15) ^ c, 2246822507);
    h4 = Math.imul(h4 ^ (h2 >>> 13) ^ c, 3266489909);
  }
  let a = h1 | 0;
  let b = h2 | 0;
  let c = h3 | 0;
  let d = h4 | 0;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return { next };
}
