import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { escaped } from './escaped.ts';
import type { Say } from './words.ts';

/** One line of the diagram's table, as it stands there. */
export interface Row {
  readonly time: string;
  readonly what: string;
  readonly from: string;
  readonly to: string;
  /** As in the table: `SYN, ACK`. */
  readonly flags: string;
  readonly seq: string;
  readonly ack: string;
  readonly len: string;
  readonly state: string;
}

const COLUMNS = ['time', 'what', 'way', 'flags', 'seq', 'ack', 'len', 'state'] as const;
const FIELDS = ['time', 'what', 'from', 'to', 'flags', 'seq', 'ack', 'len', 'state'] as const;
/** What the link does to one. */
const TOUCHES = ['drop', 'duplicate', 'hold', 'release'];

/** The time-sequence diagram, as a picture and as the table that says the same. */
export class Diagram {
  readonly #page: Page;
  readonly #say: Say;

  constructor(page: Page, say: Say) {
    this.#page = page;
    this.#say = say;
  }

  get table(): Locator {
    return this.#page.getByRole('table', { name: this.#say('diagram_table_caption') });
  }

  get picture(): Locator {
    return this.#page.getByRole('group', { name: this.#say('diagram_name') });
  }

  async showTable(): Promise<void> {
    await this.#page.getByRole('button', { name: this.#say('diagram_as_table') }).click();
    await expect(this.table).toBeVisible();
  }

  async showPicture(): Promise<void> {
    await this.#page.getByRole('button', { name: this.#say('diagram_as_picture') }).click();
    await expect(this.picture).toBeVisible();
  }

  /** What the table says now; empty while the picture is shown. */
  async rows(): Promise<readonly Row[]> {
    const rows = await this.table
      .locator('tbody')
      .evaluateAll((bodies) =>
        bodies.flatMap((body) =>
          [...body.querySelectorAll('tr')].map((row) =>
            [...row.cells].map((cell) => (cell.textContent ?? '').trim().replace(/\s+/g, ' ')),
          ),
        ),
      );
    const end = (letter: string | undefined) =>
      letter === 'C' ? this.#say('diagram_client') : letter === 'S' ? this.#say('diagram_server') : '';
    return rows.map((cells) => {
      const { way, ...row } = Object.fromEntries(COLUMNS.map((name, i) => [name, cells[i] ?? '']));
      const [from, , to] = way?.split(' ') ?? [];
      return { ...row, from: end(from), to: end(to) } as unknown as Row;
    });
  }

  /** What the segments did among the rows, each on one line: `Arrives SYN, ACK 300 101 0`. */
  async segments(): Promise<readonly string[]> {
    const byHand = TOUCHES.map((touch) => this.#say(`diagram_touch_${touch}`));
    return (await this.rows())
      .filter(({ what, from }) => from !== '' && !byHand.includes(what))
      .map(({ what, from, flags, seq, ack, len }) => `${what} ${from} ${flags} ${seq} ${ack} ${len}`);
  }

  /** Waits until the table has so many rows of this kind, and gives the newest of them. */
  async row(wanted: Partial<Row>, count = 1): Promise<Row> {
    let found: readonly Row[] = [];
    await expect
      .poll(
        async () => {
          const rows = await this.rows();
          found = rows.filter((row) =>
            FIELDS.every((name) => wanted[name] === undefined || row[name] === wanted[name]),
          );
          return found.length;
        },
        { message: `a row of the table: ${JSON.stringify(wanted)}`, intervals: [50], timeout: 20_000 },
      )
      .toBeGreaterThanOrEqual(count);
    return found.at(-1)!;
  }

  /** A row of the table, or a mark of the picture, that says this. */
  said(words: string): Locator {
    return this.table
      .getByRole('cell', { name: words, exact: true })
      .or(this.picture.getByRole('button', { name: words, exact: true }));
  }

  /** The segments of the picture with these flags: `SYN,ACK`. */
  segment(flags: string, from: 'client' | 'server'): Locator {
    return this.#segments(escaped(flags), from);
  }

  segmentsFrom(from: 'client' | 'server'): Locator {
    return this.#segments('[A-Z,]+', from);
  }

  #segments(flags: string, from: 'client' | 'server'): Locator {
    const name = this.#say('diagram_segment', {
      flags: '\u0001',
      from: this.#say(`diagram_${from}`),
      to: this.#say(`diagram_${from === 'client' ? 'server' : 'client'}`),
      seq: '\u0000',
      ack: '\u0000',
      len: '\u0000',
    });
    const pattern = escaped(name).replaceAll('\u0000', '\\d+').replace('\u0001', flags);
    return this.picture.getByRole('button', { name: new RegExp(`^${pattern}`) });
  }
}
