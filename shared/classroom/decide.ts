import { checkConditions } from '../link/check-conditions.ts';
import type { Refusal } from '../refusals.ts';
import { ok, refuse, unreachable } from '../result.ts';
import type { Result } from '../result.ts';
import type { Locale } from '../scenario/types.ts';
import { RATES, virtualAt } from '../table/clock.ts';
import { seatOf } from '../table/seat-of.ts';
import { checkStormMs } from '../table/storm.ts';
import { seatsFrom } from '../table/seats-from.ts';
import type { Holder, PracticeSeat, SeatName } from '../table/seats.ts';
import type { Stamp } from '../table/stamp.ts';
import { advance } from './advance.ts';
import { checkName } from './check-name.ts';
import type { Classroom } from './classroom.ts';
import type { ClassroomCommand } from './command.ts';
import { decideJoin } from './decide-join.ts';
import { decidePoll } from './decide-poll.ts';
import type { ClassroomEntry } from './entry.ts';
import { commandKey } from './evolve.ts';
import { foldName } from './fold-name.ts';
import { isGoing } from './is-going.ts';
import { isSealed } from './is-sealed.ts';
import type { ScenarioById } from './is-sealed.ts';
import { comeSince, lateSeats } from './late-entries.ts';
import { namesTaken } from './names-taken.ts';
import type { Player } from './player.ts';
import { ROSTER_MAX } from './roster-max.ts';
import type { RosterEntry } from './roster-entry.ts';
import type { Round, RoundOptions, RoundTable } from './round.ts';
import type { Screen } from './screen.ts';
import { seatRound } from './seat-round.ts';

/** What the server asks besides what instructors may: a student comes in; somebody practises alone. */
export type ClassroomAsk =
  | ClassroomCommand
  /**
   * `pin`: with a roster, whether the PIN that came with the name is that name's (`rosterEntryOf`); absent:
   * there came none. The player's id is a new one; where the roster knows them as somebody who is here
   * already, they take that place (see `playerOfToken`).
   */
  | {
      readonly type: 'join';
      readonly player: string;
      readonly name: string;
      readonly tokenHash: string;
      readonly pin?: 'right' | 'wrong';
      readonly locale?: Locale;
      /** What the device is known by in this classroom; absent: the lab has not met it. */
      readonly device?: string;
    }
  /** By a rejoin link, from a new device. */
  | {
      readonly type: 'rejoin';
      readonly linkHash: string;
      readonly tokenHash: string;
      readonly device?: string;
    }
  | {
      readonly type: 'issue-rejoin';
      readonly player: string;
      readonly linkHash: string;
      readonly expiresAt: number;
    }
  | { readonly type: 'set-roster'; readonly roster: readonly RosterEntry[] }
  /** Somebody who was here before has come back: they sit down where a late joiner would. */
  | { readonly type: 'take-seat'; readonly player: string }
  | {
      readonly type: 'answer-poll';
      readonly player: string;
      readonly poll: string;
      readonly choice: string;
    }
  /** Practice classrooms only: a round of one table, begun at once; a round that runs is ended. */
  | {
      readonly type: 'practise';
      readonly player: string;
      readonly scenarioId: string;
      readonly seat: PracticeSeat;
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
  /** Needed for `open-poll` and `set-screen`. */
  readonly scenarioById?: ScenarioById;
  /** Ids of the tables that have ended: nobody is seated there. */
  readonly over?: readonly string[];
  /** Names of those who teach this class, which no student may have. */
  readonly teachers?: readonly string[];
}

type Decision = Result<readonly ClassroomEntry[], Refusal>;

const BOT: Holder = { kind: 'bot', skill: 1 };
const EMPTY: Holder = { kind: 'empty' };

/**
 * What this would add to the classroom's log; no entries if the command (by its id) was accepted before. Who
 * may ask it is the caller's to know: an instructor of this classroom, or the lab itself.
 */
export function decide(before: Classroom, ask: ClassroomAsk, asking: ClassroomAsking): Decision {
  const { now: at, by, cmd } = asking;
  const classroom = advance(before, at);
  if (cmd !== undefined && classroom.commands.has(commandKey(by, cmd))) return ok([]);
  if (classroom.closed) return refuse({ code: 'classroom/closed' });
  const stamp: Stamp = { at, ...(by !== undefined && { by }), ...(cmd !== undefined && { cmd }) };
  const running = classroom.rounds.find(isGoing);
  const prepared = classroom.rounds.find(({ phase }) => phase === 'prepared');

  switch (ask.type) {
    case 'join':
    case 'rejoin':
      return decideJoin(classroom, ask, asking, stamp);
    case 'issue-rejoin': {
      if (!present(classroom, ask.player)) return refuse({ code: 'player/not-found' });
      const { player, linkHash, expiresAt } = ask;
      return ok([{ ...stamp, type: 'rejoin-issued', player, linkHash, expiresAt }]);
    }
    case 'take-seat':
      if (!present(classroom, ask.player)) return refuse({ code: 'player/not-found' });
      return ok(lateSeats(classroom, ask.player, asking, stamp));
    case 'rename': {
      if (!present(classroom, ask.player)) return refuse({ code: 'player/not-found' });
      const name = checkName(ask.name, namesTaken(classroom, ask.player), asking.teachers);
      if (!name.ok) return name;
      return ok([{ ...stamp, type: 'player-renamed', player: ask.player, name: name.value }]);
    }
    case 'remove':
      if (!present(classroom, ask.player)) return refuse({ code: 'player/not-found' });
      return ok([
        { ...stamp, type: 'player-removed', player: ask.player },
        ...vacated(classroom, ask.player, stamp),
      ]);
    case 'readmit':
      if (!classroom.players.some(({ id, removed }) => removed && id === ask.player)) {
        return refuse({ code: 'player/not-found' });
      }
      return ok([{ ...stamp, type: 'player-readmitted', player: ask.player }]);
    case 'lock':
      return ok([{ ...stamp, type: 'lock-set', locked: ask.locked }]);
    case 'set-settings': {
      const { names, late } = ask.settings;
      return ok([{ ...stamp, type: 'settings-set', settings: { names, late } }]);
    }
    case 'set-roster':
      return setRoster(ask.roster, stamp);
    case 'set-extra-time': {
      if (!present(classroom, ask.player)) return refuse({ code: 'player/not-found' });
      const { player, extraTime } = ask;
      return ok([{ ...stamp, type: 'extra-time-set', player, extraTime }]);
    }
    case 'prepare-round': {
      const { scenarioId, seating } = ask;
      // A referee has nothing to call where wrong segments never go out.
      const options: RoundOptions = { ...(seating === 'fours' && { onWrong: 'send' }), ...ask.options };
      const people = classroom.players.filter(({ id, removed }) => !removed && asking.here.includes(id));
      if (people.length === 0) return refuse({ code: 'classroom/nobody-here' });
      const { round, seed } = asking.fresh;
      const earlier = classroom.rounds.filter(({ phase }) => phase !== 'prepared');
      const ids = people.map(({ id }) => id);
      const tables = seatRound(ids, seating, earlier, seed, (n) => `${round}-${n}`, options.skill);
      const drawn = { round, scenarioId, seating, seed, tables, options };
      return ok([{ ...stamp, type: 'round-prepared', ...drawn }]);
    }
    case 'seat':
      return seat(classroom, ask.tableId, ask.seat, ask.holder, stamp);
    case 'start-round': {
      if (running) return refuse({ code: 'round/running' });
      if (!prepared) return refuse({ code: 'round/none' });
      if (isOther(prepared, ask.round)) return refuse({ code: 'round/other' });
      return ok([...comeSince(classroom, asking, stamp), { ...stamp, type: 'round-started' }]);
    }
    case 'set-clock':
      if (!RATES.includes(ask.rate)) return refuse({ code: 'clock/invalid-rate' });
      if (!running) return refuse({ code: 'round/not-running' });
      if (isOther(running, ask.round)) return refuse({ code: 'round/other' });
      return ok([{ ...stamp, type: 'round-clock-set', rate: ask.rate }]);
    case 'set-limit': {
      const round = running ?? prepared;
      if (!round) return refuse({ code: 'round/none' });
      if (isOther(round, ask.round)) return refuse({ code: 'round/other' });
      const { endsAfterMs } = ask;
      const ms = virtualAt(round.clock, at);
      if (endsAfterMs !== null && !(endsAfterMs > ms)) {
        return refuse({ code: 'round/invalid-limit', with: { ms: Math.ceil(ms) } });
      }
      return ok([{ ...stamp, type: 'round-limit-set', round: round.id, endsAfterMs }]);
    }
    case 'every-table': {
      if (!running) return refuse({ code: 'round/not-running' });
      const { command } = ask;
      const conditions = 'conditions' in command ? command.conditions : undefined;
      const checked = conditions && checkConditions(conditions);
      if (checked && !checked.ok) return checked;
      if (command.type === 'storm') {
        const refusal = checkStormMs(command.forMs);
        if (refusal) return refuse(refusal);
      }
      return ok([{ ...stamp, type: 'every-table-asked', round: running.id, command }]);
    }
    case 'set-screen':
      return setScreen(classroom, ask.screen, asking, stamp);
    case 'open-poll':
    case 'answer-poll':
    case 'discuss-poll':
    case 'reveal-poll':
    case 'close-poll':
      return decidePoll(classroom, ask, asking.scenarioById, stamp);
    case 'end-round':
      if (!running) return refuse({ code: 'round/not-running' });
      if (isOther(running, ask.round)) return refuse({ code: 'round/other' });
      return ok([{ ...stamp, type: 'round-ended' }]);
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

function setRoster(roster: readonly RosterEntry[], stamp: Stamp): Decision {
  if (roster.length > ROSTER_MAX) return refuse({ code: 'roster/too-long', with: { max: ROSTER_MAX } });
  const taken = new Set<string>();
  const checked: RosterEntry[] = [];
  for (const [i, { name: given, pinHash }] of roster.entries()) {
    const name = checkName(given, []);
    const line = i + 1;
    if (!name.ok) return refuse({ code: name.error.code, with: { ...name.error.with, line } });
    const folds = foldName(name.value);
    if (folds.some((fold) => taken.has(fold))) return refuse({ code: 'roster/twice', with: { line } });
    for (const fold of folds) taken.add(fold);
    checked.push({ name: name.value, pinHash });
  }
  return ok([{ ...stamp, type: 'roster-set', roster: checked }]);
}

function setScreen(
  { rounds }: Classroom,
  screen: Screen,
  { scenarioById }: ClassroomAsking,
  stamp: Stamp,
): Decision {
  const { show, tableId, atMs, names } = screen;
  const started = rounds.filter(({ startedAt }) => startedAt !== null);
  const round = started.find(({ tables }) => tables.some((table) => table.tableId === tableId));
  if (!round && (show === 'table' || tableId !== undefined)) return refuse({ code: 'table/not-found' });
  const shows = show === 'table' || show === 'debrief' ? (round ?? started.at(-1)) : undefined;
  if (shows && isSealed(shows, scenarioById)) return refuse({ code: 'screen/exam-running' });
  const shown: Screen = {
    show,
    names,
    ...(tableId !== undefined && { tableId }),
    ...(atMs !== undefined && { atMs }),
  };
  return ok([{ ...stamp, type: 'screen-set', screen: shown }]);
}

function seat(classroom: Classroom, tableId: string, name: SeatName, given: Holder, stamp: Stamp): Decision {
  const holder: Holder = given.kind === 'player' ? { kind: 'player', id: given.id } : given;
  const round = classroom.rounds.find(({ tables }) => tables.some((table) => table.tableId === tableId));
  if (!round) return refuse({ code: 'table/not-found' });
  if (round.phase === 'ended') return refuse({ code: 'table/ended' });
  if (holder.kind === 'player' && !present(classroom, holder.id)) return refuse({ code: 'player/not-found' });
  const left = holder.kind === 'player' ? seatsOf(round, holder.id) : [];
  const elsewhere = left.filter((old) => old.table.tableId !== tableId || old.seat !== name);
  // Nobody sits at two seats of a round: two people swap, and whoever takes nobody's place leaves a bot
  // behind.
  const displaced = round.tables.find((table) => table.tableId === tableId)?.seats[name];
  const leave = (old: { readonly table: RoundTable; readonly seat: SeatName }): ClassroomEntry =>
    displaced?.kind === 'player' && old === elsewhere[0]
      ? {
          ...stamp,
          type: 'seat-assigned',
          tableId: old.table.tableId,
          seat: old.seat,
          holder: { kind: 'player', id: displaced.id },
        }
      : vacancy(old.table.tableId, old.seat, round, stamp);
  return ok([...elsewhere.map(leave), { ...stamp, type: 'seat-assigned', tableId, seat: name, holder }]);
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
  const holderOf = (name: SeatName): Holder =>
    name === mine ? { kind: 'player', id: player } : name === 'referee' ? EMPTY : BOT;
  const tables = [{ tableId: `${round}-1`, seats: seatsFrom(holderOf) }];
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
    .flatMap((round) =>
      seatsOf(round, player).map(({ table, seat: name }) => vacancy(table.tableId, name, round, stamp)),
    );
}

function vacancy(tableId: string, name: SeatName, { options }: Round, stamp: Stamp): ClassroomEntry {
  const bot: Holder = { kind: 'bot', skill: options.skill ?? 1 };
  return { ...stamp, type: 'seat-assigned', tableId, seat: name, holder: name === 'referee' ? EMPTY : bot };
}

function seatsOf(round: Round, player: string): { readonly table: RoundTable; readonly seat: SeatName }[] {
  return round.tables.flatMap((table) => {
    const name = seatOf(table.seats, player);
    return name === null ? [] : [{ table, seat: name }];
  });
}

function isOther({ id }: Round, meant: string | undefined): boolean {
  return meant !== undefined && meant !== id;
}

function present(classroom: Classroom, id: string): Player | undefined {
  return classroom.players.find((player) => player.id === id && !player.removed);
}
