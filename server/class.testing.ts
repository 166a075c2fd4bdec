import { afterEach, beforeEach } from 'vitest';
import type { TeacherClassroomView } from '../shared/classroom/teacher-classroom-view.ts';
import type { JoinReply, JoinRequest } from '../shared/protocol/messages.ts';
import type { Seats } from '../shared/table/seats.ts';
import type { FullNow } from '../shared/table/table-now.ts';
import { startLab, type Lab, type Student, type Teacher } from './app.testing.ts';
import { ManualClock } from './clock.testing.ts';

/*
 * A class as it really is: people come late, lose their phones and their connection, and are removed. Whoever
 * imports this has a server, an instructor and a classroom of its own for each test.
 */

export let clock: ManualClock;
export let lab: Lab;
export let cookie: string;
export let teacher: Teacher;
export let classroomId: string;
export let code: string;

const LIMITS = { messages: { burst: 1000, perS: 1000 } };

beforeEach(async () => {
  clock = new ManualClock();
  lab = await startLab({ clock, limits: LIMITS });
  cookie = await lab.logIn();
  await enterClass();
});
afterEach(() => lab.stop());

async function enterClass(): Promise<void> {
  teacher = await lab.teach(cookie);
  ({ classroomId } = await teacher.do('classroom:open', { id: 'open' }));
  ({ code } = await view());
}

/** The same data, by a server that knows nothing but what was kept. */
export async function restart(): Promise<void> {
  const { dataDir } = lab;
  await lab.stop('keep');
  lab = await startLab({ clock, limits: LIMITS }, { dataDir });
  await enterClass();
}

let asked = 0;
/** Of a command, another each time. */
export const freshId = (): string => `t${++asked}`;
export type Command = Parameters<typeof teacher.do<'classroom:command'>>[1]['command'];
export const teach = (command: Command) =>
  teacher.do('classroom:command', { classroomId, id: freshId(), command });
export const view = async (): Promise<TeacherClassroomView> =>
  (await teacher.do('classroom:watch', { classroomId })).view;
export const secret = async () => new URL((await view()).joinUrl).hash.slice(1);
export const tryJoin = (request: Partial<JoinRequest>) =>
  clock.passUntil(lab.post<JoinReply>('api/join', { code, name: '', ...request }));

export interface Seated extends Student {
  readonly reply: JoinReply;
  readonly frames: string[];
}

/** A device that comes with a token, watches, and keeps every frame it receives. */
export async function device(reply: JoinReply): Promise<Seated> {
  const client = await lab.play(reply.token);
  const frames: string[] = [];
  client.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => frames.push(String(data)));
  await client.do('classroom:watch', {});
  return Object.assign(client, { reply, frames });
}

export const student = async (name: string) => device(await lab.join(code, name));

/** The round in which somebody sits, as it is now. */
export async function seatOf(who: Student) {
  const { round } = await who.do('classroom:watch', {});
  if (!round) throw new Error('no seat');
  return round;
}

export async function startPairs(scenarioId = 'three-way-handshake'): Promise<void> {
  await teach({ type: 'prepare-round', scenarioId, seating: 'pairs' });
  await teach({ type: 'start-round' });
}

/** Loses the connection, and waits until the server has noticed. */
export async function lose(who: Seated): Promise<void> {
  who.socket.disconnect();
  const { presence } = lab.app.lab;
  while (presence.isHere(classroomId, who.reply.playerId)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets what is under way be done: whoever asks for the clock is answered after it. */
export const settle = async () => {
  await lab.app.lab.settled();
  await teacher.do('clock:read', {});
};

export const seatsOf = async (tableId: string): Promise<Seats> =>
  ((await teacher.do('table:watch', { tableId })).now as FullNow).seats;
export const holderAt = async (who: Student) => {
  const { tableId, seat } = await seatOf(who);
  return (await seatsOf(tableId))[seat];
};
