import type { ClassroomCommand } from '../../shared/classroom/command.ts';
import type { Refusal } from '../../shared/refusals.ts';
import type { Result } from '../../shared/result.ts';
import type { Holder, SeatName } from '../../shared/table/seats.ts';
import type { Teach } from './teach.svelte.ts';

/** What an instructor asks of the open classroom, and how the last of it was answered. */
export class Desk {
  readonly #teach: Pick<Teach, 'command'>;
  #open = $state(0);
  #refusal = $state.raw<Refusal | null>(null);

  constructor(teach: Pick<Teach, 'command'>) {
    this.#teach = teach;
  }

  /** Something has been asked and not been answered yet. */
  get busy(): boolean {
    return this.#open > 0;
  }
  /** Why the last thing was refused; null: it was not. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  async ask(command: ClassroomCommand): Promise<Result<null, Refusal>> {
    this.#open += 1;
    const reply = await this.#teach.command(command);
    this.#open -= 1;
    this.#refusal = reply.ok ? null : reply.error;
    return reply;
  }

  seat(tableId: string, seat: SeatName, holder: Holder): void {
    void this.ask({ type: 'seat', tableId, seat, holder });
  }
}
