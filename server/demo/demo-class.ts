import type { FastifyInstance } from 'fastify';
import type { Classroom } from '../../shared/classroom/classroom.ts';
import type { ClassroomEntry } from '../../shared/classroom/entry.ts';
import { joinUrlOf } from '../../shared/classroom/join-url-of.ts';
import type { RoundTable } from '../../shared/classroom/round.ts';
import type { Refusal } from '../../shared/refusals.ts';
import type { Result } from '../../shared/result.ts';
import type { Holder } from '../../shared/table/seats.ts';
import { command } from '../classroom/command.ts';
import { newRoundId, newSeed } from '../classroom/ids.ts';
import type { Timer } from '../clock.ts';

/** As many as one looks at without scrolling much. */
export const DEMO_TABLES = 12;
/** The share of answers that a table's bots get right at first: some need help, and some could give it. */
const LEAST_SKILL = 0.45;
/** One after the other, round and round: a whole connection, then what can go wrong. */
const LESSON = ['full-life', 'bad-weather', 'gap', 'lost-last-ack', 'simultaneous-close', 'half-close'];
/** Time to look at what the tables came to. */
const BETWEEN_MS = 20_000;

export interface DemoClass {
  readonly classroomId: string;
  readonly code: string;
  readonly joinUrl: (baseUrl: string) => string;
}

/**
 * A class of tables that bots play, one round after the other for as long as the app runs and the instructor
 * leaves it to itself. Whoever joins takes a bot's seat at once.
 */
export async function openDemoClass(
  app: FastifyInstance,
  owner: string,
  tables = DEMO_TABLES,
): Promise<DemoClass> {
  const { lab } = app;
  const opened = must(await lab.classrooms.open(owner, 'demo'));
  const { id } = opened;
  const settings = { names: 'free', late: 'at-once' } as const;
  must(await lab.classrooms.ask(id, { type: 'set-settings', settings }));

  let timer: Timer | null = null;
  let stops: (() => void)[] = [];
  let closed = false;
  const fault = (err: unknown) => app.log.error({ err }, 'the demonstration stopped');
  app.addHook('preClose', async () => {
    closed = true;
    timer?.cancel();
    for (const stop of stops.splice(0)) stop();
  });

  const play = async (number: number): Promise<void> => {
    const round = newRoundId(id, owner, `demo ${number}`);
    must(
      await lab.classrooms.amend(id, ({ rounds }, at) =>
        // The instructor has taken over: nothing is done any more without being asked.
        rounds.some(({ phase }) => phase === 'prepared') ? [] : [prepared(round, number, at, tables)],
      ),
    );
    const started = must(await command(lab, id, { type: 'start-round' }, {}));
    const begun = started.rounds.find((one) => one.id === round)?.tables ?? [];
    const going = new Set(begun.map(({ tableId }) => tableId));
    for (const stop of stops.splice(0)) stop();
    if (closed) return;
    // Listened to, a table goes on though nobody looks.
    stops = begun.map(({ tableId }) =>
      lab.tables.listen(tableId, ({ phase }) => {
        if (phase !== 'ended' || !going.delete(tableId) || going.size > 0) return;
        timer = lab.clock.after(BETWEEN_MS, () => {
          if (!closed) next(number, round).catch(fault);
        });
      }),
    );
  };

  /** Unless the instructor does something else with the class. */
  const next = async (number: number, round: string): Promise<void> => {
    const classroom = await lab.classrooms.get(id);
    const newest = classroom?.rounds.at(-1);
    if (!classroom || classroom.closed || newest?.id !== round || newest.phase !== 'running') return;
    must(await command(lab, id, { type: 'end-round' }, {}));
    await play(number + 1);
  };

  await play(0);
  return {
    classroomId: id,
    code: opened.code,
    joinUrl: (baseUrl) => joinUrlOf(opened, baseUrl),
  };
}

function prepared(round: string, number: number, at: number, count: number): ClassroomEntry {
  const tables = Array.from({ length: count }, (_, i): RoundTable => {
    const skill = LEAST_SKILL + ((1 - LEAST_SKILL) * i) / Math.max(1, count - 1);
    const bot: Holder = { kind: 'bot', skill: Math.round(skill * 100) / 100 };
    const seats = { client: bot, server: bot, link: bot, referee: { kind: 'empty' } } as const;
    return { tableId: `${round}-${i + 1}`, seats };
  });
  return {
    at,
    type: 'round-prepared',
    round,
    scenarioId: LESSON[number % LESSON.length] ?? '',
    seating: 'triples',
    seed: newSeed(),
    tables,
  };
}

function must(done: Result<Classroom, Refusal>): Classroom {
  if (!done.ok) throw new Error(`the demonstration was refused: ${done.error.code}`);
  return done.value;
}
