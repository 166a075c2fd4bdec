import type { Refusal } from '../refusals.ts';
import { ok, refuse, unreachable } from '../result.ts';
import type { Result } from '../result.ts';
import { RATES } from '../table/clock.ts';
import { seatOf } from '../table/seat-of.ts';
import type { Holder, SeatName, Seats } from '../table/types.ts';
import { checkName } from './check-name.ts';
import { commandKey } from './evolve.ts';
import { seatRound } from './seat-round.ts';
import type {
  Classroom,
  ClassroomCommand,
  ClassroomEntry,
  Player,
  Round,
  RoundTable,
  Stamp,
} from './types.ts';

/** What the server asks besides what instructors may: a student comes in; somebody practises alone. */
export type ClassroomAsk =
  | ClassroomCommand
  | { readonly type: 'join'; readonly player: string; readonly name: string; readonly tokenHash: string }
  /** Practice classrooms only: a round of one table, begun at once; a round that runs is ended. */
  | {
      readonly type: 'practise';
      readonly player: string;
      readonly scenarioId: string;
      readonly seat: Extract<SeatName, 'client' | 'server' | 'link'>;
    };

export interface ClassroomAsking {
  /** Epoch ms. */
  readonly now: number;
  /** Who: instructor's or player's id; absent: the lab. */
  readonly by?: string;
  readonly cmd?: string;
  /** Ids of the players whose sockets are connected; `prepare-round` seats these. */
  readonly here: readonly string[];
  /** Chance for a new round, drawn by the caller: its id (the tables are `id-1`, `id-2`, …) and its seed. */
  readonly fresh: { readonly round: string; readonly seed: string };
}

type Decision = Result<readonly ClassroomEntry[], Refusal>;

const BOT: Holder = { kind: 'bot', skill: 1 };
const EMPTY: Holder = { kind: 'empty' };

/**
 * What this would add to the classroom's log; no entries if the command (by its id) was accepted before. Who may ask it is the
 * caller's to know: an instructor of this classroom, or the lab itself.
 */
export function decide(classroom: Classroom, ask: ClassroomAsk, asking: ClassroomAsking): Decision {
  const { now: at, by, cmd } = asking;
  if (cmd !== undefined && classroom.commands.has(commandKey(by, cmd))) return ok([]);
  if (classroom.closed) return refuse({ code: 'classroom/closed' });
  const stamp: Stamp = { at, ...(by !== undefined && { by }), ...(cmd !== undefined && { cmd }) };
  const running = classroom.rounds.find(isGoing);
  const prepared = classroom.rounds.find(({ phase }) => phase === 'prepared');

  switch (ask.type) {
    case 'join':
      return join(classroom, ask, stamp);
    case 'rename': {
      if (!present(classroom, ask.player)) return refuse({ code: 'player/not-found' });
      const name = checkName(ask.name, namesBut(classroom, ask.player));
      if (!name.ok) return name;
      return ok([{ ...stamp, type: 'player-renamed', player: ask.player, name: name.value }]);
    }
    case 'remove':
      if (!present(classroom, ask.player)) return refuse({ code: 'player/not-found' });
      return ok([
        { ...stamp, type: 'player-removed', player: ask.player },
        ...vacated(classroom, ask.player, stamp),
      ]);
    case 'lock':
      return ok([{ ...stamp, type: 'lock-set', locked: ask.locked }]);
    case 'prepare-round': {
      const { scenarioId, seating } = ask;
      const people = classroom.players.filter(({ id, removed }) => !removed && asking.here.includes(id));
      if (people.length === 0) return refuse({ code: 'classroom/nobody-here' });
      const { round, seed } = asking.fresh;
      const earlier = classroom.rounds.filter(({ phase }) => phase !== 'prepared');
      const ids = people.map(({ id }) => id);
      const tables = seatRound(ids, seating, earlier, seed, (n) => `${round}-${n}`);
      return ok([{ ...stamp, type: 'round-prepared', round, scenarioId, seating, seed, tables }]);
    }
    case 'seat':
      return seat(classroom, ask.tableId, ask.seat, ask.holder, stamp);
    case 'start-round':
      if (!prepared) return refuse({ code: 'round/none' });
      return running ? refuse({ code: 'round/running' }) : ok([{ ...stamp, type: 'round-started' }]);
    case 'set-clock':
      if (!RATES.includes(ask.rate)) return refuse({ code: 'clock/invalid-rate' });
      if (!running) return refuse({ code: 'round/not-running' });
      return ok([{ ...stamp, type: 'round-clock-set', rate: ask.rate }]);
    case 'end-round':
      return running ? ok([{ ...stamp, type: 'round-ended' }]) : refuse({ code: 'round/not-running' });
    case 'close':
      return ok([
        ...(running ? [{ ...stamp, type: 'round-ended' } as const] : []),
        { ...stamp, type: 'classroom-closed' },
      ]);
    case 'practise':
      return practise(classroom, ask, asking.fresh, running !== undefined, stamp);
    default:
      return unreachable(ask);
  }
}

function join(classroom: Classroom, ask: Extract<ClassroomAsk, { type: 'join' }>, stamp: Stamp): Decision {
  if (classroom.locked) return refuse({ code: 'classroom/locked' });
  // The lab makes the id: one that is known is the same join again, and whoever was removed stays removed.
  const known = classroom.players.find(({ id }) => id === ask.player);
  if (known) return known.removed ? refuse({ code: 'player/removed' }) : ok([]);
  const name = checkName(ask.name, namesBut(classroom, ask.player));
  if (!name.ok) return name;
  const { player, tokenHash } = ask;
  return ok([{ ...stamp, type: 'player-joined', player, name: name.value, tokenHash }]);
}

function seat(classroom: Classroom, tableId: string, name: SeatName, holder: Holder, stamp: Stamp): Decision {
  const round = classroom.rounds.find(({ tables }) => tables.some((table) => table.tableId === tableId));
  if (!round) return refuse({ code: 'table/not-found' });
  if (round.phase === 'ended') return refuse({ code: 'table/ended' });
  if (holder.kind === 'player' && !present(classroom, holder.id)) return refuse({ code: 'player/not-found' });
  // Whoever is moved leaves a bot behind: nobody sits at two seats of a round.
  const left = holder.kind === 'player' ? seatsOf(round, holder.id) : [];
  const elsewhere = left.filter((old) => old.table.tableId !== tableId || old.seat !== name);
  return ok([
    ...elsewhere.map((old) => vacancy(old.table.tableId, old.seat, stamp)),
    { ...stamp, type: 'seat-assigned', tableId, seat: name, holder },
  ]);
}

function practise(
  classroom: Classroom,
  { player, scenarioId, seat: mine }: Extract<ClassroomAsk, { type: 'practise' }>,
  { round, seed }: ClassroomAsking['fresh'],
  running: boolean,
  stamp: Stamp,
): Decision {
  if (classroom.kind !== 'practice') return refuse({ code: 'seat/not-allowed' });
  if (!present(classroom, player)) return refuse({ code: 'player/not-found' });
  const holderOf = (name: SeatName): Holder => (name === mine ? { kind: 'player', id: player } : BOT);
  const seats: Seats = {
    client: holderOf('client'),
    server: holderOf('server'),
    link: holderOf('link'),
    referee: EMPTY,
  };
  const tables = [{ tableId: `${round}-1`, seats }];
  return ok([
    ...(running ? [{ ...stamp, type: 'round-ended' } as const] : []),
    { ...stamp, type: 'round-prepared', round, scenarioId, seating: 'alone', seed, tables },
    { ...stamp, type: 'round-started' },
  ]);
}

/** A removed player's seats, in every round that is not over, go to bots. */
function vacated(classroom: Classroom, player: string, stamp: Stamp): ClassroomEntry[] {
  return classroom.rounds
    .filter(({ phase }) => phase !== 'ended')
    .flatMap((round) => seatsOf(round, player))
    .map(({ table, seat: name }) => vacancy(table.tableId, name, stamp));
}

function vacancy(tableId: string, name: SeatName, stamp: Stamp): ClassroomEntry {
  return { ...stamp, type: 'seat-assigned', tableId, seat: name, holder: name === 'referee' ? EMPTY : BOT };
}

function seatsOf(round: Round, player: string): { readonly table: RoundTable; readonly seat: SeatName }[] {
  return round.tables.flatMap((table) => {
    const name = seatOf(table.seats, player);
    return name === null ? [] : [{ table, seat: name }];
  });
}

function isGoing({ phase }: Round): boolean {
  return phase === 'running' || phase === 'paused';
}

function present(classroom: Classroom, id: string): Player | undefined {
  return classroom.players.find((player) => player.id === id && !player.removed);
}

/** Names in use. A removed player's stays taken: nobody comes back as them. */
function namesBut(classroom: Classroom, id: string): string[] {
  return classroom.players.filter((player) => player.id !== id).map(({ name }) => name);
}
