/**
 * What a parser asks of its input: a positive number *takes* that many octets, a negative one *skips* them.
 * The answer to `take` is exactly so many octets, valid until the next yield; null when the input ends before
 * that.
 */
export type Parser<T> = Generator<number, T, Uint8Array | null>;

const NOTHING = new Uint8Array(0);

/**
 * Runs a {@link Parser} over input that comes in chunks of any size. Only what the parser takes and a chunk
 * cuts in two is ever copied, so memory is bounded by the largest take.
 */
export class OctetFeed<T> {
  /** Octets given so far that the parser has taken or skipped. */
  consumedOctets = 0;
  /** What the parser returned; undefined while it still reads. */
  result: T | undefined = undefined;
  /** Whether the input ended with octets the parser could not use. */
  leftOver = false;
  private readonly parser: Parser<T>;
  private wanted: number;
  private carry = NOTHING;
  private done = false;

  constructor(parser: Parser<T>) {
    this.parser = parser;
    this.wanted = 0;
    this.resume(null);
  }

  /** Gives the next chunk. Returns false once the parser wants no more. */
  feed(chunk: Uint8Array): boolean {
    let at = 0;
    while (!this.done) {
      if (this.wanted < 0) {
        const skipped = Math.min(-this.wanted, chunk.length - at);
        at += skipped;
        this.wanted += skipped;
        this.consumedOctets += skipped;
        if (this.wanted < 0) return true;
        this.resume(NOTHING);
      } else if (this.carry.length > 0) {
        const missing = this.wanted - this.carry.length;
        const piece = chunk.subarray(at, at + missing);
        const joined = new Uint8Array(this.carry.length + piece.length);
        joined.set(this.carry);
        joined.set(piece, this.carry.length);
        at += piece.length;
        if (piece.length < missing) {
          this.carry = joined;
          return true;
        }
        this.carry = NOTHING;
        this.take(joined);
      } else if (chunk.length - at < this.wanted) {
        this.carry = chunk.slice(at); // a copy: the caller may use its buffer again
        return true;
      } else {
        at += this.wanted;
        this.take(chunk.subarray(at - this.wanted, at));
      }
    }
    return false;
  }

  /** Says that nothing more will come. */
  end(): void {
    if (this.done) return;
    this.leftOver = this.carry.length > 0;
    while (!this.done) this.resume(null);
  }

  private take(octets: Uint8Array): void {
    this.consumedOctets += octets.length;
    this.resume(octets);
  }

  private resume(answer: Uint8Array | null): void {
    const step = this.parser.next(answer);
    if (step.done) {
      this.done = true;
      this.result = step.value;
    } else {
      this.wanted = step.value;
    }
  }
}
