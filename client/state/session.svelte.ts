import type { JoinReply, JoinRequest } from '../../shared/protocol/messages.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { post } from '../net/http.ts';
import { newId } from '../net/id.ts';
import { currentIdentity, dropIdentity } from './identity.ts';
import type { Identity, Kind } from './identity.ts';
import { Play } from './play.svelte.ts';
import { prefs } from './prefs.svelte.ts';

/** What this tab is taking part in: a classroom, a practice, or nothing yet. */
class Session {
  #play = $state.raw<Play | null>(null);
  #joining: string | null = null;

  get play(): Play | null {
    return this.#play;
  }

  /** Takes up what this device remembers; null if it remembers nothing. */
  resume(kind: Kind): Play | null {
    if (this.#play && this.#play.kind === kind && this.#play.gone === null) return this.#play;
    const identity = currentIdentity(kind);
    return identity ? this.#open(kind, identity) : null;
  }

  async join(request: JoinRequest): Promise<Result<Play, Refusal>> {
    this.#joining ??= newId();
    const reply = await post<JoinReply>('api/join', { ...request, locale: prefs.locale, id: this.#joining });
    // An answer that was lost on its way is asked for again under the same id: one person, not two.
    if (reply.ok || reply.error.code !== 'server/busy') this.#joining = null;
    const { code, name } = request;
    return reply.ok ? ok(this.#open('class', { ...reply.value, code, name, usedAt: 0 })) : reply;
  }

  /** By the link that the teacher shows when a phone was lost. */
  async rejoin(link: string): Promise<Result<Play, Refusal>> {
    const reply = await post<JoinReply>('api/rejoin', { link, id: newId() });
    return reply.ok ? ok(this.#open('class', { ...reply.value, code: '', name: '', usedAt: 0 })) : reply;
  }

  async practise(): Promise<Result<Play, Refusal>> {
    const resumed = this.resume('practice');
    if (resumed) return ok(resumed);
    const reply = await post<JoinReply>('api/practice', {});
    return reply.ok ? ok(this.#open('practice', { ...reply.value, code: '', name: '', usedAt: 0 })) : reply;
  }

  /** Takes the seat back from another tab. */
  retake(): void {
    const play = this.#play;
    if (play) this.#open(play.kind, play.identity);
  }

  leave(): void {
    if (this.#play) dropIdentity(this.#play.kind);
    this.#play?.close();
    this.#play = null;
  }

  #open(kind: Kind, identity: Identity): Play {
    this.#play?.close();
    return (this.#play = new Play(kind, identity));
  }
}

export const session = new Session();
