import type { ScreenView } from '../../shared/classroom/screen-view.ts';
import type { ScreenReply } from '../../shared/protocol/messages.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { post } from '../net/http.ts';
import { LabSocket } from '../net/socket.ts';
import type { ScreenSocket, Status } from '../net/socket.ts';
import { forget, recall, remember } from './storage.ts';
import type { TableState } from './table.svelte.ts';
import { WatchedTable } from './watched-table.ts';

/**
 * The projector's side of the lab: it shows what the instructor has put up, and asks for nothing. Its link
 * works once; the token that it was exchanged for survives a reload of this tab.
 */
export class Screen {
  /** A table that has not begun yet will. */
  readonly #watched = new WatchedTable({ isPassing: (code) => code !== 'table/not-found' });
  #status = $state<Status>('connecting');
  #refusal = $state.raw<Refusal | null>(null);
  #restarting = $state(false);
  #ended = $state(false);
  #view = $state.raw<ScreenView | null>(null);
  #socket: ScreenSocket | null = null;

  /**
   * `link`: the secret part of the address; empty: this tab has been here before, or was not sent by anybody.
   */
  constructor(link: string) {
    void this.#begin(link);
  }

  get table(): TableState {
    return this.#watched.table;
  }
  get status(): Status {
    return this.#status;
  }
  /** Why the server will not have us. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }
  get restarting(): boolean {
    return this.#restarting;
  }
  get ended(): boolean {
    return this.#ended;
  }
  /** Null: not known yet. */
  get view(): ScreenView | null {
    return this.#view;
  }

  close(): void {
    this.#watched.stop();
    this.#socket?.close();
  }

  async #begin(link: string): Promise<void> {
    if (link !== '') {
      const reply = await post<ScreenReply>('api/screen', { link });
      if (reply.ok) remember('session', 'screen', reply.value.token);
      // A link that was used up by this very tab, before it was reloaded, does no harm.
      else if (recall('session', 'screen') === null) return this.#refuse(reply.error);
    }
    const token = recall('session', 'screen');
    if (typeof token === 'string') this.#connect(token);
    else this.#refuse({ code: 'session/required' });
  }

  #connect(token: string): void {
    const socket: ScreenSocket = new LabSocket('/screen', { screen: token }, (status, refusal) => {
      this.#status = status;
      this.#refusal = refusal;
      if (status === 'online') this.#restarting = false;
      if (refusal?.code === 'session/required' || refusal?.code === 'session/expired')
        forget('session', 'screen');
      if (refusal?.code === 'classroom/closed') this.#ended = true;
    });
    this.#socket = socket;
    socket.on('screen:view', (view) => this.#show(view));
    this.#watched.over(socket);
    socket.on('screen:ended', () => {
      this.#ended = true;
      forget('session', 'screen');
      this.close();
    });
    socket.on('server:restarting', () => {
      this.#restarting = true;
    });
    socket.onconnect(() => void this.#watch());
  }

  async #watch(): Promise<void> {
    const reply = await this.#socket?.ask('screen:watch', {});
    if (reply?.ok) this.#show(reply.value);
  }

  #show(view: ScreenView): void {
    if (this.#view && view.at < this.#view.at) return;
    this.#view = view;
    this.#watched.turnTo(view.table?.tableId ?? null);
  }

  #refuse(refusal: Refusal): void {
    this.#status = 'refused';
    this.#refusal = refusal;
  }
}
