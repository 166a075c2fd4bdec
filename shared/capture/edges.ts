const REMEMBERED = 256;

/** Remembers where an end's last segments ended. */
export class Edges {
  private ends: number[] = [];
  private next = 0;
  private hasForgotten = false;

  remember(end: number): void {
    if (this.ends.length === REMEMBERED) this.hasForgotten = true;
    this.ends[this.next] = end;
    this.next = (this.next + 1) % REMEMBERED;
  }

  includes(end: number): boolean {
    return this.ends.includes(end);
  }

  /** Whether it is remembered, or may have been. */
  mayInclude(end: number): boolean {
    return this.hasForgotten || this.includes(end);
  }

  forget(): void {
    this.hasForgotten ||= this.ends.length > 0;
    this.ends = [];
    this.next = 0;
  }
}
