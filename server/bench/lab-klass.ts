import type { RoundView } from '../../shared/classroom/round.ts';
import type { StudentClassroomView } from '../../shared/classroom/student-classroom-view.ts';
import type { TeacherClassroomView } from '../../shared/classroom/teacher-classroom-view.ts';
import { plainConditions } from '../../shared/link/conditions.ts';
import type { JoinReply } from '../../shared/protocol/messages.ts';
import type { EndNow } from '../../shared/table/table-now.ts';
import type { TableSnapshot } from '../../shared/table/table-view.ts';
import { ACK } from '../../shared/tcp/segment.ts';
import { forEach, type Desk, type Klass } from './klass.ts';
import { WireClient } from './wire-client.ts';

export interface LabAddress {
  readonly port: number;
  /** The instructor's link. */
  readonly setup: string;
}

/** People in a classroom: a big school class. */
const CLASS_SIZE = 40;

/**
 * Both ends begin in ESTABLISHED, everything of the TCB is shown, and it is not over before both have closed.
 */
const SCENARIO = 'close-by-client';

export interface Seated {
  readonly client: WireClient;
  readonly tableId: string;
  readonly token: string;
  readonly snapshot: TableSnapshot;
}

/** An instructor's connection. */
export async function teacher({ port, setup }: LabAddress): Promise<WireClient> {
  const token = new URL(setup, 'http://lab').searchParams.get('token');
  const { cookie } = await post(port, '/api/setup', {
    token,
    name: 'Bench',
    password: 'measured with care',
  });
  return WireClient.open({ port, namespace: '/teach', cookie });
}

/**
 * Classrooms of students at tables of four, over HTTP and sockets as in a lesson: the round is started,
 * everyone looks at their table, and its link has no delay, so that the far end sees a segment as soon as it
 * was sent.
 */
export async function labKlass(
  port: number,
  teaching: WireClient,
  people: number,
  size: number = CLASS_SIZE,
): Promise<Klass & { readonly seated: readonly Seated[]; readonly classroomIds: readonly string[] }> {
  const rooms = Array.from({ length: Math.ceil(people / size) }, (_, i) => Math.min(size, people - i * size));
  const classes = await forEach(rooms, (students) => openClass(port, teaching, students), 2);
  const seated = classes.flatMap((one) => one.seated);
  const byTable = new Map<string, Seated[]>();
  for (const one of seated) byTable.set(one.tableId, [...(byTable.get(one.tableId) ?? []), one]);
  return {
    seated,
    classroomIds: classes.map(({ classroomId }) => classroomId),
    clients: seated.map(({ client }) => client),
    desks: [...byTable.values()].flatMap(desksOf),
  };
}

async function openClass(port: number, teaching: WireClient, students: number) {
  const { classroomId } = await teaching.ask<{ classroomId: string }>('classroom:open', { id: newId() });
  const order = (command: object) => teaching.ask('classroom:command', { classroomId, id: newId(), command });
  const watched = await teaching.ask<{ view: TeacherClassroomView }>('classroom:watch', { classroomId });
  const { code } = watched.view;
  // Who is seated is who is there.
  const present = await forEach(Array.from({ length: students }), async (_, i) => {
    const { body } = await post<JoinReply>(port, '/api/join', { code, name: `Student ${i + 1}` });
    return { token: body.token, client: await play(port, body.token) };
  });
  await order({ type: 'prepare-round', scenarioId: SCENARIO, seating: 'fours' });
  await order({ type: 'start-round' });
  const { view } = await teaching.ask<{ view: TeacherClassroomView }>('classroom:watch', { classroomId });
  const round: RoundView | undefined = view.rounds.at(-1);
  for (const { tableId } of round?.tables ?? []) {
    for (const from of ['client', 'server']) {
      const command = { type: 'set-conditions', from, conditions: plainConditions(0) };
      await teaching.ask('table:command', { tableId, id: newId(), command });
    }
  }
  const seated = await forEach(present, ({ client, token }) => sitDown(client, token));
  return { classroomId, seated };
}

export function play(port: number, token: string): Promise<WireClient> {
  return WireClient.open({ port, namespace: '/play', auth: { token } });
}

/** What a student's page asks for once it is connected, up to the snapshot of the table. */
export async function sitDown(client: WireClient, token: string): Promise<Seated> {
  const { round } = await client.ask<StudentClassroomView>('classroom:watch', {});
  if (!round) throw new Error('a student was not seated');
  const { tableId } = round;
  const snapshot = await client.ask<TableSnapshot>('table:watch', { tableId });
  return { client, tableId, token, snapshot };
}

/**
 * Each end says over and over how far it has got: an ACK that nothing asks for and that is legal all the
 * same. It goes the whole way (validated, judged, its fate drawn, kept, sent, arrived), and all four seats
 * see something new.
 */
function desksOf(table: readonly Seated[]): Desk[] {
  const at = (side: string) => table.find(({ snapshot }) => snapshot.now.as === side);
  const client = at('client');
  const server = at('server');
  if (!client || !server) throw new Error('a table has an empty end');
  const desk = (own: Seated, mate: Seated): Desk => {
    const { tcb } = own.snapshot.now as EndNow;
    const seg = { seq: tcb?.sndNxt, ack: tcb?.rcvNxt, flags: ACK, wnd: 64_240, dataOctets: 0 };
    const [before, after] = [
      `"table:command",{"tableId":"${own.tableId}","id":"`,
      `","command":{"type":"send","seg":${JSON.stringify(seg)}}}`,
    ];
    return { client: own.client, mate: mate.client, command: (n) => `${before}k${n}${after}` };
  };
  return [desk(client, server), desk(server, client)];
}

let ids = 0;
function newId(): string {
  return `bench-${++ids}`;
}

/** POSTs to the lab and returns what came back; throws on a refusal. */
export async function post<T>(
  port: number,
  path: string,
  body: unknown,
): Promise<{ readonly body: T; readonly cookie: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const reply = (await response.json()) as { ok: boolean; value: T; error: unknown };
  if (!reply.ok) throw new Error(`${path} was refused: ${JSON.stringify(reply.error)}`);
  return { body: reply.value, cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}
