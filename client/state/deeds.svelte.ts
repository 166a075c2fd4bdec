import type { Refusal } from '../../shared/refusals.ts';
import type { Result } from '../../shared/result.ts';
import type { Command } from '../../shared/table/command.ts';

/** What a seat does at its table, one thing after the other, and how the last was answered. */
export class Deeds {
  readonly #send: (command: Command) => Promise<Result<null, Refusal>>;
  #busy = $state(false);
  #refusal = $state.raw<Refusal | null>(null);

  constructor(send: (command: Command) => Promise<Result<null, Refusal>>) {
    this.#send = send;
  }

  /** A command is on its way. */
  get busy(): boolean {
    return this.#busy;
  }
  /** Why the last thing was refused; null: it was not. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** Nothing while another command is on its way. */
  async act(command: Command): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#refusal = null;
    const reply = await this.#send(command);
    this.#busy = false;
    if (!reply.ok) this.#refusal = reply.error;
  }
}
