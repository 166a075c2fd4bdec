import { describe, expect, test } from 'vitest';
import { plainConditions } from '../link/conditions.ts';
import { advance } from './advance.ts';
import { foresee } from './foresee.ts';
import { miniOf } from './mini.ts';
import { sameHolder } from './same-holder.ts';
import { EMPTY, HUMANS, Lab, START, exercise, script } from './script.testing.ts';
import type { Seats } from './seats.ts';
import { viewFor } from './view.ts';

const ALONE: Seats = { ...HUMANS, server: { kind: 'bot', skill: 1 }, link: EMPTY };

describe('a seat whose owner is away', () => {
  test('is played by a bot, which never errs, and given back', () => {
    const scenario = exercise({
      calls: [
        { side: 'client', when: { atMs: 0 }, call: 'connect' },
        { side: 'server', when: { atMs: 60_000 }, call: 'close' },
      ],
    });
    const lab = new Lab({ scenario, seats: ALONE });
    lab.act('instructor', { type: 'lend-seat', seat: 'client' }, 100);
    expect(lab.table.seats.client).toEqual({ kind: 'player', id: 'ana', away: true });
    expect(miniOf(lab.table).away).toEqual(['client']);
    lab.to(400);
    expect(lab.table.ends.client.state).toBe('ESTABLISHED');
    const sent = lab.happenings.filter((it) => it.kind === 'sent' && it.side === 'client');
    expect(sent.map((it) => it.kind === 'sent' && [it.by, it.verdict.verdict])).toEqual([
      ['bot', 'due'],
      ['bot', 'due'],
    ]);
    lab.act('instructor', { type: 'return-seat', seat: 'client' }, 400);
    expect(lab.table.seats.client).toEqual({ kind: 'player', id: 'ana' });
  });

  test('is theirs again as soon as they act', () => {
    const lab = new Lab({ seats: ALONE });
    lab.act('instructor', { type: 'lend-seat', seat: 'client' }, 1);
    lab.play(`5 client > S 100:100(0)`);
    expect(lab.table.seats.client).toEqual({ kind: 'player', id: 'ana' });
    expect(lab.log.slice(-2).map(({ type, by }) => [type, by])).toEqual([
      ['seat-returned', 'ana'],
      ['segment-sent', 'ana'],
    ]);
  });

  test('stays with a bot if what they ask is refused', () => {
    const lab = new Lab({ seats: ALONE });
    lab.act('instructor', { type: 'lend-seat', seat: 'client' }, 1);
    lab.play(`2 client is ESTABLISHED ! refused label/not-asked`);
    expect(lab.table.seats.client).toMatchObject({ away: true });
  });

  test('to lend or return what is lent or returned, or nobody’s, does nothing', () => {
    const lab = new Lab({ seats: ALONE });
    for (const seat of ['server', 'link'] as const) {
      expect(lab.act('instructor', { type: 'lend-seat', seat }, 1)).toEqual({ ok: true, value: [] });
    }
    expect(lab.act('instructor', { type: 'return-seat', seat: 'client' }, 1)).toEqual({
      ok: true,
      value: [],
    });
    lab.act('instructor', { type: 'lend-seat', seat: 'client' }, 1);
    expect(lab.act('instructor', { type: 'lend-seat', seat: 'client' }, 2)).toEqual({ ok: true, value: [] });
  });

  test('holds nothing up: what the link had in hand is let go, and its cable mended', () => {
    for (const leave of [
      { type: 'lend-seat', seat: 'link' },
      { type: 'seat', seat: 'link', holder: EMPTY },
    ] as const) {
      const lab = new Lab({ seats: { ...ALONE, client: ALONE.server, link: HUMANS.link } });
      lab.play(`
        20  client  = SYN-SENT
        30  link    hold c1
      `);
      lab.act('instructor', leave, 500);
      expect(lab.table.flights.map(({ id, held }) => [id, held])).toEqual([['c1', null]]);
      lab.to(900);
      expect(lab.table.ends.server.state).toBe('ESTABLISHED');

      const cut = new Lab({ seats: { ...ALONE, client: ALONE.server, link: HUMANS.link } });
      cut.act('link', { type: 'cut' }, 0);
      cut.act('instructor', leave, 500);
      expect(cut.table.cableUp).toBe(true);
      cut.to(9000);
      expect(cut.table.ends.server.state).toBe('ESTABLISHED');
    }
  });

  test('is for its round the same seat', () => {
    const ana = { kind: 'player', id: 'ana' } as const;
    expect(sameHolder(ana, { ...ana, away: true })).toBe(true);
    expect(sameHolder(ana, { ...ana, time: 1.5 })).toBe(false);
    expect(sameHolder(ana, { kind: 'player', id: 'ben' })).toBe(false);
  });
});

describe('extra time', () => {
  const timed = (time: 1.5 | 2 | null): Seats => ({ ...ALONE, client: { kind: 'player', id: 'ana', time } });

  test('stretches one’s own retransmission time-out', () => {
    script({ seats: { ...timed(1.5), server: EMPTY } })`
        0  client  > S 100:100(0)
     1500  client  timer rto
     1510  client  > S 100:100(0)
     4510  client  timer rto
    `;
  });

  test('makes the bot at the far end patient', () => {
    const lab = script({ seats: timed(2) })`
        0  client  > S 100:100(0)
      100  server  = SYN-RECEIVED
    `;
    const sentMs = lab.happenings.findLast(({ kind }) => kind === 'sent')?.ms ?? 0;
    expect(lab.table.play.server.timers.rto?.endsMs).toBe(sentMs + 2000);
  });

  test('does not touch another person’s timers', () => {
    script({ seats: { ...timed(2), server: HUMANS.server } })`
        0  client  > S 100:100(0)
       60  server  > S. 300:300(0) ack 101
     1060  server  timer rto
    `;
  });

  test('without limit stops the clocks that would hurry, for as long as an answer is owed', () => {
    const lab = script({ seats: timed(null) })`
        0  client  > S 100:100(0)
      200  client  = ESTABLISHED
    `;
    // From the arrival of the SYN,ACK on the server's time-out stands still.
    const sentMs = lab.happenings.findLast(({ kind }) => kind === 'sent')?.ms ?? 0;
    lab.to(60_000);
    expect(lab.table.play.client.owesSinceMs).toBe(sentMs + 50);
    expect(lab.happenings.some((it) => it.kind === 'timer')).toBe(false);
    lab.play(`60000 client > . 101:101(0) ack 301`);
    const timer = lab.table.play.server.timers.rto;
    // It had 950 of its 1000 ms left, and the ACK comes in time.
    expect(timer?.endsMs).toBe(60_950);
    lab.to(61_000);
    expect(lab.happenings.some((it) => it.kind === 'timer')).toBe(false);
  });

  test('without limit one’s own time-out still brings back what was lost', () => {
    script({
      seats: { ...timed(null), server: EMPTY },
      scenario: exercise({ faults: [{ from: 'client', match: 'S', nth: 1, fault: 'drop' }] }),
    })`
        0  client  > S 100:100(0)   ! lost
     1000  client  timer rto
     9000  client  > S 100:100(0)
    11000  client  timer rto
    `;
  });

  test('does not show in what the link is to predict', () => {
    const right = [undefined, null].map((time) => {
      const client = { kind: 'player', id: 'ana', ...(time !== undefined && { time }) } as const;
      const lab = script({ seats: { ...HUMANS, client, server: ALONE.server } })`
          0  client  > S 100:100(0)
        150  client  = ESTABLISHED
      `;
      lab.act('link', { type: 'set-conditions', from: 'client', conditions: plainConditions(50) }, 150);
      return foresee(lab.table).prediction;
    });
    expect(right[0]).toMatchObject({ timer: 'server', again: 'S.' });
    expect(right[1]).toEqual(right[0]);
  });

  test('is nobody’s business: no view at the table tells of it, and the far end’s stays the same', () => {
    const views = [undefined, 1.5 as const, null].map((time) => {
      const client = { kind: 'player', id: 'ana', ...(time !== undefined && { time }) } as const;
      const lab = script({ seats: { ...HUMANS, client } })`
          0  client  > S 100:100(0)
        900  server  = SYN-RECEIVED
      `;
      const ended = advance(lab.table, START + 950);
      return (['server', 'link', 'observer'] as const).map((role) => {
        const { trace, now } = viewFor(ended, role, START);
        return JSON.stringify({ trace, now: role === 'observer' ? { ...now, ends: null } : now });
      });
    });
    expect(views[1]).toEqual(views[0]);
    expect(views[2]).toEqual(views[0]);
    expect(views.flat().join()).not.toContain('"time":');
  });
});
