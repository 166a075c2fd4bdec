const REMEMBERED = 256;

/** Remembers where an end's last segments ended. */
export class Edges {
  private ends: number[] = [];
  private next = 0;

  remember(end: number): void {
    this.ends[this.next] = end;
    this.next = (this.next + 1) % REMEMBERED;
  }

  includes(end: number): boolean {
    return this.ends.includes(end);
  }

  forget(): void {
    this.ends = [];
    this.next = 0;
  }
}
