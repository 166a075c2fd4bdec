import { expect, test } from 'vitest';
import { LIBRARY } from '../scenario/library/library.ts';
import type { Level } from '../scenario/types.ts';
import { evolve } from './evolve.ts';
import { HUMANS, Lab, START, exercise } from './script.testing.ts';
import type { Role } from './seats.ts';
import { viewFor } from './view.ts';

const inTheMiddle = (level: Level) =>
  exercise({
    level,
    ends: {
      client: { start: 'ESTABLISHED', iss: { policy: 'random' } },
      server: { start: 'ESTABLISHED', iss: { policy: 'random' } },
    },
    calls: [{ side: 'client', when: { atMs: 0 }, call: 'close' }],
  });

const startOf = ({ table }: Lab, role: Role) => viewFor(table, role, START).about.start;

test.each(['standard', 'exam'] as const)(
  'an end that starts in the middle of a connection is told its own numbers (%s)',
  (level) => {
    const lab = new Lab({ scenario: inTheMiddle(level), seats: HUMANS });
    const { client, server } = lab.table.ends;
    expect(startOf(lab, 'client')).toEqual({
      iss: client.tcb.iss,
      irs: server.tcb.iss,
      sndUna: client.tcb.snd.nxt,
      sndNxt: client.tcb.snd.nxt,
      sndWnd: 64_240,
      rcvNxt: server.tcb.snd.nxt,
      rcvWnd: 64_240,
    });
    expect(startOf(lab, 'server')).toMatchObject({ sndNxt: server.tcb.snd.nxt, rcvNxt: client.tcb.snd.nxt });
  },
);

test('they are the numbers of the start, whatever has happened since, and so tell nothing of it', () => {
  const lab = new Lab({ scenario: inTheMiddle('exam') });
  const before = startOf(lab, 'client');
  const { nxt } = lab.table.ends.client.tcb.snd;
  for (const seq of [nxt + 7, nxt]) {
    const seg = { seq, ack: lab.table.ends.client.tcb.rcv.nxt!, flags: 0x11, wnd: 64_240, dataOctets: 0 };
    lab.ask('client', { type: 'send', seg }, START);
  }
  lab.to(500);
  expect(lab.table.ends.client.tcb.snd.nxt).toBe(nxt + 1);
  expect(startOf(lab, 'client')).toEqual(before);
});

test('nobody is told another’s, nor numbers that are not there yet', () => {
  const standard = new Lab({ scenario: inTheMiddle('standard') });
  const numbers = (['client', 'server'] as const).map((side) => String(standard.table.ends[side].tcb.iss));
  for (const role of ['link', 'referee'] as const) {
    const text = JSON.stringify(viewFor(standard.table, role, START));
    for (const number of numbers) expect(text).not.toContain(number);
  }
  for (const role of ['link', 'referee', 'instructor', 'observer'] as const)
    expect(startOf(standard, role)).toBeUndefined();
  // A guided end sees its whole TCB all the time; one that starts closed has none.
  expect(startOf(new Lab({ scenario: inTheMiddle('guided') }), 'client')).toBeUndefined();
  expect(startOf(new Lab({ scenario: exercise({ level: 'standard' }) }), 'client')).toBeUndefined();
  const ended = evolve(standard.table, { at: START + 1, type: 'table-ended' });
  expect(viewFor(ended, 'client', START + 1).about).toEqual(viewFor(ended, 'server', START + 1).about);
});

test('with them every library exercise that begins in the middle can be begun', () => {
  const middle = LIBRARY.flatMap((scenario) =>
    (['client', 'server'] as const)
      .filter((side) => !['CLOSED', 'LISTEN'].includes(scenario.ends[side].start))
      .map((side) => [scenario, side] as const),
  );
  expect(middle.length).toBeGreaterThan(10);
  for (const [scenario, side] of middle) {
    const { about, now } = viewFor(new Lab({ scenario }).table, side, START);
    const tcb = about.start ?? (now.as === side ? now.tcb : null);
    expect([scenario.id, tcb?.sndNxt, tcb?.rcvNxt]).toEqual([
      scenario.id,
      expect.any(Number),
      expect.any(Number),
    ]);
  }
});
