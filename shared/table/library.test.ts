import { describe, expect, test } from 'vitest';
import { LIBRARY } from '../scenario/library/library.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import type { Scenario, Side } from '../scenario/types.ts';
import { fill } from '../tcp/due.ts';
import { expect as dueNow } from '../tcp/expect.ts';
import { STATES } from '../tcp/state.ts';
import { instantOf } from './clock.ts';
import { nextComing } from './coming.ts';
import { lessonsOf } from './lessons.testing.ts';
import { ANA, BEN, BOT, BOTS, EMPTY, HUMANS, Lab } from './script.testing.ts';
import type { Holder, Seats } from './types.ts';

/** Two hours of virtual time: whatever runs on after that would run for ever. */
const TOO_LATE_MS = 7_200_000;

/** Plays to the end: bots by themselves, and a person who answers right, after some thought, wherever one sits. */
function playOut(scenario: Scenario, seats: Seats, seed: string, thinksMs = 7000): Lab {
  const lab = new Lab({ scenario, seats, seed });
  for (let step = 0; lab.table.phase !== 'ended' && step < 5000; step++) {
    const coming = nextComing(lab.table);
    const person = personsTurn(lab, thinksMs);
    const ms = Math.min(coming?.ms ?? Infinity, person?.ms ?? Infinity);
    if (ms > TOO_LATE_MS) break;
    lab.to(ms);
    if (person?.ms === ms) person.act(instantOf(lab.table.clock, ms)!);
  }
  return lab;
}

interface Turn {
  readonly ms: number;
  readonly act: (at: number) => void;
}

function personsTurn(lab: Lab, thinksMs: number): Turn | null {
  const turns: Turn[] = [];
  for (const side of ['client', 'server'] as const satisfies readonly Side[]) {
    if (lab.table.seats[side].kind !== 'player') continue;
    const { openSinceMs, asked } = lab.table.play[side];
    if (asked !== null) {
      const state = asked.end.state;
      turns.push({
        ms: asked.sinceMs + thinksMs / 3,
        act: (at) => lab.ask(side, { type: 'label', state }, at),
      });
    } else if (openSinceMs !== null) {
      turns.push({
        ms: openSinceMs + thinksMs,
        act: (at) => {
          const due = dueNow(lab.table.ends[side])[0];
          if (due) lab.ask(side, { type: 'send', seg: fill(due) }, at);
        },
      });
    }
  }
  return turns.sort((a, b) => a.ms - b.ms)[0] ?? null;
}

const SLOPPY: Holder = { kind: 'bot', skill: 0.4 };

describe.each(LIBRARY.map((scenario) => [scenario.id, scenario] as const))('%s', (_id, scenario) => {
  test('is played to its end by bots, and all that it claims to teach occurs', () => {
    for (const seed of ['a', 'b', 'c']) {
      const { table, happenings } = playOut(scenario, BOTS, seed);
      expect(table.phase, `seed ${seed}`).toBe('ended');
      const lessons = lessonsOf(happenings);
      for (const lesson of scenario.teaches ?? []) expect([...lessons], `seed ${seed}`).toContain(lesson);
      // Trouble comes where it was announced and nowhere else; only the weather is free.
      for (const trouble of ['loss', 'retransmission', 'reset'] as const) {
        if (scenario.link.client.lossPct > 0) continue;
        expect(lessons.has(trouble), `${trouble}, seed ${seed}`).toBe(scenario.teaches?.includes(trouble));
      }
      for (const it of happenings) {
        if (it.kind === 'sent') expect(it.verdict.verdict).not.toBe('wrong');
      }
    }
  });

  test.each(['client', 'server'] as const)(
    'is played to its end by a thoughtful person as %s, against bots',
    (side) => {
      const seats: Seats = {
        client: BOT,
        server: BOT,
        link: EMPTY,
        referee: EMPTY,
        [side]: side === 'client' ? ANA : BEN,
      };
      const { table, happenings } = playOut(scenario, seats, 'a');
      expect(table.phase).toBe('ended');
      const lessons = lessonsOf(happenings);
      for (const lesson of scenario.teaches ?? []) expect([...lessons]).toContain(lesson);
      for (const it of happenings) {
        if (it.kind === 'sent' || it.kind === 'label')
          expect(it.verdict.verdict, JSON.stringify(it)).not.toBe('wrong');
      }
    },
  );

  test('is played to its end by two slow people, though timers expire meanwhile', () => {
    const { table, happenings } = playOut(scenario, HUMANS, 'a', 21_000);
    expect(table.phase).toBe('ended');
    for (const it of happenings) {
      if (it.kind === 'sent' || it.kind === 'label')
        expect(it.verdict.verdict, JSON.stringify(it)).not.toBe('wrong');
    }
  });

  test('comes to rest with bots that make mistakes: to its end, if mistakes are held back', () => {
    const { table } = playOut(scenario, { ...BOTS, client: SLOPPY, server: SLOPPY }, 'a');
    if (scenario.onWrong === 'block') expect(table.phase).toBe('ended');
    // Octets that were never written can leave the two ends at odds for good; then at least nothing goes on for ever.
    else expect(table.phase === 'ended' || nextComing(table) === null).toBe(true);
  });
});

test('wherever a scenario may let two ends start, a table can begin', () => {
  let pairs = 0;
  for (const client of STATES) {
    for (const server of STATES) {
      const parsed = parseScenario({
        id: 'start',
        title: 'Start',
        summary: 'Start',
        ends: { client: { start: client }, server: { start: server } },
      });
      if (!parsed.ok) continue;
      pairs += 1;
      const { table } = new Lab({ scenario: parsed.value, seats: BOTS });
      expect([table.ends.client.state, table.ends.server.state]).toEqual([client, server]);
    }
  }
  expect(pairs).toBeGreaterThan(10);
});
