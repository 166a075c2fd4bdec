import { hash, verify, type Options } from '@node-rs/argon2';
import { Lanes } from './lanes.ts';

/** OWASP's least for Argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const FOR_PASSWORDS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/**
 * A class's PINs are made in one go, and no hash protects six digits for long: enough not to be read by
 * passing.
 */
const FOR_PINS: Options = { memoryCost: 4096, timeCost: 1, parallelism: 1 };

/** More would have the machine do nothing else. */
const AT_ONCE = 2;

const lanes = new Lanes(AT_ONCE);
/** Links that somebody was given, class lists: what not just anybody can ask for. */
const OWN = '';

/** Who waits in one lane beyond this is told to come back later. */
const MOST_WAITING = 10;

export function hashPassword(password: string): Promise<string> {
  return lanes.take(OWN, () => hash(password, FOR_PASSWORDS));
}

export function hashPin(pin: string): Promise<string> {
  return lanes.take(OWN, () => hash(pin, FOR_PINS));
}

/** A password or a PIN against the hash that was kept of it. Lanes take turns: see `laneOf`. */
export function matches(kept: string, given: string, lane: string): Promise<boolean> {
  return lanes.take(lane, () => verify(kept, given));
}

/**
 * Whose tries wait for each other: those for an account or a name of a class list, which are counted and soon
 * have to wait, in a lane of its own; those for names that are nobody's, of which there are as many as
 * anybody makes up, in one for each address.
 */
export function laneOf(known: string | null, address: string): string {
  return known === null ? `at ${address}` : `for ${known}`;
}

/** Whether more work is refused for now. */
export function isLaneFull(lane: string): boolean {
  return lanes.waiting(lane) >= MOST_WAITING;
}
