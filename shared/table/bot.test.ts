import { expect, test } from 'vitest';
import { BOTS, Lab, exercise, printSegment } from './script.testing.ts';
import type { Seats } from './seats.ts';

const calls = [
  { side: 'client', when: { atMs: 0 }, call: 'connect' },
  { side: 'client', when: { state: 'ESTABLISHED', afterMs: 100 }, call: 'write', text: 'hello' },
  { side: 'client', when: { atMs: 2000 }, call: 'close' },
  { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 100 }, call: 'close' },
] as const;

const seats = (skill: number): Seats => {
  const bot = { kind: 'bot', skill } as const;
  return { ...BOTS, client: bot, server: bot };
};

const playOut = (onWrong: 'block' | 'send', skill: number, seed = 's', table?: string): Lab => {
  const scenario = exercise({ calls: [...calls], onWrong, askState: true });
  const lab = new Lab({ scenario, seats: seats(skill), seed, ...(table !== undefined && { table }) });
  lab.to(200_000);
  return lab;
};

test('a good bot makes no mistake, thinks about as long as the scenario says, and labels every state', () => {
  const lab = playOut('block', 1);
  expect(lab.table.phase).toBe('ended');
  const sent = lab.happenings.filter((it) => it.kind === 'sent');
  expect(sent.every((it) => it.verdict.verdict === 'due' && it.by === 'bot')).toBe(true);
  const labels = lab.happenings.filter((it) => it.kind === 'label');
  expect(labels).toHaveLength(sent.length);
  expect(labels.every((it) => it.verdict.verdict === 'due')).toBe(true);
  const [syn] = sent;
  expect(syn?.ms).toBeGreaterThanOrEqual(15);
  expect(syn?.ms).toBeLessThanOrEqual(25);
});

test.each(['block', 'send'] as const)(
  'a bot that knows nothing slips once in each answer, and mends it (%s)',
  (onWrong) => {
    const lab = playOut(onWrong, 0);
    expect(lab.table.phase).toBe('ended');
    const tries = lab.happenings.filter((it) => it.kind === (onWrong === 'block' ? 'blocked' : 'sent'));
    const wrong = tries.filter((it) => 'verdict' in it && it.verdict.verdict === 'wrong');
    // Sent, a mistake in the handshake may end in a RST, and that is that.
    expect(wrong.length).toBeGreaterThan(onWrong === 'block' ? 3 : 1);
    expect(wrong.every((it) => 'verdict' in it && it.verdict.faults.length > 0)).toBe(true);
  },
);

test('half of a bot’s answers are wrong at first where its skill is one half', () => {
  let right = 0;
  let wrong = 0;
  for (let i = 0; i < 60; i++) {
    const lab = playOut('block', 0.5, `seed${i}`);
    right += lab.happenings.filter((it) => it.kind === 'sent').length;
    wrong += lab.happenings.filter((it) => it.kind === 'blocked').length;
  }
  // The SYN, before which there is little to get wrong, is among them.
  expect(wrong / right).toBeGreaterThan(0.35);
  expect(wrong / right).toBeLessThan(0.6);
});

test('the same seed and table play the same game; another table with that seed another one', () => {
  const segments = (lab: Lab): string[] =>
    lab.happenings.flatMap((it) => (it.kind === 'blocked' ? [printSegment(it.seg)] : []));
  expect(playOut('block', 0.5).table).toEqual(playOut('block', 0.5).table);
  expect(segments(playOut('block', 0.5, 's', 'other'))).not.toEqual(segments(playOut('block', 0.5)));
});

test('a bot that takes over a seat thinks first, and goes on where the person stopped', () => {
  const lab = new Lab({ scenario: exercise({ calls: [...calls] }) });
  lab.play(`
      0  client  > S 100:100(0)
     50  server  < S 100:100(0)
  `);
  const at = lab.table.clock.at + 5000;
  lab.to(5000);
  lab.ask('instructor', { type: 'seat', seat: 'server', holder: { kind: 'bot', skill: 1 } }, at);
  lab.to(5100);
  const answer = lab.happenings.find((it) => it.kind === 'sent' && it.side === 'server');
  expect(answer).toMatchObject({ by: 'bot' });
  expect(answer?.ms).toBeGreaterThanOrEqual(5015);
});
