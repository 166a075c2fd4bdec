import { describe, expect, test } from 'vitest';
import { rngAt } from '../rng.ts';
import { checkName } from './check-name.ts';
import { foldName } from './fold-name.ts';
import { generateName } from './generate-name.ts';
import { playerOfToken } from './player-of-token.ts';
import { Room, refused } from './room.testing.ts';
import { rosterEntryOf } from './roster-entry-of.ts';
import { studentView } from './student-view.ts';
import { teacherView } from './teacher-view.ts';

const NOBODY = new Set<string>();
const late = 'next-round';

describe('a roster', () => {
  const roster = [
    { name: 'Ana', pinHash: 'PIN-canary-1' },
    { name: '王伟', pinHash: 'PIN-canary-2' },
  ];
  const room = (): Room => {
    const one = new Room();
    one.ask({ type: 'set-roster', roster });
    one.ask({ type: 'set-settings', settings: { names: 'roster', late } });
    return one;
  };
  const ana = { type: 'join', player: 'p1', name: 'ana', tokenHash: 't1' } as const;

  test('lets in who has the name and its PIN, under the name as it is on the roster', () => {
    const one = room();
    expect(one.ask(ana)).toMatchObject(refused('pin/required'));
    expect(one.ask({ ...ana, pin: 'wrong' })).toMatchObject(refused('pin/wrong'));
    expect(one.ask({ ...ana, name: 'Eva', pin: 'right' })).toMatchObject(refused('pin/wrong'));
    expect(one.ask({ ...ana, pin: 'right' })).toMatchObject({ ok: true });
    expect(one.classroom.players).toMatchObject([{ id: 'p1', name: 'Ana', rosterName: 'Ana' }]);
    expect(teacherView(one.classroom, NOBODY, 0, 'http://lab')).toMatchObject({
      people: [{ name: 'Ana', verified: true }],
      roster: [
        { name: 'Ana', joined: true },
        { name: '王伟', joined: false },
      ],
    });
  });

  test('knows people again on another device, behind a locked door as well', () => {
    const one = room();
    one.ask({ ...ana, pin: 'right' });
    one.ask({ type: 'lock', locked: true });
    one.ask({ ...ana, player: 'p2', tokenHash: 't2', pin: 'right' });
    expect(one.classroom.players).toHaveLength(1);
    expect(playerOfToken(one.classroom, 't2')?.id).toBe('p1');
    expect(playerOfToken(one.classroom, 't1')).toBeNull();
    const wei = { type: 'join', player: 'p3', name: '王伟', tokenHash: 't3', pin: 'right' } as const;
    expect(one.ask(wei)).toMatchObject(refused('classroom/locked'));
  });

  test('does not let in again who was removed', () => {
    const one = room();
    one.ask({ ...ana, pin: 'right' });
    one.ask({ type: 'remove', player: 'p1' });
    expect(one.ask({ ...ana, player: 'p2', pin: 'right' })).toMatchObject(refused('player/removed'));
    expect(playerOfToken(one.classroom, 't1')).toBeNull();
  });

  test('keeps its names for their owners while names are free', () => {
    const one = new Room();
    one.ask({ type: 'set-roster', roster });
    expect(one.ask(ana)).toMatchObject(refused('name/taken'));
    expect(one.ask({ ...ana, name: 'Eva' })).toMatchObject({ ok: true });
    expect(one.ask({ type: 'rename', player: 'p1', name: '王伟' })).toMatchObject(refused('name/taken'));
  });

  test('has names that can be told apart and shown', () => {
    const one = new Room();
    const set = (...names: string[]) =>
      one.ask({ type: 'set-roster', roster: names.map((name) => ({ name, pinHash: 'h' })) });
    expect(set('Ana', 'АNA')).toMatchObject({
      ok: false,
      error: { code: 'roster/twice', with: { line: 2 } },
    });
    expect(set('Ana', 'x\u202Ey')).toMatchObject({
      ok: false,
      error: { code: 'name/hidden-characters', with: { line: 2 } },
    });
    expect(rosterEntryOf(room().classroom, ' ANA ')?.name).toBe('Ana');
  });

  test('has a thousand names at most', () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `Student ${i} of many`, pinHash: 'h' }));
    const one = new Room();
    expect(one.ask({ type: 'set-roster', roster: named(1000) })).toMatchObject({ ok: true });
    expect(one.ask({ type: 'set-roster', roster: named(1001) })).toMatchObject({
      ok: false,
      error: { code: 'roster/too-long', with: { max: 1000 } },
    });
    expect(one.classroom.roster).toHaveLength(1000);
  });

  test('shows no PIN, hash or token to anybody', () => {
    const one = room();
    one.ask({ ...ana, pin: 'right', tokenHash: 'TOKEN-canary', device: 'DEVICE-canary' });
    one.ask({ type: 'issue-rejoin', player: 'p1', linkHash: 'LINK-canary', expiresAt: 9000 });
    const views = [
      teacherView(one.classroom, NOBODY, 0, 'http://lab'),
      studentView(one.classroom, 'p1', NOBODY, 0),
    ];
    expect(JSON.stringify(views)).not.toMatch(/canary/);
  });
});

describe('who was removed', () => {
  const mal = { type: 'join', player: 'mal', name: 'Mallory', tokenHash: 't1', device: 'd1' } as const;
  const out = refused('player/removed');
  const removed = (): Room => {
    const room = new Room();
    room.ask(mal);
    expect(room.ask({ type: 'remove', player: 'mal' })).toMatchObject({ ok: true });
    return room;
  };

  test('stays out on the same device, whatever the name, and by any name that looks the same', () => {
    const room = removed();
    expect(room.ask(mal)).toMatchObject(out);
    expect(room.ask({ ...mal, player: 'p2', tokenHash: 't2', name: 'Eve' })).toMatchObject(out);
    for (const name of ['mallory', 'МALLORY', 'Mal lory']) {
      expect(room.ask({ ...mal, player: 'p2', tokenHash: 't2', name, device: 'd2' })).toMatchObject(out);
    }
    const { device: _, ...unknown } = mal;
    expect(room.ask({ ...unknown, player: 'p2', tokenHash: 't2' })).toMatchObject(out);
    // Somebody else is somebody else.
    const eve = { ...mal, player: 'eve', tokenHash: 't2', name: 'Eve', device: 'd2' };
    expect(room.ask(eve)).toMatchObject({ ok: true });
    expect(teacherView(room.classroom, NOBODY, 0, '')).toMatchObject({
      people: [{ id: 'eve' }],
      removed: [{ id: 'mal', name: 'Mallory' }],
    });
  });

  test('stays out on every device that they came with, also where names are given', () => {
    const room = new Room();
    room.ask(mal);
    room.ask({ type: 'issue-rejoin', player: 'mal', linkHash: 'l1', expiresAt: 9000 });
    room.ask({ type: 'rejoin', linkHash: 'l1', tokenHash: 't2', device: 'd2' });
    room.ask({ type: 'remove', player: 'mal' });
    room.ask({ type: 'set-settings', settings: { names: 'generated', late } });
    for (const device of ['d1', 'd2']) {
      expect(room.ask({ ...mal, player: 'p2', tokenHash: 't3', device })).toMatchObject(out);
    }
    expect(room.ask({ ...mal, player: 'p2', tokenHash: 't3', device: 'd3' })).toMatchObject({ ok: true });
  });

  test('has not another entry of the roster, nor somebody else’s place, by their PIN', () => {
    const room = new Room();
    room.ask({ type: 'set-roster', roster: ['Ana', 'Bo'].map((name) => ({ name, pinHash: 'h' })) });
    room.ask({ type: 'set-settings', settings: { names: 'roster', late } });
    const join = {
      type: 'join',
      player: 'ana',
      name: 'Ana',
      tokenHash: 't1',
      device: 'd1',
      pin: 'right',
    } as const;
    room.ask(join);
    room.ask({ ...join, player: 'bo', name: 'Bo', tokenHash: 't2', device: 'd2' });
    room.ask({ type: 'remove', player: 'ana' });
    expect(room.ask({ ...join, player: 'p3', name: 'Bo', tokenHash: 't3' })).toMatchObject(out);
    // The list once more, written otherwise: it is still her.
    room.ask({ type: 'set-roster', roster: [{ name: 'ANA', pinHash: 'h' }] });
    expect(room.ask({ ...join, player: 'p3', tokenHash: 't3', device: 'd3' })).toMatchObject(out);
  });

  test('is let back in by the instructor: by token, device and name', () => {
    const room = removed();
    expect(room.ask({ type: 'readmit', player: 'nobody' })).toMatchObject(refused('player/not-found'));
    expect(room.ask({ type: 'readmit', player: 'mal' })).toMatchObject({ ok: true });
    expect(room.ask({ type: 'readmit', player: 'mal' })).toMatchObject(refused('player/not-found'));
    expect(playerOfToken(room.classroom, 't1')?.id).toBe('mal');
    expect(teacherView(room.classroom, NOBODY, 0, '')).toMatchObject({
      people: [{ id: 'mal' }],
      removed: [],
    });
    // The token was thrown away when they were removed: the same name on the same device is the same place.
    const again = { ...mal, player: 'p2', name: 'mallory', tokenHash: 't2' };
    expect(room.ask(again, { here: [] })).toMatchObject({ ok: true });
    expect(room.classroom.players).toMatchObject([{ id: 'mal', tokenHash: 't2' }]);
    // Another who shares the device is another.
    const bo = { ...mal, player: 'bo', name: 'Bo', tokenHash: 't3' };
    expect(room.ask(bo, { here: ['mal'] })).toMatchObject({ ok: true });
    expect(room.classroom.players.map(({ id }) => id)).toEqual(['mal', 'bo']);
  });
});

describe('the same name on the same device', () => {
  const ana = { type: 'join', player: 'ana', name: 'Ana', tokenHash: 't1', device: 'd1' } as const;
  const again = { ...ana, player: 'p2', tokenHash: 't2' };

  test('is the same student, whose tab was closed, behind a locked door as well', () => {
    const room = new Room();
    room.ask(ana);
    room.ask({ type: 'lock', locked: true });
    expect(room.ask(again, { here: [] })).toMatchObject({ ok: true });
    expect(room.classroom.players).toMatchObject([{ id: 'ana', tokenHash: 't2' }]);
  });

  test('is not, while that student is here, on another device, or on the roster', () => {
    const room = new Room();
    room.ask(ana);
    expect(room.ask(again, { here: ['ana'] })).toMatchObject(refused('name/taken'));
    expect(room.ask({ ...again, device: 'd2' }, { here: [] })).toMatchObject(refused('name/taken'));
    const listed = new Room();
    listed.ask({ type: 'set-roster', roster: [{ name: 'Ana', pinHash: 'h' }] });
    listed.ask({ type: 'set-settings', settings: { names: 'roster', late } });
    listed.ask({ ...ana, pin: 'right' });
    listed.ask({ type: 'set-settings', settings: { names: 'free', late } });
    expect(listed.ask(again, { here: [] })).toMatchObject(refused('name/taken'));
  });

  test('asked for again after a lost reply, the device it was given then is known as well', () => {
    const room = new Room();
    room.ask(ana);
    for (let i = 2; i < 20; i++) room.ask({ ...ana, device: `d${i}` });
    expect(room.classroom.players[0]?.devices).toHaveLength(8);
    expect(room.ask({ ...ana, device: 'd2' })).toEqual({ ok: true, value: [] });
    // Not the old one's any more.
    room.ask({ ...again, device: 'd1' }, { here: [] });
    expect(room.ask({ ...ana, device: 'x' })).toEqual({ ok: true, value: [] });
  });
});

describe('a generated name', () => {
  test('is pleasant, one’s own, and in one’s language', () => {
    const room = new Room();
    room.ask({ type: 'set-settings', settings: { names: 'generated', late } });
    for (let i = 0; i < 40; i++) {
      const locale = i % 2 === 0 ? 'en' : 'zh-CN';
      const join = { type: 'join', player: `p${i}`, name: 'Rude Name', tokenHash: `t${i}`, locale } as const;
      expect(room.ask(join)).toMatchObject({ ok: true });
    }
    const names = room.classroom.players.map(({ name }) => name);
    expect(new Set(names.flatMap(foldName)).size).toBe(40);
    names.forEach((name, i) =>
      expect(name).toMatch(i % 2 === 0 ? /^[A-Z][a-z]+ [A-Z][a-z]+$/ : /^\p{Script=Han}+$/u),
    );
  });

  test.each(['en', 'zh-CN'] as const)('of which there are enough (%s), and which are names', (locale) => {
    const taken: string[] = [];
    const folds = new Set<string>();
    for (let i = 0; i < 400; i++) {
      const name = generateName(locale, rngAt('seed', i), taken);
      expect(checkName(name, [])).toEqual({ ok: true, value: name });
      const [fold] = foldName(name);
      expect(folds.has(fold)).toBe(false);
      folds.add(fold);
      taken.push(name);
    }
  });

  test('is found even when all are taken', () => {
    const all = { next: () => 0 };
    const taken: string[] = [];
    for (let i = 0; i < 5; i++) taken.push(generateName('en', all, taken));
    expect(new Set(taken).size).toBe(5);
  });
});

describe('a rejoin link', () => {
  const issue = { type: 'issue-rejoin', player: 'ana', linkHash: 'l1', expiresAt: 5000 } as const;

  test('gives a new device the place of the old one, once', () => {
    const room = new Room().join('Ana');
    room.ask(issue);
    expect(room.ask({ type: 'rejoin', linkHash: 'l2', tokenHash: 'new' })).toMatchObject(
      refused('rejoin/invalid-link'),
    );
    expect(room.ask({ type: 'rejoin', linkHash: 'l1', tokenHash: 'new' })).toMatchObject({ ok: true });
    expect(playerOfToken(room.classroom, 'new')?.id).toBe('ana');
    expect(playerOfToken(room.classroom, 'hash-ana')).toBeNull();
    expect(room.ask({ type: 'rejoin', linkHash: 'l1', tokenHash: 'again' })).toMatchObject(
      refused('rejoin/invalid-link'),
    );
  });

  test('works until it expires, is replaced, or its owner is removed', () => {
    const room = new Room().join('Ana');
    const use = { type: 'rejoin', linkHash: 'l1', tokenHash: 'new' } as const;
    room.ask(issue);
    expect(room.ask(use, { now: 5000 })).toMatchObject(refused('rejoin/invalid-link'));
    room.ask({ ...issue, linkHash: 'l2' });
    expect(room.ask(use)).toMatchObject(refused('rejoin/invalid-link'));
    room.ask({ type: 'remove', player: 'ana' });
    expect(room.ask({ ...use, linkHash: 'l2' })).toMatchObject(refused('rejoin/invalid-link'));
    expect(room.ask(issue)).toMatchObject(refused('player/not-found'));
  });
});

test('extra time is told to the tables where the student sits, and to nobody else', () => {
  const room = new Room().join('Ana', 'Ben');
  room.ask({ type: 'prepare-round', scenarioId: 's', seating: 'pairs' });
  const holders = () =>
    room.classroom.rounds.flatMap(({ tables }) => tables.flatMap(({ seats }) => Object.values(seats)));
  room.ask({ type: 'set-extra-time', player: 'ana', extraTime: 1.5 });
  expect(holders()).toContainEqual({ kind: 'player', id: 'ana', time: 1.5 });
  expect(holders()).toContainEqual({ kind: 'player', id: 'ben' });
  room.ask({ type: 'start-round' });
  room.ask({ type: 'set-extra-time', player: 'ana', extraTime: null });
  expect(holders()).toContainEqual({ kind: 'player', id: 'ana', time: null });
  const { tableId } = room.classroom.rounds[0]!.tables[0]!;
  room.ask({
    type: 'seat',
    tableId,
    seat: 'link',
    holder: { kind: 'player', id: 'ana', away: true, time: 2 },
  });
  expect(room.classroom.rounds[0]?.tables[0]?.seats.link).toEqual({ kind: 'player', id: 'ana', time: null });
  for (const player of ['ana', 'ben']) {
    expect(JSON.stringify(studentView(room.classroom, player, NOBODY, 0))).not.toMatch(/time"|extra/i);
  }
  room.ask({ type: 'set-extra-time', player: 'ana', extraTime: 1 });
  expect(holders()).toContainEqual({ kind: 'player', id: 'ana' });
});
