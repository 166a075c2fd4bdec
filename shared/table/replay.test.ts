import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance, nextChangeAt } from './advance.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import type { Entry } from './entry.ts';
import { evolve } from './evolve.ts';
import { fingerprint, games } from './random-play.testing.ts';
import { replay } from './replay.ts';
import { BOTS, START, exercise } from './script.testing.ts';
import type { Role } from './seats.ts';
import type { Lens } from './trace.ts';
import { projectTrace } from './view.ts';
import { LENSES } from './witness.ts';

const last = (log: readonly Entry[]): number => log.at(-1)?.at ?? 0;

test('the table at t is the table at t − 1, advanced to t', () => {
  fc.assert(
    fc.property(games(), fc.nat(20_000), (log, later) => {
      const t = last(log) + 1 + later;
      expect(fingerprint(replay(log, t))).toBe(fingerprint(advance(replay(log, t - 1), t)));
    }),
    { numRuns: 40 },
  );
});

test('it does not matter in how many steps time passes, nor when an entry is added', () => {
  fc.assert(
    fc.property(games(), fc.array(fc.nat(1500), { maxLength: 12 }), (log, steps) => {
      const [opened, ...rest] = log as [Entry, ...Entry[]];
      let table = replay([opened], opened.at);
      for (const entry of rest) {
        const between = Math.floor((table.clock.at + entry.at) / 2);
        table = evolve(advance(advance(table, Math.min(between, entry.at)), entry.at), entry);
      }
      let at = last(log);
      for (const step of steps) {
        at += step;
        table = advance(table, at);
      }
      expect(fingerprint(table)).toBe(fingerprint(replay(log, at)));
      expect(table.version).toBe(log.length);
    }),
    { numRuns: 40 },
  );
});

test('between two changes the table stands still, and at the next it changes', () => {
  fc.assert(
    fc.property(games(), (log) => {
      let table = replay(log, last(log));
      for (let i = 0; i < 8; i++) {
        const next = nextChangeAt(table);
        if (next === null) break;
        expect(Number.isInteger(next)).toBe(true);
        expect(advance(table, next - 1)).toBe(table);
        expect(fingerprint(replay(log, next - 1))).toBe(fingerprint(table));
        const after = advance(table, next);
        expect(after).not.toBe(table);
        expect(after.history?.length).toBeGreaterThan(table.history?.length ?? 0);
        table = after;
      }
    }),
    { numRuns: 25 },
  );
});

test('a table that was replaced stays what it was', () => {
  fc.assert(
    fc.property(games(), (log) => {
      const [opened, ...rest] = log as [Entry, ...Entry[]];
      let table = replay([opened], opened.at);
      const kept: [typeof table, string][] = [];
      for (const entry of rest) {
        kept.push([table, fingerprint(table)]);
        table = evolve(table, entry);
      }
      for (const [old, print] of kept) expect(fingerprint(old)).toBe(print);
    }),
    { numRuns: 25 },
  );
});

test('a trace only grows, and its pieces make the whole', () => {
  fc.assert(
    fc.property(games(), (log) => {
      const seen: Record<Lens, string[]> = { client: [], server: [], link: [], referee: [], full: [] };
      const look = (table: ReturnType<typeof replay>): void => {
        for (const lens of LENSES) {
          const piece = projectTrace(table, lens, seen[lens].length);
          expect(piece.from).toBe(seen[lens].length);
          seen[lens].push(...piece.items.map((item) => JSON.stringify(item)));
        }
      };
      const [opened, ...rest] = log as [Entry, ...Entry[]];
      let table = replay([opened], opened.at);
      for (const entry of rest) {
        table = evolve(table, entry);
        look(table);
      }
      table = advance(table, last(log) + 5000);
      look(table);
      for (const lens of LENSES) {
        const whole = projectTrace(table, lens, 0).items.map((item) => JSON.stringify(item));
        expect(seen[lens]).toEqual(whole);
        expect(whole).toHaveLength(table.witnessed[lens]);
      }
    }),
    { numRuns: 25 },
  );
});

test('entries stamped later than now have not happened yet', () => {
  const log: Entry[] = [
    { at: START, type: 'table-opened', table: 't', seed: 's', rules: 1, scenario: exercise(), seats: BOTS },
    { at: START, type: 'clock-set', rate: 1 },
    { at: START + 100, type: 'clock-set', rate: 0 },
  ];
  expect(replay(log, START + 99)).toMatchObject({ version: 2, phase: 'running' });
  expect(replay(log, START + 100)).toMatchObject({ version: 3, phase: 'paused' });
});

test('a command sent twice is the same as sent once', () => {
  fc.assert(
    fc.property(games(15), (log) => {
      const now = last(log);
      const table = replay(log, now);
      for (const { by, cmd } of log) {
        if (by === undefined || cmd === undefined) continue;
        // In these games a player's id is the part they play. What the retry carries is not looked at: its id
        // was accepted.
        const commands: Readonly<Record<string, Command>> = {
          instructor: { type: 'end' },
          link: { type: 'cut' },
          referee: { type: 'call-out', id: 'c1' },
        };
        const command = commands[by] ?? { type: 'nothing' };
        expect(decide(table, command, { role: by as Role, now, by, cmd })).toEqual({ ok: true, value: [] });
      }
    }),
    { numRuns: 30 },
  );
});

test('an id that somebody else has used is still one’s own', () => {
  const log: Entry[] = [
    { at: START, type: 'table-opened', table: 't', seed: 's', rules: 1, scenario: exercise(), seats: BOTS },
    { at: START, type: 'clock-set', rate: 1, by: 'ana', cmd: 'k1' },
  ];
  const asked = { role: 'instructor', now: START, cmd: 'k1' } as const;
  const table = replay(log, START);
  expect(decide(table, { type: 'end' }, { ...asked, by: 'ana' })).toEqual({ ok: true, value: [] });
  expect(decide(table, { type: 'end' }, { ...asked, by: 'ben' })).toMatchObject({
    value: [{ type: 'table-ended' }],
  });
});

test('a log of ten thousand entries is replayed to its end', () => {
  const scenario = exercise({ onWrong: 'block' });
  const log: Entry[] = [
    {
      at: START,
      type: 'table-opened',
      table: 't',
      seed: 's',
      rules: 1,
      scenario,
      seats: { ...BOTS, client: { kind: 'empty' } },
    },
    { at: START, type: 'clock-set', rate: 1 },
  ];
  const seg = { seq: 1, ack: 0, flags: 2, wnd: 0, dataOctets: 0 };
  const verdict = { verdict: 'wrong', why: 'syn', causes: [], faults: [] } as const;
  for (let i = 0; i < 10_000; i++) {
    log.push({
      at: START + i * 20,
      by: 'a',
      cmd: `k${i}`,
      type: 'segment-blocked',
      side: 'client',
      seg,
      verdict,
    });
  }
  const table = replay(log, last(log));
  expect(table.version).toBe(10_002);
  // One more entry shares all that was there.
  const entry = log.at(-1)!;
  const next = evolve(table, { ...entry, at: entry.at + 1 });
  expect(next.history?.before).toBe(table.history?.before);
});
