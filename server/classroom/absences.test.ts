import { describe, expect, test, vi } from 'vitest';
import {
  clock,
  lab,
  restart,
  device,
  seatOf,
  startPairs,
  lose,
  teach,
  view,
  student,
  settle,
  seatsOf,
  holderAt,
} from '../class.testing.ts';

describe('a seat whose owner is gone', () => {
  test('is lent to a bot after 120 s, and given back the moment they return', async () => {
    const ana = await student('Ana');
    await student('Bo');
    await startPairs();
    const { tableId, seat } = await seatOf(ana);
    await lose(ana);
    clock.advance(119_000);
    await settle();
    expect((await seatsOf(tableId))[seat]).toEqual({ kind: 'player', id: ana.reply.playerId });
    clock.advance(1000);
    await settle();
    expect((await seatsOf(tableId))[seat]).toEqual({ kind: 'player', id: ana.reply.playerId, away: true });
    // The bot answers what is due: the round does not wait.
    clock.advance(60_000);
    await settle();
    const log = await lab.app.store.tables.read(tableId);
    expect(log.some((entry) => entry.type === 'seat-lent')).toBe(true);

    const back = await device(ana.reply);
    await settle();
    expect(await holderAt(back)).toEqual({ kind: 'player', id: ana.reply.playerId });
    expect((await back.do('table:watch', { tableId })).now).toMatchObject({ as: seat });
  });

  test('is not lent while they are away for less, however often', async () => {
    const ana = await student('Ana');
    await startPairs();
    const { tableId } = await seatOf(ana);
    let now = ana;
    for (let i = 0; i < 3; i++) {
      await lose(now);
      clock.advance(100_000);
      now = await device(ana.reply);
      await settle();
    }
    const log = await lab.app.store.tables.read(tableId);
    expect(log.some((entry) => entry.type === 'seat-lent')).toBe(false);
  });

  test('is lent and given back as soon as the table can be changed again', async () => {
    const ana = await student('Ana');
    await student('Bo');
    await startPairs();
    const { tableId, seat } = await seatOf(ana);
    const { tables } = lab.app.store;
    const append = tables.append.bind(tables);
    let outcome: 'conflict' | 'storage-full' | null = 'conflict';
    const tries: string[] = [];
    vi.spyOn(tables, 'append').mockImplementation(async (stream, version, entries) => {
      const type = entries[0]?.type ?? '';
      if (type.startsWith('seat-')) tries.push(type);
      return outcome === null || !type.startsWith('seat-') ? append(stream, version, entries) : outcome;
    });
    const holder = async () => (await seatsOf(tableId))[seat];

    await lose(ana);
    clock.advance(120_000);
    await settle();
    outcome = 'storage-full';
    clock.advance(1000);
    await settle();
    expect(await holder()).not.toHaveProperty('away');
    // Not asked without end meanwhile.
    expect(tries).toHaveLength(10 + 1);
    outcome = null;
    clock.advance(1000);
    await settle();
    expect(await holder()).toMatchObject({ away: true });

    outcome = 'storage-full';
    await device(ana.reply);
    await settle();
    expect(await holder()).toMatchObject({ away: true });
    outcome = null;
    // A change of the classroom does as well as the time.
    await teach({ type: 'lock', locked: true });
    await settle();
    expect(await holder()).toEqual({ kind: 'player', id: ana.reply.playerId });
    const before = tries.length;
    clock.advance(10_000);
    await settle();
    expect(tries).toHaveLength(before);
  });

  test('is lent at once in the next round, if they have been gone so long', async () => {
    const [ana, bo] = [await student('Ana'), await student('Bo')];
    await startPairs();
    await teach({ type: 'prepare-round', scenarioId: 'lost-syn', seating: 'pairs' });
    await lose(ana);
    clock.advance(130_000);
    await teach({ type: 'end-round' });
    await teach({ type: 'start-round' });
    await settle();
    const { tableId } = await seatOf(bo);
    expect(Object.values(await seatsOf(tableId))).toContainEqual({
      kind: 'player',
      id: ana.reply.playerId,
      away: true,
    });
  });

  test('is lent after a restart to which they do not come back, and given back by the next server', async () => {
    const ana = await student('Ana');
    await startPairs();
    const { tableId, seat } = await seatOf(ana);
    await restart();
    await view();
    clock.advance(120_000);
    await settle();
    expect((await seatsOf(tableId))[seat]).toMatchObject({ away: true });
    await restart();
    const back = await device(ana.reply);
    await settle();
    expect(await holderAt(back)).toEqual({ kind: 'player', id: ana.reply.playerId });
  });
});
