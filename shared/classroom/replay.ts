import { commandKey, evolve } from './evolve.ts';
import type { Classroom, ClassroomEntry } from './types.ts';

/** The classroom that a log makes. Throws if it does not begin with `classroom-opened` (a fault: such a log cannot be). */
export function replay(log: readonly ClassroomEntry[]): Classroom {
  const [first, ...rest] = log;
  if (first?.type !== 'classroom-opened') throw new Error('a classroom’s log begins with classroom-opened');
  const { classroom: id, code, kind, owner, by, cmd } = first;
  const opened: Classroom = {
    id,
    code,
    kind,
    owner,
    version: 1,
    locked: false,
    closed: false,
    players: [],
    rounds: [],
    commands: new Set(cmd === undefined ? [] : [commandKey(by, cmd)]),
  };
  return rest.reduce(evolve, opened);
}
