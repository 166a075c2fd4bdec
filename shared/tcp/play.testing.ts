import fc from 'fast-check';
import { arrive } from './arrive.ts';
import { call } from './call.ts';
import type { UserCall } from './call.ts';
import { fill } from './due.ts';
import type { Due } from './due.ts';
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
  { call: 'write', octets: 1 },
  { call: 'write', octets: 11, text: 'hello world' },
  { call: 'close' },
  { call: 'write', octets: 3000 },
  { call: 'close' },
  { call: 'stop-reading' },
  { call: 'start-reading' },
  { call: 'listen' },
  { call: 'connect' },
  { call: 'abort' },
];

/** A step as numbers, so that it shrinks and is the same for every end. */
export type Step = readonly [kind: number, a: number, b: number];

export const steps = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 24 }), fc.nat({ max: 40 }), fc.nat({ max: 40 })),
  { minLength: 12, maxLength: 60, size: 'max' },
);

export const numbers = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.constantFrom(0, 1, 0xffffffff, 0xfffffff0, 0x7fffffff, 0x80000000),
);

const FLAG_SETS = [0x02, 0x12, 0x10, 0x18, 0x11, 0x19, 0x04, 0x14, 0x01, 0x00, 0x13, 0x08];

/**
 * Two ends that talk, and a stranger now and then: every number that is said is near one that means
 * something.
 */
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
  const opening = script.length % 4;
  for (const side of [0, 1] as const) {
    const asked: UserCall = { call: opening === 0 || side === 0 ? 'connect' : 'listen' };
    const called = call(ends[side], asked);
    if (called.ok && opening !== 3) happens(side, asked.call, called.value);
  }
  for (const [kind, a, b] of script) {
    const side = (a % 2) as 0 | 1;
    const far = (1 - side) as 0 | 1;
    const end = ends[side];
    const dues = expect(end);
    if (kind < 4) {
      const asked = CALLS[Math.floor(b / 2) % CALLS.length] as UserCall;
      const called = call(end, asked);
      if (called.ok) happens(side, asked.call, called.value);
    } else if (kind === 4) {
      happens(side, 'timer', expire(end, (['rto', 'time-wait', 'persist'] as const)[b % 3] ?? 'rto'));
    } else if (kind === STRANGER) {
      const seg = strangeSegment(end, a, b);
      happens(side, 'strange', b % 2 === 0 ? arrive(end, seg) : sent(end, seg));
    } else if (kind % 2 === 0 && dues.length > 0) {
      const due = dues[b % 4 === 0 ? b % dues.length : 0] as Due;
      const seg = fill(due);
      happens(side, 'sends', sent(end, seg));
      flights[far].push(seg);
    } else {
      const seg = flights[side][b % 7 === 0 ? b % Math.max(1, flights[side].length) : 0];
      if (!seg) continue;
      if (b % 9 !== 0) flights[side].splice(flights[side].indexOf(seg), 1);
      // One in eleven is lost.
      if (b % 11 !== 1) happens(side, 'receives', arrive(end, seg));
    }
  }
  return told;
}

/** The step at which a stranger's segment arrives, or this end sends something strange. */
export const STRANGER = 5;

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
