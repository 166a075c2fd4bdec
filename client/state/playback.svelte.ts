/** The replay of an exchange: which of its instants is shown, and how it goes on from there. */
export class Playback {
  readonly #trace: () => readonly { readonly ms: number }[];
  #atMs = $state<number | null>(null);
  #playing = $state(false);
  /** Virtual ms per ms while it plays. */
  rate = $state(4);

  /** `trace`: what is replayed, in order; `ms` is virtual. */
  constructor(trace: () => readonly { readonly ms: number }[]) {
    this.#trace = trace;
  }

  /** The instant that is shown, virtual ms; null: everything is, as it ended. */
  get atMs(): number | null {
    return this.#atMs;
  }
  get endMs(): number {
    return this.#trace().at(-1)?.ms ?? 0;
  }
  get playing(): boolean {
    return this.#playing;
  }

  seek(ms: number): void {
    this.#atMs = ms >= this.endMs ? null : Math.max(0, ms);
  }

  /** To the next thing that happened, or the one before, where it stops. */
  step(by: 1 | -1): void {
    this.#playing = false;
    this.seek(by > 0 ? this.#nextMs : this.#lastMs);
  }

  /** Goes on, or stops. Once it is over it begins anew. */
  play(playing: boolean): void {
    if (playing && this.#atMs === null) this.#atMs = 0;
    this.#playing = playing;
  }

  /** So many ms have gone by while it played. At the end it stops by itself. */
  pass(ms: number): void {
    this.#goOn(this.#fromMs + ms * this.rate);
  }

  /** As it plays without motion: at the next thing that happened, at once. */
  skip(): void {
    this.#goOn(this.#nextMs);
  }

  get #fromMs(): number {
    return this.#atMs ?? this.endMs;
  }

  get #nextMs(): number {
    const from = this.#fromMs;
    return this.#trace().find(({ ms }) => ms > from)?.ms ?? this.endMs;
  }

  get #lastMs(): number {
    const from = this.#fromMs;
    return this.#trace().findLast(({ ms }) => ms < from)?.ms ?? 0;
  }

  #goOn(ms: number): void {
    this.seek(ms);
    if (this.#atMs === null) this.#playing = false;
  }
}
