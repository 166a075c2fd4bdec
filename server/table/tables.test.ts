import { beforeEach, describe, expect, test } from 'vitest';
import { plainConditions } from '../../shared/link/conditions.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Command } from '../../shared/table/command.ts';
import type { Entry } from '../../shared/table/entry.ts';
import type { Holder, Role } from '../../shared/table/seats.ts';
import type { TableView } from '../../shared/table/table-view.ts';
import { projectTrace } from '../../shared/table/view.ts';
import { ManualClock } from '../clock.testing.ts';
import type { LogStore } from '../store/log-store.ts';
import { MemoryLog } from '../store/memory.ts';
import type { Plan } from './plan.ts';
import { TableViews } from './publish.ts';
import { Tables } from './tables.ts';

const BOT: Holder = { kind: 'bot', skill: 1 };
const ANA: Holder = { kind: 'player', id: 'ana' };
const EMPTY: Holder = { kind: 'empty' };

let clock: ManualClock;
let log: MemoryLog<Entry>;
let plan: Plan;
let faults: unknown[];

beforeEach(() => {
  clock = new ManualClock();
  log = new MemoryLog();
  faults = [];
  const scenario = scenarioById('three-way-handshake')!;
  const seats = { client: BOT, server: BOT, link: ANA, referee: EMPTY };
  plan = {
    opening: {
      type: 'table-opened',
      at: clock.now(),
      table: 't',
      seed: 'seed',
      rules: 1,
      scenario: { ...scenario, budget: { ...scenario.budget, conditions: true } },
      seats,
    },
    seats,
    rate: 1,
    endsAfterMs: null,
    ended: false,
  };
});

function node(over: { log?: LogStore<Entry>; clock?: ManualClock } = {}): Tables {
  return new Tables({
    log,
    clock,
    plans: async (tableId) => (tableId === 't' ? ok(plan) : refuse({ code: 'table/not-found' })),
    fault: (error) => faults.push(error),
    ...over,
  });
}

const sender = (cmd: string, by = 'ana', role: Result<Role, Refusal> = ok('link')) => ({
  roleAt: () => role,
  by,
  cmd,
});
const turn = (ms: number): Command => ({
  type: 'set-conditions',
  from: 'client',
  conditions: plainConditions(ms),
});
const phaseOf = async (tables: Tables) => {
  const phase = await tables.read('t', (table) => ok(table.phase));
  return phase.ok ? phase.value : phase.error.code;
};
const DONE = { ok: true, value: null };

describe('a table follows its round', () => {
  test('it is opened when it is looked at first, whoever looks, once', async () => {
    const nodes = [node(), node(), node()];
    expect(await Promise.all(nodes.map(phaseOf))).toEqual(['running', 'running', 'running']);
    expect((await log.read('t')).map(({ type }) => type)).toEqual(['table-opened', 'clock-set']);
  });

  test('it pauses, goes on and ends with it; what was missed is made up for', async () => {
    const tables = node();
    await tables.follow('t');
    plan = { ...plan, rate: 0 };
    await tables.follow('t');
    expect(await phaseOf(tables)).toBe('paused');
    await tables.follow('t');
    plan = { ...plan, rate: 2, seats: { ...plan.seats, link: BOT } };
    const restarted = node();
    expect(await phaseOf(restarted)).toBe('running');
    const seats = await restarted.read('t', (table) => ok(table.seats.link));
    expect(seats).toEqual(ok(BOT));
    plan = { ...plan, ended: true };
    await restarted.follow('t');
    await restarted.follow('t');
    expect(await phaseOf(restarted)).toBe('ended');
    expect((await log.read('t')).map(({ type }) => type)).toEqual([
      'table-opened',
      'clock-set',
      'clock-set',
      'seat-taken',
      'clock-set',
      'table-ended',
    ]);
  });

  test('a table of no round is not there', async () => {
    expect(await node().read('elsewhere', () => ok(null))).toEqual(refuse({ code: 'table/not-found' }));
    expect(await log.read('elsewhere')).toEqual([]);
  });
});

describe('commands', () => {
  test('of several nodes at once are all carried out, each once, in one order', async () => {
    const nodes = [node(), node()];
    const replies = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        nodes[i % 2]!.command('t', turn(1000 + i), sender(`c${i >> 1}`, `by${i % 2}`)),
      ),
    );
    expect(replies).toEqual(Array(30).fill(DONE));
    const entries = await log.read('t');
    expect(entries.filter(({ type }) => type === 'conditions-set')).toHaveLength(30);
    const versions = await Promise.all(nodes.map((one) => one.command('t', turn(1), sender('last'))));
    expect(versions).toEqual([DONE, DONE]); // the same id: the second node finds it in the log
    expect((await log.read('t')).length).toBe(entries.length + 1);
  });

  test('that are asked at once are decided one on top of the other, kept together, and answered each for itself', async () => {
    const appended: number[] = [];
    const counting: LogStore<Entry> = {
      read: (stream, from) => log.read(stream, from),
      append: (stream, version, entries) => {
        appended.push(entries.length);
        return log.append(stream, version, entries);
      },
    };
    const tables = node({ log: counting });
    await tables.follow('t');
    appended.length = 0;
    const broken = {
      ...sender('broken'),
      roleAt: () => {
        throw new Error('a fault of the lab');
      },
    };
    const replies = await Promise.allSettled([
      tables.command('t', turn(1), sender('a')),
      tables.command('t', { type: 'mend' }, sender('b')),
      tables.command('t', turn(1), broken),
      tables.command('t', turn(1), sender('a')),
      tables.command('t', turn(2), sender('c')),
    ]);
    expect(replies).toEqual([
      { status: 'fulfilled', value: DONE },
      { status: 'fulfilled', value: refuse({ code: 'cable/already' }) },
      { status: 'rejected', reason: new Error('a fault of the lab') },
      { status: 'fulfilled', value: DONE },
      { status: 'fulfilled', value: DONE },
    ]);
    expect(appended).toEqual([2]);
    expect((await log.read('t')).slice(-2).map(({ cmd }) => cmd)).toEqual(['a', 'c']);
  });

  test('of a node whose clock is behind are stamped after what is in the log', async () => {
    await node().command('t', turn(1000), sender('a'));
    const behind = new ManualClock(clock.now() - 5000);
    expect(await node({ clock: behind }).command('t', turn(2000), sender('b'))).toEqual(DONE);
    const stamps = (await log.read('t')).map(({ at }) => at);
    expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
  });

  test('of a node that was brought further than another had been are decided on what is in the log', async () => {
    // The bot's SYN is answered by nobody and sent again: much happens in a minute.
    const seats = { ...plan.seats, server: { kind: 'player', id: 'wei' } } as const;
    plan = { ...plan, seats, opening: { ...plan.opening, seats } as Entry };
    const [behind, ahead] = [node(), node({ clock: new ManualClock(clock.now() + 60_000) })];
    await behind.follow('t');
    const historyOf = async (tables: Tables) => {
      const read = await tables.read('t', (table) => ok(projectTrace(table, 'full', 0).items));
      if (!read.ok) throw new Error(read.error.code);
      return read.value;
    };
    const before = await historyOf(ahead);
    expect(await behind.command('t', turn(4000), sender('a'))).toEqual(DONE);
    expect(await ahead.command('t', turn(5000), sender('b'))).toEqual(DONE);
    const after = await historyOf(ahead);
    const arrivals = [before, after].map((all) =>
      all.filter(({ kind }) => kind === 'arrived').map(({ ms }) => ms),
    );
    expect(arrivals[1]).not.toEqual(arrivals[0]); // the SYN took the longer way after all
    expect(after).toEqual(await historyOf(node({ clock: new ManualClock(clock.now() + 60_000) })));
  });

  test('are refused without a part, and nothing is written', async () => {
    const tables = node();
    await tables.follow('t');
    const version = (await log.read('t')).length;
    const none = sender('a', 'eve', refuse({ code: 'seat/not-yours' }));
    expect(await tables.command('t', turn(1), none)).toEqual(refuse({ code: 'seat/not-yours' }));
    expect(await tables.command('t', { type: 'hint' }, sender('b'))).toMatchObject({ ok: false });
    expect((await log.read('t')).length).toBe(version);
  });

  test('when it is not known whether one was kept, asking again tells', async () => {
    let broken = false;
    const unsure: LogStore<Entry> = {
      read: (stream, from) => log.read(stream, from),
      append: async (stream, version, entries) => {
        const outcome = await log.append(stream, version, entries);
        if (broken) throw new Error('the line went dead');
        return outcome;
      },
    };
    const tables = node({ log: unsure });
    await tables.follow('t');
    broken = true;
    await expect(tables.command('t', turn(1000), sender('a'))).rejects.toThrow('the line went dead');
    broken = false;
    expect(await tables.command('t', turn(1000), sender('a'))).toEqual(DONE);
    expect((await log.read('t')).filter(({ type }) => type === 'conditions-set')).toHaveLength(1);
  });
});

describe('whoever watches', () => {
  const watcher = (role: Role) => {
    const views: TableView[] = [];
    return { views, roleAt: () => ok(role), send: (view: TableView) => void views.push(view) };
  };

  test('sees what time brings, and pieces that fit together without gap or overlap', async () => {
    const tables = node();
    const views = new TableViews(tables);
    const link = watcher('link');
    const snapshot = await views.watch('t', link);
    if (!snapshot.ok) throw new Error(snapshot.error.code);
    for (let i = 0; i < 40; i++) {
      clock.advance(500);
      await tables.settled();
    }
    expect(link.views.length).toBeGreaterThan(5);
    let next = snapshot.value.trace.items.length;
    for (const { trace } of link.views.filter((view) => view.trace.lens === 'link')) {
      expect(trace.from).toBe(next);
      next += trace.items.length;
    }
    // The bots have shaken hands: the table is over, and everyone sees all of it.
    expect(link.views.at(-1)!.now?.as).toBe('full');
    const again = await views.watch('t', watcher('link'));
    expect(again.ok && again.value.trace.items).toEqual(
      link.views.filter((view) => view.trace.lens === 'full').flatMap(({ trace }) => trace.items),
    );
  });

  test('is not woken when their own view has not changed', async () => {
    const tables = node();
    const views = new TableViews(tables);
    const [server, link] = [watcher('server'), watcher('link')];
    await views.watch('t', server);
    await views.watch('t', link);
    expect(await tables.command('t', turn(1500), sender('a'))).toEqual(DONE);
    expect(link.views).toHaveLength(1);
    expect(server.views).toHaveLength(0);
  });

  test('and leaves is not told any more, and the table need not be woken for them', async () => {
    const tables = node();
    const views = new TableViews(tables);
    const link = watcher('link');
    await views.watch('t', link);
    views.leave('t', link);
    await tables.command('t', turn(1500), sender('a'));
    clock.advance(10_000);
    expect(link.views).toEqual([]);
    expect(clock.timers).toBe(1); // the sweep
    tables.stop();
    expect(clock.timers).toBe(0);
  });

  test('one that fails to be shown does not keep the others from being shown', async () => {
    const tables = node();
    tables.listen('t', () => {
      throw new Error('broken');
    });
    const heard: string[] = [];
    tables.listen('t', (table) => heard.push(table.phase));
    await tables.follow('t');
    expect(heard).toEqual(['running']);
    expect(faults).toHaveLength(1);
  });
});
