import { advance } from './advance.ts';
import type { Classroom } from './classroom.ts';
import type { ClassroomEntry } from './entry.ts';
import { commandKey, evolve } from './evolve.ts';

/**
 * The classroom that a log makes, at the epoch instant
 * `now` (by default that of the last entry). Throws if it does not begin with `classroom-opened` (a fault:
 * such a log cannot be).
 */
export function replay(log: readonly ClassroomEntry[], now = log.at(-1)?.at ?? 0): Classroom {
  const [first, ...rest] = log;
  if (first?.type !== 'classroom-opened') throw new Error('a classroom’s log begins with classroom-opened');
  const { classroom: id, code, kind, owner, secret = null, by, cmd } = first;
  const opened: Classroom = {
    id,
    code,
    secret,
    kind,
    owner,
    version: 1,
    locked: false,
    closed: false,
    settings: { names: 'free', late: 'next-round' },
    roster: [],
    players: [],
    rounds: [],
    screen: { show: 'code', names: false },
    polls: [],
    commands: new Set(cmd === undefined ? [] : [commandKey(by, cmd)]),
  };
  return advance(rest.reduce(evolve, opened), now);
}
