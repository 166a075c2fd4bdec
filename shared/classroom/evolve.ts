import { unreachable } from '../result.ts';
import type { Classroom, ClassroomEntry, Player, Round } from './types.ts';

/** The classroom after one more entry. Never refuses: it has happened. */
export function evolve(classroom: Classroom, entry: ClassroomEntry): Classroom {
  const { by, cmd } = entry;
  const commands =
    cmd === undefined ? classroom.commands : new Set(classroom.commands).add(commandKey(by, cmd));
  return { ...entered(classroom, entry), version: classroom.version + 1, commands };
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
      const { player: id, name, tokenHash } = entry;
      const player: Player = { id, name, tokenHash, removed: false, extraTime: 1 };
      return { ...classroom, players: [...classroom.players, player] };
    }
    case 'player-renamed':
      return withPlayer(classroom, entry.player, { name: entry.name });
    case 'player-removed':
      return withPlayer(classroom, entry.player, { removed: true });
    case 'lock-set':
      return { ...classroom, locked: entry.locked };
    case 'round-prepared': {
      const { round: id, scenarioId, seating, seed, tables, at } = entry;
      const round: Round = {
        id,
        scenarioId,
        seating,
        seed,
        tables,
        phase: 'prepared',
        rate: 1,
        preparedAt: at,
        startedAt: null,
      };
      // Drawn up again before it started, a round leaves nothing behind.
      const kept = classroom.rounds.filter(({ phase }) => phase !== 'prepared');
      return { ...classroom, rounds: [...kept, round] };
    }
    case 'seat-assigned': {
      const { tableId, seat, holder } = entry;
      const rounds = classroom.rounds.map((round) => ({
        ...round,
        tables: round.tables.map((table) =>
          table.tableId === tableId ? { ...table, seats: { ...table.seats, [seat]: holder } } : table,
        ),
      }));
      return { ...classroom, rounds };
    }
    case 'round-started':
      return withRound(classroom, ['prepared'], { phase: 'running', rate: 1, startedAt: entry.at });
    case 'round-clock-set':
      return withRound(classroom, ['running', 'paused'], {
        phase: entry.rate > 0 ? 'running' : 'paused',
        rate: entry.rate,
      });
    case 'round-ended':
      return withRound(classroom, ['running', 'paused'], { phase: 'ended', rate: 0 });
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
  change: Partial<Round>,
): Classroom {
  const index = classroom.rounds.findLastIndex(({ phase }) => phases.includes(phase));
  const rounds = classroom.rounds.map((round, i) => (i === index ? { ...round, ...change } : round));
  return { ...classroom, rounds };
}
