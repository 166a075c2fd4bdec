import type { Refusal } from '../../shared/refusals.ts';
import type { Result } from '../../shared/result.ts';
import { get, post } from '../net/http.ts';

/** A link by which another instructor gets an account, once. `expiresAt`: epoch ms. */
export interface Invitation {
  readonly url: string;
  readonly expiresAt: number;
}

type Done = Promise<Result<Record<string, never>, Refusal>>;

/**
 * The instructor's account in this browser. The session is a cookie, of which a page knows only whether it
 * still holds.
 */
class Account {
  #name = $state<string | null>(null);

  /** Null: not logged in, or not asked yet. */
  get name(): string | null {
    return this.#name;
  }

  /** Asks the server whether the session still holds. No answer at all counts as no news. */
  async look(): Promise<boolean> {
    const reply = await get<{ instructor: boolean; name?: string }>('api/session');
    if (!reply.ok) return false;
    this.#name = reply.value.instructor ? (reply.value.name ?? '') : null;
    return reply.value.instructor;
  }

  async logOut(): Promise<void> {
    await post('api/logout', {});
    this.#name = null;
  }

  /** Ends every session of the account, and begins a new one here. */
  changePassword(old: string, password: string): Done {
    return post('api/password', { old, new: password });
  }

  invite(): Promise<Result<Invitation, Refusal>> {
    return post('api/invites', {});
  }
}

export const account = new Account();
