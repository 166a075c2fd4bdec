import { describe, expect, test } from 'vitest';
import { withDefaults } from '../scenario/with-defaults.ts';
import { replay as replayTable } from '../table/replay.ts';
import type { Classroom } from './classroom.ts';
import { decide } from './decide.ts';
import { openingOf } from './opening-of.ts';
import { replay } from './replay.ts';
import { ROSTER_MAX } from './roster-max.ts';
import { OPENED, Room, refused } from './room.testing.ts';

describe('people', () => {
  test('are as many as a roster may name, and who is removed makes room', () => {
    const room = new Room().join('Ana');
    const [ana] = room.classroom.players;
    const others = Array.from({ length: ROSTER_MAX - 1 }, (_, i) => ({
      ...ana!,
      id: `p${i}`,
      name: `p${i}`,
    }));
    const asking = { now: 2000, here: [], fresh: { round: 'r', seed: 's' } };
    const full = { ...room.classroom, players: [ana!, ...others] };
    const eve = { type: 'join', player: 'eve', name: 'Eve', tokenHash: 'h' } as const;
    expect(decide(full, eve, asking)).toEqual({
      ok: false,
      error: { code: 'classroom/full', with: { max: 1000 } },
    });
    // Who is in it already may come again.
    expect(decide(full, { ...eve, player: 'ana' }, asking).ok).toBe(true);
    const players = full.players.map((one) => ({ ...one, removed: one.id === 'p7' }));
    expect(decide({ ...full, players }, eve, asking).ok).toBe(true);
  });

  test('join under names that can be told apart, unless the door is locked', () => {
    const room = new Room().join('Ana', 'Ben');
    const cem = { type: 'join', player: 'cem', name: 'АNA', tokenHash: 'h' } as const;
    expect(room.ask(cem)).toMatchObject(refused('name/taken'));
    room.ask({ type: 'lock', locked: true });
    expect(room.ask({ ...cem, name: 'Cem' })).toMatchObject(refused('classroom/locked'));
    room.ask({ type: 'lock', locked: false });
    expect(room.ask({ ...cem, name: ' Cem ' })).toMatchObject({ ok: true });
    expect(room.classroom.players.map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Cem']);
  });

  test('the same join twice is one', () => {
    const room = new Room().join('Ana');
    const again = { type: 'join', player: 'ana', name: 'Ana', tokenHash: 'other' } as const;
    expect(room.ask(again)).toEqual({ ok: true, value: [] });
    expect(room.classroom.players).toHaveLength(1);
  });

  test('are renamed, to a name of their own as well', () => {
    const room = new Room().join('Ana', 'Ben');
    expect(room.ask({ type: 'rename', player: 'ana', name: 'ANA' })).toMatchObject({ ok: true });
    expect(room.ask({ type: 'rename', player: 'ana', name: 'ben' })).toMatchObject(refused('name/taken'));
    expect(room.ask({ type: 'rename', player: 'eva', name: 'Eva' })).toMatchObject(
      refused('player/not-found'),
    );
  });

  test('stay removed, their names stay theirs, and bots take their seats', () => {
    const room = new Room().join('Ana', 'Ben');
    room.ask({ type: 'prepare-round', scenarioId: 's', seating: 'pairs' });
    room.ask({ type: 'start-round' });
    room.ask({ type: 'remove', player: 'ana' });
    const kinds = Object.values(room.classroom.rounds[0]!.tables[0]!.seats).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'player')).toHaveLength(1);
    expect(room.ask({ type: 'remove', player: 'ana' })).toMatchObject(refused('player/not-found'));
    const back = { type: 'join', tokenHash: 'h' } as const;
    expect(room.ask({ ...back, player: 'ana', name: 'Ana' })).toMatchObject(refused('player/removed'));
    expect(room.ask({ ...back, player: 'eva', name: 'Ana' })).toMatchObject(refused('player/removed'));
  });
});

describe('a round', () => {
  test('is drawn up for those who are here, may be drawn up again, and is started, paused and ended', () => {
    const room = new Room();
    const prepare = { type: 'prepare-round', scenarioId: 's', seating: 'pairs' } as const;
    expect(room.ask(prepare)).toMatchObject(refused('classroom/nobody-here'));
    room.join('Ana', 'Ben', 'Cem');
    expect(room.ask({ type: 'start-round' })).toMatchObject(refused('round/none'));
    room.ask(prepare, { here: ['ana'] });
    room.ask(prepare);
    expect(room.classroom.rounds).toHaveLength(1);
    expect(room.classroom.rounds[0]?.tables).toHaveLength(2);
    expect(room.ask({ type: 'set-clock', rate: 0 })).toMatchObject(refused('round/not-running'));
    room.ask({ type: 'start-round' });
    expect(room.classroom.rounds[0]).toMatchObject({ phase: 'running', rate: 1 });
    expect(room.ask({ type: 'set-clock', rate: 3 })).toMatchObject(refused('clock/invalid-rate'));
    room.ask({ type: 'set-clock', rate: 0 });
    expect(room.classroom.rounds[0]).toMatchObject({ phase: 'paused', rate: 0 });
    room.ask({ type: 'set-clock', rate: 2 });
    expect(room.classroom.rounds[0]).toMatchObject({ phase: 'running', rate: 2 });
    room.ask({ type: 'set-clock', rate: 0 });
    // What it goes on with, on whichever page.
    expect(room.classroom.rounds[0]).toMatchObject({ phase: 'paused', rate: 0, pace: 2 });
    room.ask({ type: 'end-round' });
    expect(room.classroom.rounds[0]?.phase).toBe('ended');
    expect(room.ask({ type: 'end-round' })).toMatchObject(refused('round/not-running'));
  });

  test('is prepared while another one runs, and waits for it', () => {
    const room = new Room().join('Ana', 'Ben');
    room.ask({ type: 'prepare-round', scenarioId: 'one', seating: 'pairs' });
    room.ask({ type: 'start-round' });
    room.ask({ type: 'prepare-round', scenarioId: 'two', seating: 'pairs' });
    expect(room.ask({ type: 'start-round' })).toMatchObject(refused('round/running'));
    room.ask({ type: 'set-clock', rate: 0 });
    expect(room.ask({ type: 'start-round' })).toMatchObject(refused('round/running'));
    room.ask({ type: 'end-round' });
    room.ask({ type: 'start-round' });
    expect(room.classroom.rounds.map(({ scenarioId, phase }) => [scenarioId, phase])).toEqual([
      ['one', 'ended'],
      ['two', 'running'],
    ]);
    // And everyone is at the other end.
    const [one, two] = room.classroom.rounds.map(({ tables }) => tables[0]!.seats);
    expect(two?.client).toEqual(one?.server);
  });

  test('is the one that was meant: what is said of another is refused', () => {
    const room = new Room().join('Ana', 'Ben');
    const other = refused('round/other');
    const prepare = { type: 'prepare-round', scenarioId: 's', seating: 'pairs' } as const;
    room.ask(prepare);
    const [first] = room.classroom.rounds.map(({ id }) => id);
    room.ask(prepare);
    const [round] = room.classroom.rounds.map(({ id }) => id);
    expect(room.ask({ type: 'start-round', round: first! })).toMatchObject(other);
    expect(room.ask({ type: 'set-limit', endsAfterMs: 9000, round: first! })).toMatchObject(other);
    expect(room.ask({ type: 'start-round', round: round! })).toMatchObject({ ok: true });
    expect(room.ask({ type: 'start-round', round: round! })).toMatchObject(refused('round/running'));
    expect(room.ask({ type: 'set-clock', rate: 0, round: first! })).toMatchObject(other);
    expect(room.ask({ type: 'end-round', round: first! })).toMatchObject(other);
    expect(room.classroom.rounds).toMatchObject([{ phase: 'running' }]);
    expect(room.ask({ type: 'set-limit', endsAfterMs: 9000, round: round! })).toMatchObject({ ok: true });
    expect(room.ask({ type: 'set-clock', rate: 0, round: round! })).toMatchObject({ ok: true });
    expect(room.ask({ type: 'end-round', round: round! })).toMatchObject({ ok: true });
  });

  test('nobody sits twice: two people swap, and whoever takes nobody’s place leaves a bot', () => {
    const room = new Room().join('Ana', 'Ben', 'Cem');
    room.ask({ type: 'prepare-round', scenarioId: 's', seating: 'pairs' });
    const tableId = 'round4-2';
    for (const player of ['ana', 'ben', 'cem']) {
      room.ask({ type: 'seat', tableId, seat: 'link', holder: { kind: 'player', id: player } });
      const seats = room.classroom.rounds[0]!.tables.flatMap((table) => Object.values(table.seats));
      expect(seats.filter((holder) => holder.kind === 'player' && holder.id === player)).toHaveLength(1);
      expect(seats.filter((holder) => holder.kind === 'player')).toHaveLength(3);
    }
    const seat = { type: 'seat', seat: 'link', holder: { kind: 'player', id: 'eva' } } as const;
    expect(room.ask({ ...seat, tableId })).toMatchObject(refused('player/not-found'));
    expect(room.ask({ ...seat, tableId: 'nowhere' })).toMatchObject(refused('table/not-found'));
  });

  test('opens its tables with an entry that follows from the log alone', () => {
    const room = new Room().join('Ana', 'Ben');
    room.ask({ type: 'prepare-round', scenarioId: 's', seating: 'pairs' });
    const scenario = withDefaults({ id: 's', title: 'S', summary: 'S' });
    const opening = (classroom: Classroom) =>
      openingOf(classroom, classroom.rounds[0]!, 'round3-1', scenario);
    const before = opening(room.classroom);
    room.ask({ type: 'start-round' });
    expect(opening(replay(room.log))).toEqual(before);
    expect(replayTable([before], before.at)).toMatchObject({ id: 'round3-1', phase: 'prepared', version: 1 });
    expect(() => openingOf(room.classroom, room.classroom.rounds[0]!, 'round3-9', scenario)).toThrow(
      'no table',
    );
  });
});

test('a command sent twice is done once', () => {
  const room = new Room().join('Ana', 'Ben');
  const asking = { cmd: 'same' };
  room.ask({ type: 'prepare-round', scenarioId: 's', seating: 'pairs' }, asking);
  const id = room.classroom.rounds[0]?.id;
  expect(room.ask({ type: 'prepare-round', scenarioId: 's', seating: 'pairs' }, asking)).toEqual({
    ok: true,
    value: [],
  });
  expect(room.classroom.rounds[0]?.id).toBe(id);
  expect(room.ask({ type: 'start-round' }, { ...asking, by: 'other' })).toMatchObject({ ok: true });
  expect(room.classroom.rounds[0]?.phase).toBe('running');
});

test('closing ends what runs, and afterwards nothing is done', () => {
  const room = new Room().join('Ana', 'Ben');
  room.ask({ type: 'prepare-round', scenarioId: 's', seating: 'pairs' });
  room.ask({ type: 'start-round' });
  room.ask({ type: 'close' });
  expect(room.classroom).toMatchObject({ closed: true, rounds: [{ phase: 'ended' }] });
  expect(room.ask({ type: 'lock', locked: true })).toMatchObject(refused('classroom/closed'));
});

test('practice: one person with bots, begun at once, and begun anew', () => {
  const room = new Room({ ...OPENED, kind: 'practice', code: '', owner: null }).join('Ana');
  const practise = { type: 'practise', player: 'ana', scenarioId: 's', seat: 'link' } as const;
  room.ask(practise);
  expect(room.classroom.rounds).toMatchObject([
    {
      phase: 'running',
      tables: [{ seats: { client: { kind: 'bot' }, link: { kind: 'player', id: 'ana' } } }],
    },
  ]);
  room.ask({ ...practise, seat: 'client' });
  expect(room.classroom.rounds.map(({ phase }) => phase)).toEqual(['ended', 'running']);
  expect(new Room().join('Ana').ask(practise)).toMatchObject(refused('seat/not-allowed'));
});
