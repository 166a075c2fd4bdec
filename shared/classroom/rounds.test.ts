import { describe, expect, test } from 'vitest';
import { withDefaults } from '../scenario/with-defaults.ts';
import { seatOf } from '../table/seat-of.ts';
import type { SeatName } from '../table/seats.ts';
import { advance, nextChangeAt } from './advance.ts';
import { openingOf } from './opening-of.ts';
import { replay } from './replay.ts';
import { Room, refused } from './room.testing.ts';
import type { Round } from './round.ts';

const prepare = { type: 'prepare-round', scenarioId: 's', seating: 'pairs' } as const;
const scenario = withDefaults({ id: 's', title: 'S', summary: 'S' });

function placeOf(round: Round | undefined, player: string): readonly [number, SeatName] | null {
  const at = round?.tables.findIndex(({ seats }) => seatOf(seats, player) !== null) ?? -1;
  const seats = round?.tables[at]?.seats;
  const seat = seats ? seatOf(seats, player) : null;
  return seat === null ? null : [at + 1, seat];
}

describe('whoever comes late', () => {
  test('waits for the next round, and has a seat in it as soon as it is drawn up', () => {
    const room = new Room().join('Ana');
    room.ask(prepare);
    room.ask({ type: 'start-round' });
    room.join('Ben');
    expect(placeOf(room.classroom.rounds[0], 'ben')).toBeNull();
    room.ask(prepare, { here: ['ana'] });
    room.join('Cem');
    expect(placeOf(room.classroom.rounds[1], 'cem')?.[0]).toBe(1);
    expect(placeOf(room.classroom.rounds[1], 'ben')).toBeNull();
    // Ben is back when it starts.
    room.ask({ type: 'end-round' });
    room.ask({ type: 'start-round' });
    expect(placeOf(room.classroom.rounds[1], 'ben')).toEqual([2, 'client']);
  });

  test('takes a bot’s seat at once where that is the setting, beside people if there are any', () => {
    const room = new Room().join('Ana', 'Ben', 'Cem');
    room.ask({ type: 'set-settings', settings: { names: 'free', late: 'at-once' } });
    room.ask(prepare);
    room.ask({ type: 'start-round' });
    const [round] = room.classroom.rounds;
    const lonely = round!.tables.findIndex(({ seats }) =>
      Object.values(seats).some(({ kind }) => kind === 'bot' && seats.client.kind !== seats.server.kind),
    );
    room.join('Dov');
    expect(placeOf(room.classroom.rounds[0], 'dov')?.[0]).toBe(lonely + 1);
    // Every end is taken: Eva opens a table with bots.
    room.join('Eva');
    expect(placeOf(room.classroom.rounds[0], 'eva')).toEqual([3, 'client']);
    expect(room.classroom.rounds[0]?.tables[2]?.tableId).toBe(`${round!.id}-3`);
    room.join('Fay');
    expect(placeOf(room.classroom.rounds[0], 'fay')).toEqual([3, 'server']);
  });

  test('is not seated at a table that is over', () => {
    const room = new Room().join('Ana');
    room.ask({ type: 'set-settings', settings: { names: 'free', late: 'at-once' } });
    room.ask(prepare);
    room.ask({ type: 'start-round' });
    const over = [room.classroom.rounds[0]!.tables[0]!.tableId];
    room.ask({ type: 'join', player: 'ben', name: 'Ben', tokenHash: 'h' }, { over });
    expect(placeOf(room.classroom.rounds[0], 'ben')?.[0]).toBe(2);
  });

  test('and was here before sits down the same way, once', () => {
    const room = new Room().join('Ana', 'Ben');
    room.ask({ type: 'set-settings', settings: { names: 'free', late: 'at-once' } });
    room.ask(prepare, { here: ['ana'] });
    room.ask({ type: 'start-round' }, { here: ['ana'] });
    expect(placeOf(room.classroom.rounds[0], 'ben')).toBeNull();
    expect(room.ask({ type: 'take-seat', player: 'ben' })).toMatchObject({
      value: [{ type: 'seat-assigned' }],
    });
    expect(room.ask({ type: 'take-seat', player: 'ben' })).toEqual({ ok: true, value: [] });
    expect(room.ask({ type: 'take-seat', player: 'eva' })).toMatchObject(refused('player/not-found'));
  });

  test('to play alone has a table of their own', () => {
    const room = new Room().join('Ana');
    room.ask({ type: 'set-settings', settings: { names: 'free', late: 'at-once' } });
    room.ask({ ...prepare, seating: 'alone' });
    room.ask({ type: 'start-round' });
    room.join('Ben');
    expect(placeOf(room.classroom.rounds[0], 'ben')?.[0]).toBe(2);
  });

  test('to fours may become the referee', () => {
    const room = new Room().join('Ana', 'Ben', 'Cem');
    room.ask({ type: 'set-settings', settings: { names: 'free', late: 'at-once' } });
    room.ask({ ...prepare, seating: 'fours' });
    room.ask({ type: 'start-round' });
    room.join('Dov');
    expect(placeOf(room.classroom.rounds[0], 'dov')).toEqual([1, 'referee']);
  });
});

describe('a round’s time', () => {
  test('is up by itself, pauses not counted', () => {
    const room = new Room().join('Ana', 'Ben');
    room.ask({ ...prepare, options: { endsAfterMs: 60_000 } });
    expect(nextChangeAt(room.classroom)).toBeNull();
    room.ask({ type: 'start-round' }, { now: 10_000 });
    expect(nextChangeAt(room.classroom)).toBe(70_000);
    room.ask({ type: 'set-clock', rate: 0 }, { now: 20_000 });
    expect(nextChangeAt(room.classroom)).toBeNull();
    room.ask({ type: 'set-clock', rate: 2 }, { now: 100_000 });
    expect(nextChangeAt(room.classroom)).toBe(125_000);
    expect(advance(room.classroom, 124_999)).toBe(room.classroom);
    const over = advance(room.classroom, 125_000);
    expect(over.rounds[0]).toMatchObject({
      phase: 'ended',
      rate: 0,
      endedAt: 125_000,
      clock: { ms: 60_000 },
    });
    expect(replay(room.log, 125_000)).toEqual(over);
    // Whatever is asked later finds it ended.
    expect(room.ask({ type: 'set-clock', rate: 1 }, { now: 125_000 })).toMatchObject(
      refused('round/not-running'),
    );
  });

  test('is extended or taken away, but not set to what is past', () => {
    const room = new Room().join('Ana', 'Ben');
    expect(room.ask({ type: 'set-limit', endsAfterMs: 1 })).toMatchObject(refused('round/none'));
    room.ask(prepare);
    room.ask({ type: 'set-limit', endsAfterMs: 30_000 });
    expect(room.classroom.rounds[0]?.endsAfterMs).toBe(30_000);
    room.ask({ type: 'start-round' }, { now: 10_000 });
    expect(room.ask({ type: 'set-limit', endsAfterMs: 5000 }, { now: 20_000 })).toMatchObject(
      refused('round/invalid-limit'),
    );
    room.ask({ type: 'set-limit', endsAfterMs: null }, { now: 20_000 });
    expect(nextChangeAt(room.classroom)).toBeNull();
    // The running one's, though another is drawn up.
    room.ask(prepare, { now: 21_000 });
    room.ask({ type: 'set-limit', endsAfterMs: 90_000 }, { now: 22_000 });
    expect(room.classroom.rounds.map(({ endsAfterMs }) => endsAfterMs)).toEqual([90_000, null]);
  });

  test('is told to its tables', () => {
    const room = new Room().join('Ana', 'Ben');
    room.ask({ ...prepare, options: { endsAfterMs: 60_000 } });
    const [round] = room.classroom.rounds;
    expect(openingOf(room.classroom, round!, round!.tables[0]!.tableId, scenario)).toMatchObject({
      rules: 3,
      endsAfterMs: 60_000,
    });
  });
});

describe('what a round has otherwise than its scenario', () => {
  test('bots of a chosen skill, also where somebody leaves', () => {
    const room = new Room().join('Ana', 'Ben', 'Cem');
    room.ask({ ...prepare, options: { skill: 0.4 } });
    room.ask({ type: 'remove', player: 'ben' });
    const bots = room.classroom.rounds[0]!.tables.flatMap(({ seats }) =>
      Object.values(seats).filter(({ kind }) => kind === 'bot'),
    );
    expect(bots.length).toBeGreaterThan(2);
    for (const bot of bots) expect(bot).toEqual({ kind: 'bot', skill: 0.4 });
  });

  test('bluffs, and wrong segments that go out where there is a referee', () => {
    const room = new Room().join('Ana', 'Ben', 'Cem', 'Dov');
    const opened = (options: object, seating: 'pairs' | 'fours') => {
      room.ask({ ...prepare, seating, options });
      const round = room.classroom.rounds.at(-1)!;
      const opening = openingOf(room.classroom, round, round.tables[0]!.tableId, scenario);
      return opening.type === 'table-opened' ? opening.scenario : null;
    };
    expect(opened({}, 'pairs')).toEqual(scenario);
    expect(opened({ bluffsPerEnd: 3 }, 'pairs')).toMatchObject({ onWrong: 'block', bluff: { perEnd: 3 } });
    expect(opened({}, 'fours')).toMatchObject({ onWrong: 'send' });
    expect(opened({ onWrong: 'block' }, 'fours')).toMatchObject({ onWrong: 'block' });
  });
});

test('what is asked of every table is logged once, for the round that runs', () => {
  const room = new Room().join('Ana', 'Ben');
  const storm = { type: 'every-table', command: { type: 'storm', forMs: 5000 } } as const;
  expect(room.ask(storm)).toMatchObject(refused('round/not-running'));
  room.ask(prepare);
  room.ask({ type: 'start-round' });
  expect(room.ask(storm)).toMatchObject({
    value: [{ type: 'every-table-asked', by: 'tea', command: storm.command }],
  });
  expect(room.ask({ type: 'every-table', command: { type: 'storm', forMs: 1 } })).toMatchObject(
    refused('storm/invalid-length'),
  );
});
