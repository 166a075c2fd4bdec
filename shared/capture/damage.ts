interface Seen {
  right: number;
  wrong: number;
}

/** So many senders are kept in mind. */
const MOST_SENDERS = 4096;

/**
 * Tells damaged segments from those whose checksum was to be worked out by the network card, in a way that is
 * not known here: that is how all of a sender's look, and a damaged one is an exception.
 */
export class Damage {
  private readonly senders = new Map<string, Seen>();

  /** `isRight`: the checksum of the sender's next segment; null: not known. */
  isDamaged(sender: string, isRight: boolean | null): boolean {
    if (isRight === null) return false;
    const seen = this.of(sender);
    if (isRight) {
      seen.right++;
      return false;
    }
    seen.wrong++;
    return seen.right > seen.wrong;
  }

  private of(sender: string): Seen {
    let seen = this.senders.get(sender);
    if (!seen) {
      if (this.senders.size >= MOST_SENDERS) this.senders.clear();
      seen = { right: 0, wrong: 0 };
      this.senders.set(sender, seen);
    }
    return seen;
  }
}
