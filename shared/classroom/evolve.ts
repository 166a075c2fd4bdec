import { unreachable } from '../result.ts';
import { setRate } from '../table/clock.ts';
import { seatsFrom } from '../table/seats-from.ts';
import type { Holder } from '../table/seats.ts';
import { advance } from './advance.ts';
import type { Classroom } from './classroom.ts';
import type { ClassroomEntry } from './entry.ts';
import type { Player } from './player.ts';
import type { Poll } from './poll.ts';
import type { Round, RoundTable } from './round.ts';

/** The classroom after one more entry. Never refuses: it has happened. */
export function evolve(classroom: Classroom, entry: ClassroomEntry): Classroom {
  const { by, cmd } = entry;
  const commands =
    cmd === undefined ? classroom.commands : new Set(classroom.commands).add(commandKey(by, cmd));
  const next = entered(advance(classroom, entry.at), entry);
  return { ...next, version: classroom.version + 1, commands };
}

/** An id is its sender's own: nobody can use up another's. */
export function commandKey(by: string | undefined, cmd: string): string {
  return `${by ?? ''}\u0000${cmd}`;
}

function entered(classroom: Classroom, entry: ClassroomEntry): Classroom {
  switch (entry.type) {
    case 'classroom-opened':
      throw new Error('a classroom is opened once, by the first entry of its log');
    case 'player-joined': {
      const { player: id, name, tokenHash, rosterName = null, device } = entry;
      const player: Player = {
        id,
        name,
        tokenHash,
        devices: device === undefined ? [] : [device],
        removed: false,
        extraTime: 1,
        rosterName,
        rejoin: null,
      };
      return { ...classroom, players: [...classroom.players, player] };
    }
    case 'player-renamed':
      return withPlayer(classroom, entry.player, { name: entry.name });
    case 'player-removed':
      return withPlayer(classroom, entry.player, { removed: true, rejoin: null });
    case 'player-readmitted':
      return withPlayer(classroom, entry.player, { removed: false });
    case 'rejoin-issued': {
      const { player, linkHash, expiresAt } = entry;
      return withPlayer(classroom, player, { rejoin: { linkHash, expiresAt } });
    }
    case 'player-rejoined': {
      const { player, tokenHash, device } = entry;
      const known = classroom.players.find(({ id }) => id === player)?.devices ?? [];
      const devices = device === undefined || known.includes(device) ? known : [...known, device];
      return withPlayer(classroom, player, { tokenHash, devices, rejoin: null });
    }
    case 'extra-time-set': {
      const next = withPlayer(classroom, entry.player, { extraTime: entry.extraTime });
      const rounds = next.rounds.map((round) =>
        round.phase === 'ended' ? round : { ...round, tables: timed(next, round.tables) },
      );
      return { ...next, rounds };
    }
    case 'settings-set':
      return { ...classroom, settings: entry.settings };
    case 'roster-set':
      return { ...classroom, roster: entry.roster };
    case 'lock-set':
      return { ...classroom, locked: entry.locked };
    case 'round-prepared': {
      const { round: id, scenarioId, seating, seed, tables, options = {}, at } = entry;
      const round: Round = {
        id,
        scenarioId,
        seating,
        seed,
        tables: timed(classroom, tables),
        phase: 'prepared',
        rate: 1,
        pace: 1,
        preparedAt: at,
        startedAt: null,
        endedAt: null,
        clock: { at, ms: 0, rate: 0 },
        endsAfterMs: options.endsAfterMs ?? null,
        options,
      };
      // Drawn up again before it started, a round leaves nothing behind.
      const kept = classroom.rounds.filter(({ phase }) => phase !== 'prepared');
      return { ...classroom, rounds: [...kept, round] };
    }
    case 'table-added': {
      const { round: id, table } = entry;
      const rounds = classroom.rounds.map((round) =>
        round.id === id ? { ...round, tables: [...round.tables, ...timed(classroom, [table])] } : round,
      );
      return { ...classroom, rounds };
    }
    case 'seat-assigned': {
      const { tableId, seat } = entry;
      const holder = timedHolder(classroom, entry.holder);
      const rounds = classroom.rounds.map((round) => ({
        ...round,
        tables: round.tables.map((table) =>
          table.tableId === tableId ? { ...table, seats: { ...table.seats, [seat]: holder } } : table,
        ),
      }));
      return { ...classroom, rounds };
    }
    case 'round-started':
      return withRound(classroom, ['prepared'], ({ clock }) => ({
        phase: 'running',
        rate: 1,
        startedAt: entry.at,
        clock: setRate(clock, entry.at, 1),
      }));
    case 'round-clock-set':
      return withRound(classroom, ['running', 'paused'], ({ clock, pace }) => ({
        phase: entry.rate > 0 ? 'running' : 'paused',
        rate: entry.rate,
        pace: entry.rate > 0 ? entry.rate : pace,
        clock: setRate(clock, entry.at, entry.rate),
      }));
    case 'round-limit-set': {
      const { endsAfterMs } = entry;
      const rounds = classroom.rounds.map((round) =>
        round.id === entry.round && round.phase !== 'ended' ? { ...round, endsAfterMs } : round,
      );
      return { ...classroom, rounds };
    }
    case 'round-ended':
      return withRound(classroom, ['running', 'paused'], ({ clock }) => ({
        phase: 'ended',
        rate: 0,
        endedAt: entry.at,
        clock: setRate(clock, entry.at, 0),
      }));
    case 'every-table-asked':
      return classroom;
    case 'screen-set':
      return { ...classroom, screen: entry.screen };
    case 'poll-opened': {
      const { poll: id, scenarioId, question } = entry;
      const poll: Poll = { id, scenarioId, question, phase: 'first', revealed: false, first: {}, second: {} };
      return { ...classroom, polls: [...classroom.polls, poll] };
    }
    case 'poll-answered': {
      const { player, choice } = entry;
      return withPoll(classroom, entry.poll, (poll) =>
        poll.phase === 'first'
          ? { first: { ...poll.first, [player]: choice } }
          : { second: { ...poll.second, [player]: choice } },
      );
    }
    case 'poll-discussed':
      return withPoll(classroom, entry.poll, () => ({ phase: 'second' }));
    case 'poll-revealed':
      return withPoll(classroom, entry.poll, () => ({ phase: 'revealed', revealed: true }));
    case 'poll-closed':
      return withPoll(classroom, entry.poll, () => ({ phase: 'closed' }));
    case 'classroom-closed':
      return { ...classroom, closed: true };
    default:
      return unreachable(entry);
  }
}

function withPlayer(classroom: Classroom, id: string, change: Partial<Player>): Classroom {
  const players = classroom.players.map((player) => (player.id === id ? { ...player, ...change } : player));
  return { ...classroom, players };
}

/** Changes the newest round that is in one of these phases. */
function withRound(
  classroom: Classroom,
  phases: readonly Round['phase'][],
  change: (round: Round) => Partial<Round>,
): Classroom {
  const index = classroom.rounds.findLastIndex(({ phase }) => phases.includes(phase));
  const rounds = classroom.rounds.map((round, i) => (i === index ? { ...round, ...change(round) } : round));
  return { ...classroom, rounds };
}

function withPoll(classroom: Classroom, id: string, change: (poll: Poll) => Partial<Poll>): Classroom {
  const polls = classroom.polls.map((poll) => (poll.id === id ? { ...poll, ...change(poll) } : poll));
  return { ...classroom, polls };
}

/** A table is told with its seats how much time who sits there has. */
function timed(classroom: Classroom, tables: readonly RoundTable[]): readonly RoundTable[] {
  return tables.map(({ tableId, seats }) => ({
    tableId,
    seats: seatsFrom((seat) => timedHolder(classroom, seats[seat])),
  }));
}

function timedHolder({ players }: Classroom, holder: Holder): Holder {
  if (holder.kind !== 'player') return holder;
  const { id } = holder;
  const player = players.find((one) => one.id === id);
  const time = player ? player.extraTime : 1;
  return time === 1 ? { kind: 'player', id } : { kind: 'player', id, time };
}
