import { describe, expect, test } from 'vitest';
import { LIBRARY } from '../scenario/library/library.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import type { Scenario, Side } from '../scenario/types.ts';
import { fill } from '../tcp/due.ts';
import { expect as dueNow } from '../tcp/expect.ts';
import { STATES } from '../tcp/state.ts';
import { instantOf } from './clock.ts';
import { nextComing } from './coming.ts';
import { isPerson } from './bot-skill.ts';
import { foresee } from './foresee.ts';
import { lessonsOf } from './lessons.testing.ts';
import { ANA, BEN, BOT, BOTS, EMPTY, HUMANS, LIN, Lab } from './script.testing.ts';
import type { Holder, Seats } from './seats.ts';

/** Two hours of virtual time: whatever runs on after that would run for ever. */
const TOO_LATE_MS = 7_200_000;

/**
 * Plays to the end: bots by themselves, and a person who answers right, after some thought, wherever one
 * sits.
 */
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
    if (!isPerson(lab.table.seats[side])) continue;
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
  const link = isPerson(lab.table.seats.link) ? linksTurn(lab, thinksMs) : null;
  return [...turns, ...(link ? [link] : [])].sort((a, b) => a.ms - b.ms)[0] ?? null;
}

/**
 * Drops the first segment it may, holds and doubles others, cuts the cable and mends it, and says what will
 * come of it.
 */
function linksTurn(lab: Lab, thinksMs: number): Turn | null {
  const { table } = lab;
  const { predict, flights, cableUp } = table;
  const soonMs = table.clock.ms + thinksMs / 3;
  if (predict !== null) {
    return {
      ms: soonMs,
      act: (at) => lab.ask('link', { type: 'predict', prediction: foresee(lab.table).prediction }, at),
    };
  }
  if (!cableUp) return { ms: soonMs, act: (at) => lab.ask('link', { type: 'mend' }, at) };
  const held = flights.find((flight) => flight.held?.untilMs === null && !flight.held.behind);
  if (held) {
    const command = { type: 'touch', flight: held.id, touch: 'release' } as const;
    return { ms: soonMs, act: (at) => lab.ask('link', command, at) };
  }
  const flight = flights.find((one) => one.held === null);
  const touch = (['drop', 'duplicate', 'hold'] as const).find(
    (act) => table.spent[act] < Math.min(1, table.scenario.budget[act] ?? 1),
  );
  if (!flight || !touch) return null;
  return {
    ms: table.clock.ms + 1,
    act: (at) => lab.ask('link', { type: 'touch', flight: flight.id, touch }, at),
  };
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

  test('is played to its end by a person at the link, who meddles as they may and says what comes of it', () => {
    const { table, happenings } = playOut(scenario, { ...BOTS, link: LIN }, 'a');
    expect(table.phase).toBe('ended');
    expect(happenings).not.toContainEqual(expect.objectContaining({ kind: 'ended', why: 'stuck' }));
    const predictions = happenings.filter((it) => it.kind === 'prediction');
    for (const { verdict } of predictions) expect(verdict.verdict).toBe('due');
    if ((scenario.budget.drop ?? 1) > 0) expect(predictions.length).toBeGreaterThan(0);
  });

  test.each(['client', 'server', 'link', 'referee'] as const)(
    'waits for nobody: the %s is away, who has no time limit, and the others play to the end',
    (away) => {
      const timeless = (id: string): Holder => ({ kind: 'player', id, time: null });
      const four: Seats = {
        client: timeless('ana'),
        server: timeless('ben'),
        link: timeless('lin'),
        referee: timeless('rea'),
      };
      const { table } = playOut(scenario, { ...four, [away]: { ...four[away], away: true } }, 'a');
      expect(table.phase).toBe('ended');
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
    // Octets that were never written can leave the two ends at odds for good; then at least nothing goes on
    // for ever.
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
