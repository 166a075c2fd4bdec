import { LIBRARY } from '../../shared/scenario/library/library.ts';
import { advance, nextChangeAt } from '../../shared/table/advance.ts';
import { evolve } from '../../shared/table/evolve.ts';
import { open } from '../../shared/table/open.ts';
import type { Seats } from '../../shared/table/seats.ts';
import { arrive } from '../../shared/tcp/arrive.ts';
import { fill } from '../../shared/tcp/due.ts';
import type { End } from '../../shared/tcp/end.ts';
import { expect } from '../../shared/tcp/expect.ts';
import { judge } from '../../shared/tcp/judge.ts';
import { ACK, type Segment } from '../../shared/tcp/segment.ts';
import { sent } from '../../shared/tcp/sent.ts';
import { seqAdd } from '../../shared/tcp/seq.ts';
import { cpuMs } from './cpu-time.ts';
import { SIDES } from '../../shared/scenario/sides.ts';

interface Case {
  readonly end: End;
  readonly seg: Segment;
}

const BOT = { kind: 'bot', skill: 1 } as const;
const SEATS: Seats = { client: BOT, server: BOT, link: { kind: 'empty' }, referee: { kind: 'empty' } };
const SCRIPTED = { app: 'scripted' } as const;

/**
 * Every situation of the library's exercises in which something is due, with the right segment and with slips
 * of it.
 */
function cases(): readonly Case[] {
  const found: Case[] = [];
  for (const scenario of LIBRARY) {
    const at = 1_000_000;
    const first = {
      type: 'table-opened',
      at,
      table: 't',
      seed: 's',
      rules: 1,
      scenario,
      seats: SEATS,
    } as const;
    let table = evolve(open(first), { type: 'clock-set', at, rate: 1 });
    for (let i = 0; i < 200 && table.phase !== 'ended'; i++) {
      for (const side of SIDES) {
        const end = table.ends[side];
        const due = expect(end)[0];
        if (!due) continue;
        const seg = fill(due);
        const again = { ...seg, flags: ACK, seq: end.tcb.snd.nxt, dataOctets: 0 };
        // Four in six are right, as they come from people who have understood it.
        found.push({ end, seg }, { end, seg }, { end, seg }, { end, seg: again });
        found.push({ end, seg: { ...seg, ack: seqAdd(seg.ack, -1) } });
        found.push({ end, seg: { ...seg, seq: seqAdd(seg.seq, 1) } });
      }
      const next = nextChangeAt(table);
      if (next === null) break;
      table = advance(table, next);
    }
  }
  return found;
}

export interface Judging {
  /** Segments judged per second: two thirds of them right, and the rest explained. */
  readonly judgedPerS: number;
  /** Those that are right, alone. */
  readonly rightPerS: number;
  /** Judged, sent and arrived: a step of a whole exchange, per second. */
  readonly stepsPerS: number;
}

export function judging(forMs: number): Judging {
  const all = cases();
  const right = all.filter(({ end, seg }) => judge(end, seg, SCRIPTED).verdict !== 'wrong');
  return {
    judgedPerS: perSecond(all, forMs, ({ end, seg }) => judge(end, seg, SCRIPTED)),
    rightPerS: perSecond(right, forMs, ({ end, seg }) => judge(end, seg, SCRIPTED)),
    stepsPerS: perSecond(right, forMs, ({ end, seg }) => {
      judge(end, seg, SCRIPTED);
      return arrive(sent(end, seg), seg);
    }),
  };
}

/** Keeps what was computed, so that no engine may leave the work out. */
export let kept: unknown = null;

function perSecond(items: readonly Case[], forMs: number, work: (item: Case) => unknown): number {
  const run = (ms: number) => {
    const startedAt = cpuMs();
    let done = 0;
    while (cpuMs() - startedAt < ms) {
      for (const item of items) kept = work(item);
      done += items.length;
    }
    return (done / (cpuMs() - startedAt)) * 1000;
  };
  run(forMs / 2);
  return run(forMs);
}
