import { get } from '../net/http.ts';
import { recall, remember } from './storage.ts';

/**
 * Under which of the machine's addresses students find the lab. The instructor picks one; the projector's
 * window in the same browser follows, for it reads the same storage.
 */
class JoinAddress {
  #offered = $state.raw<readonly string[]>([]);
  #chosen = $state<string | null>(null);

  constructor() {
    this.#read();
    addEventListener('storage', () => this.#read());
  }

  /** The likeliest first, no slash at the end; empty: not known. */
  get offered(): readonly string[] {
    return this.#offered;
  }

  /** Null: what the server takes for the likeliest. */
  get chosen(): string | null {
    return this.#chosen;
  }
  set chosen(url: string | null) {
    this.#chosen = url;
    remember('local', 'join-address', url);
  }

  async look(): Promise<void> {
    const reply = await get<{ urls: readonly string[] }>('api/addresses');
    if (!reply.ok) return;
    this.#offered = reply.value.urls;
    // Another network, another address: what was chosen there leads nowhere here.
    if (this.#chosen !== null && !reply.value.urls.includes(this.#chosen)) this.chosen = null;
  }

  /** A join link of the server's, under the address that was chosen. */
  of(joinUrl: string): string {
    const at = joinUrl.lastIndexOf('/join/');
    return this.#chosen === null || at < 0 ? joinUrl : this.#chosen + joinUrl.slice(at);
  }

  #read(): void {
    const stored = recall('local', 'join-address');
    this.#chosen = typeof stored === 'string' ? stored : null;
  }
}

export const joinAddress = new JoinAddress();
