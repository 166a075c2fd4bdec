const DIGITS = 6;
const RANGE = 10 ** DIGITS;
/** The largest multiple of the range below 2^32: what lies beyond would make the low PINs likelier. */
const FAIR_BELOW = Math.floor(2 ** 32 / RANGE) * RANGE;

/** So many different PINs of six digits, by the browser's own chance. */
export function newPins(count: number): string[] {
  const pins = new Set<string>();
  const drawn = new Uint32Array(1);
  while (pins.size < count) {
    const [value = 0] = crypto.getRandomValues(drawn);
    if (value < FAIR_BELOW) pins.add(String(value % RANGE).padStart(DIGITS, '0'));
  }
  return [...pins];
}
