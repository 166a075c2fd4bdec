import { describe, expect, test } from 'vitest';
import type { TableMini } from '../table/mini.ts';
import { joinUrlOf } from './join-url-of.ts';
import { OPENED, Room, SCENARIOS, refused } from './room.testing.ts';
import { screenView } from './screen-view.ts';
import type { ScreenView } from './screen-view.ts';
import type { Screen } from './screen.ts';

const mini = (tableId: string, over: Partial<TableMini> = {}): TableMini => ({
  tableId,
  phase: 'running',
  states: { client: 'SYN-SENT', server: 'LISTEN' },
  owesSinceMs: { client: null, server: null },
  clock: { at: 0, ms: 0, rate: 1 },
  wrong: { client: 1, server: 2 },
  right: { client: 3, server: 4 },
  attempts: { client: 0, server: 0 },
  away: [],
  waits: [],
  endedBy: null,
  strokes: [],
  ...over,
});

/** A round of two tables is running. */
function lesson(scenarioId = 's'): Room {
  const room = new Room({ ...OPENED, secret: 'SECRET' }).join('Ana', 'Ben', 'Cem');
  room.ask({ type: 'prepare-round', scenarioId, seating: 'pairs' });
  room.ask({ type: 'start-round' });
  return room;
}

function shown(room: Room, screen: Screen, minis: Partial<TableMini> = {}): ScreenView {
  expect(room.ask({ type: 'set-screen', screen })).toMatchObject({ ok: true });
  return seen(room, minis);
}

function seen(room: Room, minis: Partial<TableMini> = {}): ScreenView {
  const round = room.classroom.rounds.at(-1);
  return screenView(room.classroom, {
    scenarioById: (id) => SCENARIOS[id],
    here: new Set(['ana', 'ben']),
    at: 7,
    baseUrl: 'http://lab',
    minis: round?.tables.map(({ tableId }) => mini(tableId, minis)) ?? [],
    misconceptions: [{ code: 'M01', people: 2, times: 3, seen: ['ana'] } as never],
  });
}

describe('the screen', () => {
  test('begins with the code, and shows who is here if names are allowed', () => {
    const room = new Room({ ...OPENED, secret: 'SECRET' }).join('Ana', 'Ben', 'Cem');
    expect(room.classroom.screen).toEqual({ show: 'code', names: false });
    const view = shown(room, { show: 'code', names: false });
    expect(view).toEqual({
      classroomId: 'k1',
      at: 7,
      show: 'code',
      here: 2,
      round: null,
      join: { code: 'QWERTZ', joinUrl: 'http://lab/join/QWERTZ#SECRET', locked: false },
    });
    expect(shown(room, { show: 'code', names: true }).names).toEqual(['Ana', 'Ben']);
  });

  test('shows how far the tables are', () => {
    const room = lesson();
    const [round] = room.classroom.rounds;
    const { tables, round: on } = shown(room, { show: 'progress', names: false });
    expect(on).toMatchObject({ scenarioId: 's', title: { en: 'S', 'zh-CN': 'S' }, phase: 'running' });
    expect(tables).toHaveLength(2);
    expect(tables?.[1]).toEqual({
      tableId: round?.tables[1]?.tableId,
      number: 2,
      phase: 'running',
      states: { client: 'SYN-SENT', server: 'LISTEN' },
      right: 7,
      wrong: 3,
    });
    expect(
      shown(room, { show: 'progress', names: true })
        .tables?.flatMap(({ names }) => names)
        .sort(),
    ).toEqual(['Ana', 'Ben', 'Cem']);
  });

  test('parts those that finished what the scenario asks from those that only ended', () => {
    const finished = (minis: Partial<TableMini>) =>
      shown(lesson(), { show: 'progress', names: false }, minis).tables?.[0]?.finished;
    expect(finished({ phase: 'running' })).toBeUndefined();
    expect(finished({ phase: 'ended' })).toBe(true);
    for (const endedBy of ['limit', 'stuck', 'stopped'] as const) {
      expect(finished({ phase: 'ended', endedBy })).toBe(false);
    }
  });

  test('shows one table, or a moment of it', () => {
    const room = lesson();
    const { tableId } = room.classroom.rounds[0]!.tables[1]!;
    expect(shown(room, { show: 'table', tableId, names: false }).table).toEqual({
      tableId,
      number: 2,
      atMs: null,
    });
    expect(shown(room, { show: 'table', tableId, atMs: 1500, names: false }).table).toEqual({
      tableId,
      number: 2,
      atMs: 1500,
    });
    for (const id of [undefined, 'nowhere']) {
      const screen: Screen = { show: 'table', names: false, ...(id && { tableId: id }) };
      expect(room.ask({ type: 'set-screen', screen })).toMatchObject(refused('table/not-found'));
    }
  });

  test.each(['code', 'progress', 'table', 'poll', 'debrief', 'blank'] as const)(
    'names nobody unless allowed, and shows nothing that was not put up: %s',
    (show) => {
      const room = lesson();
      room.ask({ type: 'open-poll', scenarioId: 's', questionId: 'why-three' });
      const { tableId } = room.classroom.rounds[0]!.tables[0]!;
      const view = shown(room, {
        show,
        names: false,
        ...((show === 'table' || show === 'debrief') && { tableId }),
      });
      const text = JSON.stringify(view);
      for (const { name, id, tokenHash } of room.classroom.players) {
        expect(text).not.toContain(name);
        expect(text).not.toContain(`"${id}"`);
        expect(text).not.toContain(tokenHash);
      }
      expect(text).not.toMatch(/seed|canary|tokenHash|seats/);
      if (show !== 'code') expect(text).not.toMatch(/SECRET|QWERTZ/);
      if (show !== 'debrief') expect(text).not.toContain('M01');
      if (show !== 'poll') expect(text).not.toContain('Why three');
    },
  );

  test('sums up what went wrong, without saying where', () => {
    const view = shown(lesson(), { show: 'debrief', names: true });
    expect(view.misconceptions).toEqual([{ code: 'M01', people: 2, times: 3 }]);
  });
});

describe('an exam that is going on', () => {
  const tableOf = (room: Room) => room.classroom.rounds.at(-1)!.tables[0]!.tableId;

  test('is not put up: one table would tell the others what is right', () => {
    const room = lesson('exam');
    const tableId = tableOf(room);
    for (const screen of [
      { show: 'table', tableId, names: false },
      { show: 'debrief', tableId, names: false },
      { show: 'debrief', names: false },
    ] as const) {
      expect(room.ask({ type: 'set-screen', screen })).toMatchObject(refused('screen/exam-running'));
    }
    const { tables } = shown(room, { show: 'progress', names: false });
    expect(tables?.[0]).toEqual({ tableId, number: 1, phase: 'running', states: null });
    const ended = shown(room, { show: 'progress', names: false }, { phase: 'ended', endedBy: 'stuck' });
    expect(ended.tables?.[0]).toEqual({ tableId, number: 1, phase: 'ended', states: null });
    room.ask({ type: 'set-clock', rate: 0 });
    const screen = { show: 'table', tableId, names: false } as const;
    expect(room.ask({ type: 'set-screen', screen })).toMatchObject(refused('screen/exam-running'));
    room.ask({ type: 'end-round' });
    expect(shown(room, screen).table).toMatchObject({ tableId });
    expect(shown(room, { show: 'progress', names: false }).tables?.[0]).toMatchObject({ right: 7, wrong: 3 });
  });

  test('hides what went wrong from a screen that was set before', () => {
    const room = lesson();
    const before = tableOf(room);
    room.ask({ type: 'end-round' });
    shown(room, { show: 'debrief', names: false });
    room.ask({ type: 'prepare-round', scenarioId: 'exam', seating: 'pairs' });
    expect(seen(room)).toHaveProperty('misconceptions');
    room.ask({ type: 'start-round' });
    expect(seen(room)).toMatchObject({ show: 'debrief', sealed: true });
    expect(JSON.stringify(seen(room))).not.toContain('M01');
    // What is over may be talked about meanwhile.
    expect(shown(room, { show: 'table', tableId: before, names: false }).table).toMatchObject({ number: 1 });
    room.ask({ type: 'end-round' });
    expect(shown(room, { show: 'debrief', names: false })).not.toHaveProperty('sealed');
  });
});

test('the address to join at has the secret where no server reads it', () => {
  expect(joinUrlOf(new Room().classroom, 'http://lab')).toBe('http://lab/join/QWERTZ');
});
