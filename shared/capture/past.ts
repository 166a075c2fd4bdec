import type { Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/state.ts';
import { evidenceOf, type Hearer } from './evidence.ts';
import { History, type Moment } from './history.ts';
import type { Line } from './line.ts';
import type { Outlook } from './outlook.ts';
import { type Reading, readSent } from './reading.ts';
import type { Sender } from './sender.ts';

/** So many readings may an end's late segments take beyond those that its right ones have earned. */
const MOST_READINGS = 4096;
const EARNED = 16;

/** What an end was before each of its last segments: one that comes late is right if it was right then. */
export class Past {
  private readonly history = new History();
  private readings = MOST_READINGS;

  /** The moment before the end sent the file's segment `n`. */
  remember(n: number, moment: Moment): void {
    this.history.remember(n, moment);
  }

  /** A segment was right: another late one may be looked for. */
  earn(): void {
    if (this.readings < MOST_READINGS) this.readings += EARNED;
  }

  /** How much is kept: moments, and what waits in them. */
  get size(): number {
    return this.history.size;
  }

  forget(): void {
    this.history.forget();
  }

  /**
   * How a segment is read at the newest of these moments at which it is right, if there is one; with the
   * state at the earliest that was looked at, or else the present one.
   */
  read(
    speaker: Hearer & Sender,
    line: Line,
    seg: Segment,
    outlook: Outlook,
  ): { readonly reading: Reading | null; readonly earliest: State } {
    let earliest = speaker.state;
    for (const { end, waiting } of this.history.backwards()) {
      earliest = end.state;
      for (const evidence of evidenceOf(speaker, line, seg, waiting)) {
        if (--this.readings < 0) return { reading: null, earliest };
        const reading = readSent(speaker, end, waiting, seg, line.captured.id, evidence, outlook);
        if (reading.verdict.verdict !== 'wrong') return { reading, earliest };
        if (evidence.take === 0) break;
      }
    }
    return { reading: null, earliest };
  }
}
