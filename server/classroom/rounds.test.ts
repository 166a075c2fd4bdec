import { describe, expect, test } from 'vitest';
import type { TableMini } from '../../shared/table/mini.ts';
import type { EndNow, FullNow } from '../../shared/table/table-now.ts';
import { SYN, URG, type Segment } from '../../shared/tcp/segment.ts';
import type { Student, Teacher } from '../app.testing.ts';
import {
  clock,
  lab,
  cookie,
  teacher,
  classroomId,
  freshId,
  seatOf,
  startPairs,
  teach,
  view,
  student,
  settle,
  seatsOf,
  type Seated,
  type Command,
} from '../class.testing.ts';

describe('a round', () => {
  /** Somebody who has sent what is wrong, at the seat of the client. */
  async function erring(): Promise<{ ana: Seated; tableId: string }> {
    const ana = await student('Ana');
    await teach({ type: 'prepare-round', scenarioId: 'three-way-handshake', seating: 'alone' });
    const [table] = (await view()).rounds.at(-1)!.tables;
    const holder = { kind: 'player', id: ana.reply.playerId } as const;
    await teach({ type: 'seat', tableId: table!.tableId, seat: 'client', holder });
    await teach({ type: 'start-round' });
    const { tableId } = await seatOf(ana);
    const { now } = await ana.do('table:watch', { tableId });
    clock.advance(2000);
    await ana.hear('table:view', ({ trace }) => trace.items.some(({ kind }) => kind === 'called'));
    const seq = (now as EndNow).iss!;
    const seg: Segment = { flags: SYN | URG, seq, ack: 0, wnd: 64240, dataOctets: 0 };
    await ana.do('table:command', { tableId, id: 'x', command: { type: 'send', seg } });
    return { ana, tableId };
  }

  test('has its misconceptions counted, each leading to the very answer', async () => {
    const { ana, tableId } = await erring();
    clock.advance(1000);
    const { counts } = await teacher.hear('classroom:misconceptions', (one) => one.counts.length > 0);
    expect(counts[0]).toMatchObject({ people: 1, times: 1 });
    const [ref] = counts[0]!.seen;
    expect(ref).toMatchObject({ tableId, seat: 'client', player: ana.reply.playerId });
    const { trace } = await teacher.do('table:watch', { tableId });
    expect(trace.items[ref!.item]).toMatchObject({ kind: 'blocked', side: 'client' });
    // Nothing more happened, so nothing more is sent.
    const before = teacher.all('classroom:misconceptions').length;
    clock.advance(10_000);
    await settle();
    expect(teacher.all('classroom:misconceptions')).toHaveLength(before);
  });

  test('is exported with names for its instructor, and for nobody else', async () => {
    await erring();
    const round = (await view()).rounds[0]!.id;
    const marks = await teacher.do('round:marks', { classroomId, round });
    expect(marks).toMatchObject([{ seat: 'client', leftOpen: 1 }]);
    const { csv, fileName } = await teacher.do('round:export', { classroomId, round, locale: 'en' });
    expect(fileName).toMatch(/^[\d-]+-three-way-handshake\.csv$/);
    expect(csv).toMatch(/^\uFEFFName,.*\r\nAna,unverified,/);

    const get = (path: string, as: string) =>
      fetch(`${lab.url}/api/classrooms/${classroomId}/rounds/${round}${path}`, { headers: { cookie: as } });
    const download = await get('.csv?locale=zh-CN', cookie);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.csv"$/);
    // The mark at the start of the file is not part of its text.
    expect(await download.text()).toMatch(/^姓名,.*\r\nAna,未核实,/);
    const json = (await (await get('.json', cookie)).json()) as { tables: { marks: unknown[] }[] };
    expect(json.tables[0]!.marks).toHaveLength(1);
    expect((await get('.csv', '')).status).toBe(401);
    expect((await get('.csv', await lab.logIn('Ada'))).status).toBe(404);
    expect((await get('x.csv', cookie)).status).toBe(400);
  });

  test('ends by itself when its time is up, and so do its tables; more time can be given', async () => {
    const ana = await student('Ana');
    await teach({
      type: 'prepare-round',
      scenarioId: 'three-way-handshake',
      seating: 'alone',
      options: { endsAfterMs: 60_000 },
    });
    await teach({ type: 'start-round' });
    const { tableId } = await seatOf(ana);
    await ana.do('table:watch', { tableId });
    clock.advance(50_000);
    await settle();
    await teach({ type: 'set-limit', endsAfterMs: 90_000 });
    clock.advance(20_000);
    await settle();
    expect((await view()).rounds[0]!.phase).toBe('running');
    clock.advance(20_250);
    await ana.hear('table:view', ({ now }) => now?.phase === 'ended');
    await teacher.hear('classroom:view', ({ rounds }) => rounds[0]?.phase === 'ended');
  });

  test('has weather, and a nudge for one seat, which only that seat hears', async () => {
    const { ana, tableId } = await erring();
    const bo = await student('Bo');
    await teach({ type: 'every-table', command: { type: 'storm', forMs: 10_000 } });
    const now = (await teacher.do('table:watch', { tableId })).now as FullNow;
    expect(now.stormUntilMs).toBeGreaterThan(0);
    const command = { type: 'nudge', seat: 'client' } as const;
    await teacher.do('table:command', { tableId, id: 'n', command });
    await ana.hear('table:view', ({ trace }) =>
      trace.items.some((item) => item.kind === 'hint' && item.free === true),
    );
    expect(await bo.ask('table:command', { tableId, id: 'n', command })).toMatchObject({
      error: { code: 'seat/not-yours' },
    });
    const asNobody = await teacher.ask('table:command', {
      tableId,
      id: 'l',
      command: { type: 'lend-seat', seat: 'client' },
    });
    expect(asNobody).toMatchObject({ error: { code: 'seat/not-allowed' } });
  });

  test('can be looked at before: the whole scenario, for instructors', async () => {
    expect(await teacher.do('scenario:read', { scenarioId: 'lost-syn' })).toMatchObject({ id: 'lost-syn' });
    const ana = await student('Ana');
    const asked = ana.socket.timeout(5000).emitWithAck('scenario:read', { scenarioId: 'lost-syn' });
    expect(await asked).toMatchObject({ error: { code: 'message/invalid' } });
  });

  test('of two hundred tables sends each miniature about once a second, and only what changed', async () => {
    for (let i = 0; i < 200; i++) await student(`Student ${i}`);
    await teach({ type: 'prepare-round', scenarioId: 'three-way-handshake', seating: 'alone' });
    await teach({ type: 'start-round' });
    const { minis } = await teacher.do('classroom:watch', { classroomId });
    expect(minis).toHaveLength(200);
    const before = teacher.all('classroom:minis').length;
    for (let s = 0; s < 10; s++) {
      clock.advance(1000);
      await settle();
    }
    const sent = teacher.all('classroom:minis').slice(before);
    expect(sent.length).toBeLessThanOrEqual(11);
    const each = new Map<string, TableMini[]>();
    for (const mini of sent.flatMap((one) => one.minis)) {
      each.set(mini.tableId, [...(each.get(mini.tableId) ?? []), mini]);
    }
    for (const [, of] of each) {
      for (const [i, mini] of of.slice(1).entries()) expect(mini).not.toEqual(of[i]);
    }
  }, 60_000);
});

describe('who comes late', () => {
  test('takes a bot’s seat at once where the class is set so', async () => {
    await teach({ type: 'set-settings', settings: { names: 'free', late: 'at-once' } });
    await student('Ana');
    await startPairs();
    const late = await student('Late');
    const { tableId, seat } = await seatOf(late);
    await settle();
    expect((await seatsOf(tableId))[seat]).toEqual({ kind: 'player', id: late.reply.playerId });
    expect((await late.do('table:watch', { tableId })).now).toMatchObject({ as: seat });
    const more = await student('More');
    await settle();
    expect((await seatOf(more)).tableId).not.toBe(tableId);
  });

  test('waits for the next round where it is not', async () => {
    await student('Ana');
    await startPairs();
    const late = await student('Late');
    await expect(seatOf(late)).rejects.toThrow('no seat');
    expect((await view()).people.find(({ name }) => name === 'Late')).toMatchObject({ waiting: true });
    await teach({ type: 'prepare-round', scenarioId: 'lost-syn', seating: 'pairs' });
    expect((await seatOf(late)).phase).toBe('prepared');
  });
});

describe('two pages of the instructor', () => {
  /** What both pages were shown last, whatever instant it was made at. */
  const shown = async (pages: readonly Teacher[]) => {
    clock.advance(250);
    await settle();
    return Promise.all(
      pages.map(async (page) => {
        await page.do('clock:read', {});
        const views = page.all('classroom:view');
        return { ...views.at(-1)!, at: 0 };
      }),
    );
  };

  test('show the same, and of what is asked on both only one is done', async () => {
    const [ana, bo] = [await student('Ana'), await student('Bo')];
    const other = await lab.teach(await lab.logIn());
    await other.do('classroom:watch', { classroomId });
    const pages = [teacher, other] as const;
    const both = async (command: Command) => {
      const replies = await Promise.all(
        pages.map((page) => page.ask('classroom:command', { classroomId, id: freshId(), command })),
      );
      return replies.map((reply) => (reply.ok ? 'ok' : reply.error.code)).sort();
    };
    const prepare = { type: 'prepare-round', scenarioId: 'three-way-handshake', seating: 'pairs' } as const;
    expect(await both(prepare)).toEqual(['ok', 'ok']);
    const [one, same] = await shown(pages);
    expect(one).toEqual(same);
    expect(one!.rounds).toHaveLength(1);

    const round = one!.rounds[0]!.id;
    expect(await both({ type: 'start-round', round })).toEqual(['ok', 'round/running']);
    expect((await seatOf(ana)).phase).toBe('running');
    expect((await seatOf(bo)).tableId).toBe((await seatOf(ana)).tableId);
    expect(await both({ type: 'end-round', round })).toEqual(['ok', 'round/not-running']);

    // One goes on to the next round; the other still has the first before its eyes.
    await startPairs('lost-syn');
    const stale = (command: Command) =>
      other.ask('classroom:command', { classroomId, id: freshId(), command });
    for (const command of [
      { type: 'end-round', round },
      { type: 'set-clock', rate: 0, round },
    ] as const) {
      expect(await stale(command)).toEqual({ ok: false, error: { code: 'round/other' } });
    }
    const [last, again] = await shown(pages);
    expect(last).toEqual(again);
    expect(last!.rounds.map(({ phase }) => phase)).toEqual(['ended', 'running']);
  });
});

test('who has played is told their own marks once the table has ended, and nobody else’s', async () => {
  const people = [await student('Ana'), await student('Bo'), await student('Cy'), await student('Di')];
  await startPairs();
  const { id, tables } = (await view()).rounds[0]!;
  const ask = (who: Student, tableId: string) => who.ask('table:marks', { tableId });
  for (const who of people) {
    const { tableId } = await seatOf(who);
    expect(await ask(who, tableId)).toMatchObject({ error: { code: 'marks/not-yet' } });
    const other = tables.find((table) => table.tableId !== tableId)!;
    expect(await ask(who, other.tableId)).toMatchObject({ error: { code: 'seat/not-yours' } });
  }
  await teach({ type: 'end-round' });
  const all = await teacher.do('round:marks', { classroomId, round: id });
  expect(all).toHaveLength(4);
  for (const who of people) {
    const { tableId, seat } = await seatOf(who);
    const own = { player: who.reply.playerId, seat };
    const { tableId: _, ...mark } = all.find((one) => one.player === own.player)!;
    expect(mark).toMatchObject(own);
    expect(await ask(who, tableId)).toEqual({ ok: true, value: [mark] });
  }
});
