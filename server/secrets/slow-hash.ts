import { hash, verify, type Options } from '@node-rs/argon2';

/** OWASP's least for Argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const FOR_PASSWORDS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** A class's PINs are made in one go, and no hash protects six digits for long: enough not to be read by passing. */
const FOR_PINS: Options = { memoryCost: 4096, timeCost: 1, parallelism: 1 };

/** More would have the machine do nothing else. */
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, FOR_PASSWORDS));
}

export function hashPin(pin: string): Promise<string> {
  return inTurn(() => hash(pin, FOR_PINS));
}

/** A password or a PIN against the hash that was kept of it. */
export function matches(kept: string, given: string): Promise<boolean> {
  return inTurn(() => verify(kept, given));
}

/** How many wait: whoever can refuse work, does so when it is many. */
export function slowHashesWaiting(): number {
  return waiting.length;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // The place passes to the next in line without becoming free.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
