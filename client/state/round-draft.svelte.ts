import type { RoundOptions, RoundView, Seating } from '../../shared/classroom/round.ts';
import type { ScenarioCard } from '../../shared/protocol/messages.ts';

/**
 * The round that is being planned: what has been chosen for it, else what is prepared already, else what is
 * usual.
 */
export class RoundDraft {
  readonly #prepared: () => RoundView | null;
  readonly #scenarios: () => readonly ScenarioCard[];
  #scenarioId = $state<string | null>(null);
  #seating = $state<Seating | null>(null);
  #options = $state.raw<RoundOptions | null>(null);

  constructor(prepared: () => RoundView | null, scenarios: () => readonly ScenarioCard[]) {
    this.#prepared = prepared;
    this.#scenarios = scenarios;
  }

  /** Null: no scenario is known. */
  get scenarioId(): string | null {
    return this.#scenarioId ?? this.#prepared()?.scenarioId ?? this.#scenarios()[0]?.id ?? null;
  }
  set scenarioId(id: string) {
    this.#scenarioId = id;
  }

  get seating(): Seating {
    return this.#seating ?? this.#prepared()?.seating ?? 'pairs';
  }
  set seating(seating: Seating) {
    this.#seating = seating;
    const prepared = this.#prepared();
    if (this.#options !== null || prepared?.seating !== 'fours' || seating === 'fours') return;
    // With a referee wrong segments go out; nobody asked for that without one.
    const { onWrong: _, ...options } = prepared.options;
    this.#options = options;
  }

  get options(): RoundOptions {
    return this.#options ?? this.#prepared()?.options ?? {};
  }
  set options(options: RoundOptions) {
    this.#options = options;
  }

  /** It is prepared like this: from here on the options are that round's. */
  planned(): void {
    this.#options = null;
  }
}
