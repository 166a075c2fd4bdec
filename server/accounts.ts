import type { Refusal } from '../shared/refusals.ts';
import { ok, refuse, type Result } from '../shared/result.ts';
import type { Clock } from './clock.ts';
import { Failures } from './failures.ts';
import { checkPassword, normalPassword } from './secrets/check-password.ts';
import { hashPassword, isLaneFull, laneOf, matches } from './secrets/slow-hash.ts';
import { hashOf, newSecret } from './secrets/tokens.ts';
import type { Account } from './store/instructors.ts';
import type { Store } from './store/open-store.ts';
import type { SetupLink } from './store/setup-links.ts';

export interface Registering {
  readonly token: string;
  readonly name: string;
  readonly password: string;
}

const SETUP_LINK_MS = 30 * 60_000;

/**
 * A school's wireless has one address, so what counts is the account: ten tries, then each waits twice as
 * long.
 */
const LOGINS = { free: 10, firstMs: 1000, mostMs: 15 * 60_000 };
/** In characters. */
const NAME_MAX = 64;

/** Instructors' accounts: a name, a password, and the links by which they come to be. */
export class Accounts {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #failures: Failures;
  /** Of names that are nobody's: made up by the thousand, they would have those of accounts forgotten. */
  readonly #strangers: Failures;
  /** Unknown names take as long as known ones. */
  readonly #nobody: Promise<string>;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#failures = new Failures(clock, LOGINS);
    this.#strangers = new Failures(clock, LOGINS);
    this.#nobody = hashPassword(newSecret());
    // It is awaited where it is needed, and throws there.
    this.#nobody.catch(() => {});
  }

  /** A new one-use link, relative to the lab's address, and until when it works (epoch ms). */
  async newLink(link: SetupLink): Promise<{ readonly path: string; readonly expiresAt: number }> {
    const token = newSecret();
    const now = this.#clock.now();
    await this.#store.setupLinks.add(hashOf(token), link, now, SETUP_LINK_MS);
    return { path: `setup?token=${token}`, expiresAt: now + SETUP_LINK_MS };
  }

  /** For the terminal: how the very first account is made. Null: there is one. */
  async firstLink(): Promise<string | null> {
    if (await this.#store.instructors.any()) return null;
    return (await this.newLink({ kind: 'first', instructor: null })).path;
  }

  /** What a link is for, without using it up. `name`: of the account that it changes. */
  async look(
    token: string,
  ): Promise<Result<{ readonly kind: SetupLink['kind']; readonly name: string }, Refusal>> {
    const link = await this.#store.setupLinks.find(hashOf(token), this.#clock.now());
    if (!link) return refuse({ code: 'setup/invalid-link' });
    const owner =
      link.kind === 'reset' && link.instructor !== null
        ? await this.#store.instructors.byId(link.instructor)
        : null;
    return ok({ kind: link.kind, name: owner?.name ?? '' });
  }

  /**
   * The id of the account that the link made or changed. Refused, the link can be used again, unless it is
   * the link itself.
   */
  async setUp({ token, name, password }: Registering): Promise<Result<string, Refusal>> {
    // Before anything slow is done for somebody who has no link.
    const link = await this.look(token);
    if (!link.ok) return link;
    const checkedName = checkAccountName(name);
    if (!checkedName.ok) return checkedName;
    const checked = checkPassword(password, checkedName.value);
    if (!checked.ok) return checked;
    const done = await this.#store.instructors.setUp(hashOf(token), this.#clock.now(), {
      name: checkedName.value,
      nameKey: keyOf(checkedName.value),
      passwordHash: await hashPassword(checked.value),
      freshId: newSecret().slice(0, 16),
    });
    if (done.ok) this.#failures.forgive(keyOf(checkedName.value));
    return done;
  }

  named(name: string): Promise<Account | null> {
    return this.#store.instructors.byName(keyOf(name));
  }

  /**
   * The account's id. Who has failed too often is not looked at for a while, right or wrong; sessions go on.
   */
  async logIn(name: string, password: string, address: string): Promise<Result<string, Refusal>> {
    const key = keyOf(name);
    const account = await this.#store.instructors.byName(key);
    const lane = laneOf(account?.id ?? null, address);
    const right = await this.#isRight(key, account?.passwordHash ?? null, password, lane);
    if (!right.ok) return right;
    return account ? ok(account.id) : refuse({ code: 'login/wrong' });
  }

  async changePassword(id: string, old: string, password: string): Promise<Result<null, Refusal>> {
    const account = await this.#store.instructors.byId(id);
    if (!account) return refuse({ code: 'session/expired' });
    const checked = checkPassword(password, account.name);
    if (!checked.ok) return checked;
    // Counted apart: who guesses at the door does not hold up who is inside.
    const right = await this.#isRight(`inside ${id}`, account.passwordHash, old, laneOf(id, ''));
    if (!right.ok) return right;
    await this.#store.instructors.setPassword(id, await hashPassword(checked.value));
    return ok(null);
  }

  async #isRight(
    key: string,
    kept: string | null,
    password: string,
    lane: string,
  ): Promise<Result<null, Refusal>> {
    const failures = kept === null ? this.#strangers : this.#failures;
    const waitMs = failures.waitMs(key);
    if (waitMs > 0) return refuse({ code: 'login/wait', with: { seconds: Math.ceil(waitMs / 1000) } });
    if (isLaneFull(lane)) return refuse({ code: 'server/busy' });
    failures.charge(key);
    const fits = await matches(kept ?? (await this.#nobody), normalPassword(password), lane);
    if (!fits || kept === null) return refuse({ code: 'login/wrong' });
    failures.forgive(key);
    return ok(null);
  }
}

/** Names that look the same to a keyboard are the same. */
function keyOf(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

function checkAccountName(given: string): Result<string, Refusal> {
  const name = given.normalize('NFKC').trim().replace(/ +/g, ' ');
  if (name === '') return refuse({ code: 'name/empty' });
  if ([...name].length > NAME_MAX) return refuse({ code: 'name/too-long', with: { max: NAME_MAX } });
  // Controls, directions, and whatever else cannot be seen.
  if (/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(name)) {
    return refuse({ code: 'name/hidden-characters' });
  }
  return ok(name);
}
