import { expect } from 'vitest';
import type { Scenario } from '../scenario/types.ts';
import { withDefaults } from '../scenario/with-defaults.ts';
import type { Classroom } from './classroom.ts';
import { decide } from './decide.ts';
import type { ClassroomAsk, ClassroomAsking } from './decide.ts';
import type { ClassroomEntry } from './entry.ts';
import { evolve } from './evolve.ts';
import { replay } from './replay.ts';

const WHY_THREE = withDefaults({
  id: 's',
  title: 'S',
  summary: 'S',
  questions: [
    {
      id: 'why-three',
      text: 'Why three?',
      choices: [
        { id: 'numbers', text: 'Both numbers are acknowledged', right: true, because: 'BECAUSE-canary' },
        {
          id: 'hello',
          text: 'Both say hello',
          right: false,
          because: 'BECAUSE-canary',
          misconception: 'M11',
        },
        { id: 'full', text: 'It is full duplex', right: false, because: 'BECAUSE-canary' },
      ],
    },
  ],
});

/** By their ids: one with a question, and an exam. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  s: WHY_THREE,
  exam: withDefaults({ id: 'exam', title: { en: 'Exam', 'zh-CN': '考试' }, summary: 'E', level: 'exam' }),
};

export const OPENED: ClassroomEntry & { readonly type: 'classroom-opened' } = {
  at: 1000,
  type: 'classroom-opened',
  classroom: 'k1',
  code: 'QWERTZ',
  kind: 'class',
  owner: 'tea',
};

/** A classroom with its log. Everybody who joined is here. */
export class Room {
  readonly log: ClassroomEntry[];
  classroom: Classroom;
  private asked = 0;
  /** Epoch ms of the next command. */
  at = 1000;

  constructor(opened: ClassroomEntry = OPENED) {
    this.log = [opened];
    this.classroom = replay(this.log);
  }

  ask(ask: ClassroomAsk, asking: Partial<ClassroomAsking> = {}): ReturnType<typeof decide> {
    const n = ++this.asked;
    const decided = decide(this.classroom, ask, {
      now: this.at + n,
      by: 'tea',
      cmd: `k${n}`,
      here: this.classroom.players.map(({ id }) => id),
      scenarioById: (id) => SCENARIOS[id],
      fresh: { round: `round${n}`, seed: `seed${n}` },
      ...asking,
    });
    for (const entry of decided.ok ? decided.value : []) {
      this.log.push(entry);
      this.classroom = evolve(this.classroom, entry);
    }
    expect(replay(this.log, this.log.at(-1)?.at)).toEqual(this.classroom);
    return decided;
  }

  join(...names: string[]): this {
    for (const name of names) {
      const player = name.toLowerCase();
      expect(this.ask({ type: 'join', player, name, tokenHash: `hash-${player}` })).toMatchObject({
        ok: true,
      });
    }
    return this;
  }
}

export const refused = (code: string) => ({ ok: false, error: { code } });
