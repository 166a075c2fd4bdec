import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startLab, type Lab } from '../app.testing.ts';
import { ManualClock } from '../clock.testing.ts';
import { doorFor } from './door.ts';
import { openDemoClass, type DemoClass } from './demo-class.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

const TICKET = 'a ticket that is hard to guess';

let clock: ManualClock;
let lab: Lab;
let demo: DemoClass;
beforeEach(async () => {
  clock = new ManualClock();
  lab = await startLab({
    clock,
    async prepare(app) {
      const { owner } = await doorFor(app, '', TICKET, () => demo.classroomId);
      demo = await openDemoClass(app, owner);
    },
  });
});
afterEach(() => lab.stop());

const settle = () => lab.app.lab.settled();
const newest = async () => (await lab.app.lab.classrooms.get(demo.classroomId))!.rounds.at(-1)!;

async function pass(ms: number, stepMs = 1000): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    clock.advance(stepMs);
    await settle();
  }
}

async function enter(): Promise<string> {
  const door = await fetch(`${lab.url}/demo/${encodeURIComponent(TICKET)}`, { redirect: 'manual' });
  expect(door.headers.get('location')).toBe(`/teach/${demo.classroomId}`);
  return door.headers.getSetCookie()[0]!.split(';')[0]!;
}

test('twelve tables of bots, some better than others, are at it within ten seconds', async () => {
  const teacher = await lab.teach(await enter());
  await pass(10_000);
  const { minis, view } = await teacher.do('classroom:watch', { classroomId: demo.classroomId });
  expect(view.code).toBe(demo.code);
  expect(minis).toHaveLength(12);
  for (const { phase, strokes } of minis) {
    expect(phase).toBe('running');
    expect(strokes.length).toBeGreaterThan(0);
  }
  await pass(60_000);
  const later = await teacher.do('classroom:watch', { classroomId: demo.classroomId });
  const wrong = later.minis.map((mini) => mini.wrong.client + mini.wrong.server);
  expect(wrong.some((times) => times > 0)).toBe(true);
  expect(wrong.some((times) => times === 0)).toBe(true);
});

test('whoever walks up has a bot’s seat at once, and may be given any other', async () => {
  const reply = await lab.join(demo.code, 'Ana');
  const ana = await lab.play(reply.token);
  const { round } = await ana.do('classroom:watch', {});
  expect((await ana.do('table:watch', { tableId: round!.tableId })).now.as).toBe(round!.seat);
  const teacher = await lab.teach(await enter());
  const { classroomId } = demo;
  const tableId = (await newest()).tables[7]!.tableId;
  const holder = { kind: 'player', id: reply.playerId } as const;
  const command = { type: 'seat', tableId, seat: 'server', holder } as const;
  await teacher.do('classroom:command', { classroomId, id: 'move', command });
  expect((await ana.do('table:watch', { tableId })).now.as).toBe('server');
});

test('the next round follows by itself, until the instructor does something else', async () => {
  const first = await newest();
  for (let i = 0; i < 100 && (await newest()).id === first.id; i++) await pass(10_000, 2000);
  const second = await newest();
  expect(second).toMatchObject({ phase: 'running' });
  expect(second.scenarioId).not.toBe(first.scenarioId);
  const teacher = await lab.teach(await enter());
  const { classroomId } = demo;
  await teacher.do('classroom:command', { classroomId, id: 'end', command: { type: 'end-round' } });
  await pass(120_000, 10_000);
  expect(await newest()).toMatchObject({ id: second.id, phase: 'ended' });
});

test('its door is for those who have the ticket, and no other server has one', async () => {
  const wrong = await fetch(`${lab.url}/demo/guess`, { redirect: 'manual' });
  expect(wrong.headers.getSetCookie()).toEqual([]);
  const plain = await startLab({ clock });
  const nothing = await fetch(`${plain.url}/demo/${encodeURIComponent(TICKET)}`, { redirect: 'manual' });
  expect(nothing.status).toBe(404);
  await plain.stop();
});
