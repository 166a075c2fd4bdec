import { inEach } from '../scenario/locales.ts';
import type { Side, Text } from '../scenario/types.ts';
import type { Clock } from '../table/clock.ts';
import type { TableMini } from '../table/mini.ts';
import type { Phase } from '../table/phase.ts';
import { SEAT_NAMES } from '../table/seat-of.ts';
import type { FaultCode } from '../tcp/verdict.ts';
import type { Classroom } from './classroom.ts';
import { isSealed } from './is-sealed.ts';
import type { ScenarioById } from './is-sealed.ts';
import { joinUrlOf } from './join-url-of.ts';
import { pollView } from './poll-view.ts';
import type { PollView } from './poll.ts';
import type { Round } from './round.ts';
import type { Screen } from './screen.ts';

/** One table on the projector. `names`: who sits at the ends, where names may be shown. */
export interface ScreenTable {
  readonly tableId: string;
  /** From 1, in the round's order. */
  readonly number: number;
  readonly phase: Phase;
  /** Whether it ended as its scenario asks. Absent: it has not ended, or is of an exam that is not over. */
  readonly finished?: boolean;
  /** Null: not known yet, or an exam's. */
  readonly states: Readonly<Record<Side, string>> | null;
  /** Absent in an exam that is not over. */
  readonly right?: number;
  readonly wrong?: number;
  readonly names?: readonly string[];
}

/**
 * What the projector's page knows. Everybody reads it: no names unless allowed, nothing that a seat may not
 * know.
 */
export interface ScreenView {
  readonly classroomId: string;
  readonly at: number;
  readonly show: Screen['show'];
  readonly here: number;
  /** The newest round that has started. */
  readonly round: {
    readonly scenarioId: string;
    readonly title: Text;
    readonly phase: Phase;
    readonly clock: Clock;
    readonly endsAfterMs: number | null;
  } | null;
  /** An exam is going on: what was put up of it is shown once it is over. */
  readonly sealed?: true;
  /** With `code`. */
  readonly join?: { readonly code: string; readonly joinUrl: string; readonly locked: boolean };
  /** With `code`, if names may be shown. */
  readonly names?: readonly string[];
  /** With `progress`. */
  readonly tables?: readonly ScreenTable[];
  /** With `table`, and `debrief` of one: to be watched by `table:watch`. */
  readonly table?: {
    readonly tableId: string;
    /** From 1, in its round's order. */
    readonly number: number;
    readonly atMs: number | null;
    readonly names?: readonly string[];
  };
  /** With `poll`. */
  readonly poll?: PollView;
  /** With `debrief`: what went wrong, and how often. */
  readonly misconceptions?: readonly {
    readonly code: FaultCode;
    readonly people: number;
    readonly times: number;
  }[];
}

export interface ScreenFacts {
  /** Players whose sockets are connected. */
  readonly here: ReadonlySet<string>;
  /** Epoch ms. */
  readonly at: number;
  readonly scenarioById: ScenarioById;
  /** Where browsers find the lab, no slash at the end. */
  readonly baseUrl: string;
  /** Of the newest round that has started; needed for `progress`. */
  readonly minis: readonly TableMini[];
  /** Of that round, or of the table that is shown; needed for `debrief`. */
  readonly misconceptions: NonNullable<ScreenView['misconceptions']>;
}

/**
 * What the projector shows, field by field and only what the instructor has put up: the whole room reads it.
 */
export function screenView(classroom: Classroom, facts: ScreenFacts): ScreenView {
  const { screen, players } = classroom;
  const { here, at, baseUrl, scenarioById, misconceptions } = facts;
  const present = players.filter(({ id, removed }) => !removed && here.has(id));
  const round = classroom.rounds.findLast(({ startedAt }) => startedAt !== null);
  const base = {
    classroomId: classroom.id,
    at,
    show: screen.show,
    here: present.length,
    round: round ? roundOf(round, scenarioById) : null,
  };
  switch (screen.show) {
    case 'code': {
      const { code, locked } = classroom;
      return {
        ...base,
        join: { code, joinUrl: joinUrlOf(classroom, baseUrl), locked },
        ...(screen.names && { names: present.map(({ name }) => name) }),
      };
    }
    case 'progress':
      return { ...base, tables: round ? tablesOf(classroom, round, facts) : [] };
    case 'poll': {
      const poll = pollView(classroom, here);
      return { ...base, ...(poll && { poll }) };
    }
    case 'table':
    case 'debrief': {
      const at = placeOf(classroom);
      const shown = at?.round ?? round;
      if (shown && isSealed(shown, scenarioById)) return { ...base, sealed: true };
      return {
        ...base,
        ...(at && { table: at.table }),
        ...(screen.show === 'debrief' && {
          misconceptions: misconceptions.map(({ code, people, times }) => ({ code, people, times })),
        }),
      };
    }
    case 'blank':
      return base;
  }
}

function roundOf(
  { scenarioId, phase, clock, endsAfterMs }: Round,
  scenarioById: ScenarioById,
): NonNullable<ScreenView['round']> {
  return {
    scenarioId,
    title: scenarioById(scenarioId)?.title ?? inEach(scenarioId),
    phase,
    clock: { at: clock.at, ms: clock.ms, rate: clock.rate },
    endsAfterMs,
  };
}

function tablesOf(
  classroom: Classroom,
  round: Round,
  { minis, scenarioById }: ScreenFacts,
): readonly ScreenTable[] {
  const sealed = isSealed(round, scenarioById);
  return round.tables.map(({ tableId }, i) => {
    const mini = minis.find((one) => one.tableId === tableId);
    return {
      tableId,
      number: i + 1,
      phase: mini?.phase ?? 'prepared',
      ...(!sealed && mini?.phase === 'ended' && { finished: mini.endedBy === null }),
      states: mini && !sealed ? { client: mini.states.client, server: mini.states.server } : null,
      ...(!sealed && {
        right: mini ? mini.right.client + mini.right.server : 0,
        wrong: mini ? mini.wrong.client + mini.wrong.server : 0,
      }),
      ...namesAt(classroom, tableId),
    };
  });
}

/** The table that was put up, and the round that it is of; null: none was. */
function placeOf(
  classroom: Classroom,
): { readonly round: Round; readonly table: NonNullable<ScreenView['table']> } | null {
  const { tableId, atMs = null } = classroom.screen;
  if (tableId === undefined) return null;
  for (const round of classroom.rounds) {
    const index = round.tables.findIndex((one) => one.tableId === tableId);
    if (index < 0) continue;
    return { round, table: { tableId, number: index + 1, atMs, ...namesAt(classroom, tableId) } };
  }
  return null;
}

/** Who sits at a table, if names may be shown. */
function namesAt({ screen, rounds, players }: Classroom, tableId: string): { names?: readonly string[] } {
  if (!screen.names) return {};
  const table = rounds.flatMap(({ tables }) => tables).find((one) => one.tableId === tableId);
  const names = SEAT_NAMES.flatMap((seat) => {
    const holder = table?.seats[seat];
    const player = holder?.kind === 'player' ? players.find(({ id }) => id === holder.id) : undefined;
    return player && !player.removed ? [player.name] : [];
  });
  return { names };
}
