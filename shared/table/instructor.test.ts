import { describe, expect, test } from 'vitest';
import { plainConditions } from '../link/conditions.ts';
import { nextChangeAt } from './advance.ts';
import { miniOf } from './mini.ts';
import { replay } from './replay.ts';
import { BOTS, EMPTY, HUMANS, Lab, START, exercise, script } from './script.testing.ts';
import { STILL_MS } from './stuck.ts';
import { nowFor, viewFor } from './view.ts';

const refused = (code: string) => ({ ok: false, error: { code } });

describe('a nudge', () => {
  test('gives a field away, and takes nothing from the hints that are left', () => {
    const lab = new Lab({ scenario: exercise({ hints: 1 }) });
    expect(lab.act('instructor', { type: 'nudge', seat: 'client' }, 0)).toMatchObject({
      value: [{ type: 'nudged', by: 'tea', side: 'client', field: 'flags', value: 'SYN' }],
    });
    expect(nowFor(lab.table, 'client')).toMatchObject({ hints: 0, hintsLeft: 1 });
    expect(viewFor(lab.table, 'client', START).trace.items.at(-1)).toEqual({
      ms: 0,
      kind: 'hint',
      side: 'client',
      field: 'flags',
      value: 'SYN',
      free: true,
    });
    // The hint that follows goes on from there.
    expect(lab.act('client', { type: 'hint' }, 0)).toMatchObject({ value: [{ field: 'seq', value: 100 }] });
    expect(lab.act('client', { type: 'hint' }, 0)).toMatchObject(refused('hint/none-left'));
  });

  test('has nothing to say where nothing is due', () => {
    const lab = new Lab();
    expect(lab.act('instructor', { type: 'nudge', seat: 'server' }, 0)).toMatchObject(
      refused('hint/nothing-due'),
    );
  });
});

describe('a storm', () => {
  const mild = plainConditions(50);

  test('blows in both directions, and then it is as it was', () => {
    const lab = new Lab();
    lab.act('instructor', { type: 'storm', forMs: 10_000 }, 100);
    expect(lab.table.wires.client.conditions).toMatchObject({ delayMs: 1500, lossPct: 30 });
    expect(nowFor(lab.table, 'link')).toMatchObject({ stormUntilMs: 10_100 });
    lab.to(10_099);
    expect(lab.table.storm).not.toBeNull();
    lab.to(10_100);
    expect(lab.table.storm).toBeNull();
    expect(lab.table.wires.client.conditions).toEqual(mild);
    expect(lab.table.wires.server).toMatchObject({ conditions: mild, conditionsVersion: 3 });
    expect(lab.happenings.flatMap((it) => (it.kind === 'storm' ? [[it.ms, it.on]] : []))).toEqual([
      [100, true],
      [10_100, false],
    ]);
  });

  test('called again it lasts longer, and what comes back is what was before both', () => {
    const lab = new Lab();
    lab.act('instructor', { type: 'storm', forMs: 2000 }, 0);
    lab.act(
      'instructor',
      { type: 'storm', forMs: 2000, conditions: { ...mild, lossPct: 90, burstSegments: 20 } },
      1000,
    );
    lab.to(2999);
    expect(lab.table.wires.server.conditions.lossPct).toBe(90);
    lab.to(3000);
    expect(lab.table.wires.server.conditions).toEqual(mild);
  });

  test('does not take back what somebody sets while it blows', () => {
    const lab = new Lab();
    lab.act('instructor', { type: 'storm', forMs: 2000 }, 0);
    lab.act('link', { type: 'set-conditions', from: 'client', conditions: plainConditions(70) }, 500);
    expect(lab.table.wires.client.conditions.delayMs).toBe(70);
    lab.to(2000);
    expect(lab.table.wires.client.conditions).toEqual(plainConditions(70));
    expect(lab.table.wires.server.conditions).toEqual(mild);
  });

  test('is neither endless nor impossible, and not for students', () => {
    const lab = new Lab();
    expect(lab.act('instructor', { type: 'storm', forMs: 999 }, 0)).toMatchObject(
      refused('storm/invalid-length'),
    );
    expect(lab.act('instructor', { type: 'storm', forMs: Infinity }, 0)).toMatchObject(
      refused('storm/invalid-length'),
    );
    const conditions = { ...mild, lossPct: 101 };
    expect(lab.act('instructor', { type: 'storm', forMs: 2000, conditions }, 0)).toMatchObject(
      refused('link/out-of-range'),
    );
    expect(lab.act('link', { type: 'storm', forMs: 2000 }, 0)).toMatchObject(refused('seat/not-allowed'));
  });

  test('stands still while the clock does', () => {
    const lab = new Lab();
    lab.act('instructor', { type: 'storm', forMs: 2000 }, 0);
    lab.act('instructor', { type: 'set-clock', rate: 0 }, 500);
    expect(replay(lab.log, START + 100_000).storm).not.toBeNull();
  });
});

test('the instructor makes an application call', () => {
  const scenario = exercise({
    calls: [
      { side: 'client', when: { atMs: 0 }, call: 'connect' },
      { side: 'server', when: { atMs: 60_000 }, call: 'close' },
    ],
  });
  const lab = script({ scenario, seats: { ...BOTS, link: EMPTY } })`
    500  client  = ESTABLISHED
  `;
  lab.act('instructor', { type: 'inject', side: 'client', call: { call: 'close' } }, 500);
  expect(lab.log.at(-1)).toMatchObject({ type: 'call-injected', by: 'tea' });
  expect(lab.table.ends.client.state).toBe('FIN-WAIT-1');
});

describe('a time limit', () => {
  test('ends the table, paused time not counted', () => {
    const lab = new Lab({ endsAfterMs: 5000 });
    expect(nowFor(lab.table, 'client')).toMatchObject({ limitMs: 5000 });
    lab.act('instructor', { type: 'set-clock', rate: 0 }, 1000);
    expect(replay(lab.log, START + 100_000).phase).toBe('paused');
    lab.ask('instructor', { type: 'set-clock', rate: 2 }, START + 100_000);
    expect(replay(lab.log, START + 101_999).phase).toBe('running');
    const ended = replay(lab.log, START + 102_000);
    expect(ended).toMatchObject({ phase: 'ended', clock: { ms: 5000, rate: 0 } });
    expect(miniOf(ended).endedBy).toBe('limit');
  });

  test('is extended, taken away, or over at once', () => {
    const lab = new Lab({ endsAfterMs: 5000 });
    lab.act('instructor', { type: 'set-limit', endsAfterMs: 8000 }, 4999);
    lab.to(7999);
    expect(lab.table.phase).toBe('running');
    lab.act('instructor', { type: 'set-limit', endsAfterMs: null }, 7999);
    lab.to(20_000);
    expect(lab.table.phase).toBe('running');
    lab.act('instructor', { type: 'set-limit', endsAfterMs: 100 }, 20_000);
    expect(lab.table).toMatchObject({ phase: 'ended', clock: { ms: 20_000 } });
  });
});

describe('a table that will get nowhere', () => {
  const idle = exercise({ calls: [{ side: 'client', when: { received: 1 }, call: 'connect' }] });

  test('ends when nothing can happen any more', () => {
    const lab = new Lab({ scenario: idle });
    expect(miniOf(lab.table)).toMatchObject({ phase: 'ended', endedBy: 'stuck' });
  });

  test('waits for a person who owes an answer, but not for ever', () => {
    const lab = new Lab();
    expect(nextChangeAt(lab.table)).toBe(START + STILL_MS);
    lab.to(STILL_MS - 1);
    lab.act('client', { type: 'nothing' }, STILL_MS - 1);
    lab.to(2 * STILL_MS - 2);
    expect(lab.table.phase).toBe('running');
    lab.to(2 * STILL_MS - 1);
    expect(miniOf(lab.table)).toMatchObject({ phase: 'ended', endedBy: 'stuck' });
  });

  test('two bots that send into a cut cable come to an end', () => {
    const lab = new Lab({ seats: BOTS });
    lab.act('instructor', { type: 'cut' }, 0);
    lab.to(3 * STILL_MS);
    expect(lab.table.phase).toBe('ended');
  });

  test('waits while somebody holds a segment in hand', () => {
    const lab = new Lab({
      scenario: exercise({ finish: 'established' }),
      seats: { ...HUMANS, client: BOTS.client, server: BOTS.server },
    });
    lab.to(30);
    lab.act('link', { type: 'touch', flight: 'c1', touch: 'duplicate' }, 30);
    lab.act('link', { type: 'touch', flight: 'c1.2', touch: 'hold' }, 30);
    lab.to(10_000);
    expect(lab.table.ends.server.state).toBe('ESTABLISHED');
    expect(lab.table.phase).toBe('running');
    lab.act('instructor', { type: 'lend-seat', seat: 'link' }, 10_000);
    expect(miniOf(lab.table)).toMatchObject({ phase: 'ended', endedBy: 'stuck' });
  });

  test('is not the only one that ends unfinished: its round may stop it, and it says so', () => {
    const stopped = (rules?: number) => {
      const lab = new Lab(rules === undefined ? {} : { rules });
      lab.act('instructor', { type: 'end' }, 10);
      return miniOf(lab.table);
    };
    expect(stopped()).toMatchObject({ phase: 'ended', endedBy: 'stopped' });
    expect(stopped(2)).toMatchObject({ phase: 'ended', endedBy: null });
  });

  test('stood for ever under the first rules', () => {
    const lab = new Lab({ scenario: idle, rules: 1 });
    expect(nextChangeAt(lab.table)).toBeNull();
    expect(lab.table.phase).toBe('running');
  });
});
