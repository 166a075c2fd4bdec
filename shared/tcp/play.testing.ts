import fc from 'fast-check';
import { arrive } from './arrive.ts';
import { call } from './call.ts';
import type { UserCall } from './call.ts';
import { fill } from './due.ts';
import { newEnd } from './end.ts';
import type { End } from './end.ts';
import { expect } from './expect.ts';
import { expire } from './expire.ts';
import type { Segment } from './segment.ts';
import { sent } from './sent.ts';
import { seqAdd } from './seq.ts';

/** One thing that happens to an end in random play. */
export interface Happening {
  readonly name: string;
  readonly before: End;
  readonly after: End;
}

const CALLS: readonly UserCall[] = [
  { call: 'connect' },
  { call: 'listen' },
  { call: 'write', octets: 1 },
  { call: 'write', octets: 11, text: 'hello world' },
  { call: 'write', octets: 3000 },
  { call: 'close' },
  { call: 'close' },
  { call: 'abort' },
  { call: 'stop-reading' },
  { call: 'start-reading' },
];

/** A step as numbers, so that it shrinks and is the same for every end. */
export type Step = readonly [kind: number, a: number, b: number];

export const steps = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 11 }), fc.nat({ max: 40 }), fc.nat({ max: 40 })) as fc.Arbitrary<Step>,
  { minLength: 1, maxLength: 40 },
);

export const numbers = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.constantFrom(0, 1, 0xffffffff, 0xfffffff0, 0x7fffffff, 0x80000000),
);

const FLAG_SETS = [0x02, 0x12, 0x10, 0x18, 0x11, 0x19, 0x04, 0x14, 0x01, 0x00, 0x13, 0x08];

/** Two ends that talk, and a stranger now and then: every number that is said is near one that means something. */
export function play(isses: readonly [number, number], script: readonly Step[]): Happening[] {
  const ends: [End, End] = [
    newEnd({ iss: isses[0], rcvWnd: 3000, mss: 1460 }),
    newEnd({ iss: isses[1], rcvWnd: 3000, mss: 1460 }),
  ];
  const flights: [Segment[], Segment[]] = [[], []];
  const told: Happening[] = [];
  const happens = (side: 0 | 1, name: string, after: End): void => {
    told.push({ name, before: ends[side], after });
    ends[side] = after;
  };
  for (const [kind, a, b] of script) {
    const side = (a % 2) as 0 | 1;
    const far = (1 - side) as 0 | 1;
    const end = ends[side];
    if (kind < 3) {
      const asked = CALLS[b % CALLS.length] as UserCall;
      const called = call(end, asked);
      if (called.ok) happens(side, asked.call, called.value);
    } else if (kind < 7) {
      const dues = expect(end);
      const due = dues[b % Math.max(1, dues.length)];
      if (!due) continue;
      const seg = fill(due);
      happens(side, 'sends', sent(end, seg));
      flights[far].push(seg);
    } else if (kind < 10) {
      const seg = flights[side][b % 3 === 0 ? b % Math.max(1, flights[side].length) : 0];
      if (!seg) continue;
      if (b % 5 !== 0) flights[side].splice(flights[side].indexOf(seg), 1);
      happens(side, 'receives', arrive(end, seg));
    } else if (kind === 10) {
      happens(side, 'timer', expire(end, (['rto', 'time-wait', 'persist'] as const)[b % 3] ?? 'rto'));
    } else {
      const seg = strangeSegment(end, a, b);
      happens(side, 'strange', b % 2 === 0 ? arrive(end, seg) : sent(end, seg));
    }
  }
  return told;
}

function strangeSegment(end: End, a: number, b: number): Segment {
  const { snd, rcv, iss, irs } = end.tcb;
  const near = [snd.nxt, snd.una, rcv.nxt ?? 0, iss, irs ?? 5];
  return {
    flags: FLAG_SETS[a % FLAG_SETS.length] ?? 0,
    seq: seqAdd(near[b % near.length] ?? 0, (a % 5) - 2),
    ack: seqAdd(near[a % near.length] ?? 0, (b % 5) - 2),
    wnd: b % 7 === 0 ? 0 : 1000,
    dataOctets: a % 3 === 0 ? b : 0,
  };
}
