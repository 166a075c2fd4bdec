import type { Refusal } from '../refusals.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { rngAt } from '../rng.ts';
import type { Stamp } from '../table/stamp.ts';
import { checkName } from './check-name.ts';
import type { Classroom } from './classroom.ts';
import type { ClassroomAsk, ClassroomAsking } from './decide.ts';
import type { ClassroomEntry } from './entry.ts';
import { generateName } from './generate-name.ts';
import { isAlike } from './is-alike.ts';
import { lateSeats } from './late-entries.ts';
import { namesTaken } from './names-taken.ts';
import type { Player } from './player.ts';
import { rosterEntryOf } from './roster-entry-of.ts';
import type { RosterEntry } from './roster-entry.ts';
import { ROSTER_MAX } from './roster-max.ts';

type Decision = Result<readonly ClassroomEntry[], Refusal>;

type Join = Extract<ClassroomAsk, { type: 'join' }>;
type Rejoin = Extract<ClassroomAsk, { type: 'rejoin' }>;

/** Replies are lost now and then, not without end. */
const DEVICES_MAX = 8;

/** Whether somebody comes in, and as whom: as a new student, or as one who was here before. */
export function decideJoin(
  classroom: Classroom,
  ask: Join | Rejoin,
  asking: ClassroomAsking,
  stamp: Stamp,
): Decision {
  return ask.type === 'join' ? join(classroom, ask, asking, stamp) : rejoin(classroom, ask, stamp);
}

function join(classroom: Classroom, ask: Join, asking: ClassroomAsking, stamp: Stamp): Decision {
  const { players, settings, locked } = classroom;
  const { player, tokenHash, device } = ask;
  // The lab makes the id: one that is known is the same join again.
  const known = players.find(({ id }) => id === player);
  if (known?.removed || isBarred(classroom, device)) return refuse({ code: 'player/removed' });
  if (known) return ok(isNewDevice(known, ask) ? [rejoined(known, ask, stamp)] : []);
  const entry = settings.names === 'roster' ? rosterEntryOf(classroom, ask.name) : null;
  if (settings.names === 'roster') {
    if (ask.pin === undefined) return refuse({ code: 'pin/required' });
    // A name that is not on the roster and a wrong PIN look the same.
    if (!entry || ask.pin === 'wrong') return refuse({ code: 'pin/wrong' });
    const same = players.find(({ rosterName }) => rosterName !== null && isAlike(rosterName, entry.name));
    if (same?.removed) return refuse({ code: 'player/removed' });
    // Known already, on another device: a locked door is not meant for them.
    if (same) return ok([rejoined(same, ask, stamp)]);
  }
  const own = entry ? undefined : ownPlace(classroom, ask, asking);
  if (own) return ok([rejoined(own, ask, stamp)]);
  if (locked) return refuse({ code: 'classroom/locked' });
  if (players.filter(({ removed }) => !removed).length >= ROSTER_MAX) {
    return refuse({ code: 'classroom/full', with: { max: ROSTER_MAX } });
  }
  const name = entry ? nameOfEntry(classroom, entry) : nameOf(classroom, ask, asking);
  if (!name.ok) return name;
  const rosterName = entry && { rosterName: entry.name };
  const joined: ClassroomEntry = {
    ...stamp,
    type: 'player-joined',
    player,
    name: name.value,
    tokenHash,
    ...rosterName,
    ...(device !== undefined && { device }),
  };
  return ok([joined, ...lateSeats(classroom, player, asking, stamp)]);
}

/** Whether somebody came with this device who was removed since. */
function isBarred({ players }: Classroom, device: string | undefined): boolean {
  return device !== undefined && players.some(({ removed, devices }) => removed && devices.includes(device));
}

/** The reply was lost, and with it what the device is known by: it was given another. */
function isNewDevice({ tokenHash, devices }: Player, ask: Join): boolean {
  return (
    ask.device !== undefined &&
    ask.tokenHash === tokenHash &&
    !devices.includes(ask.device) &&
    devices.length < DEVICES_MAX
  );
}

/**
 * Whose place it is who comes back on the same device under the same name, having lost the token: a tab was
 * closed, or somebody let back in.
 */
function ownPlace(
  { players, settings }: Classroom,
  ask: Join,
  { here }: ClassroomAsking,
): Player | undefined {
  const { device } = ask;
  if (device === undefined || settings.names !== 'free') return undefined;
  return players.find(
    ({ id, name, rosterName, devices }) =>
      devices.includes(device) && isAlike(name, ask.name) && rosterName === null && !here.includes(id),
  );
}

function nameOf(
  classroom: Classroom,
  ask: Join,
  { fresh, teachers }: ClassroomAsking,
): Result<string, Refusal> {
  const taken = namesTaken(classroom, ask.player);
  if (classroom.settings.names === 'generated') {
    return ok(generateName(ask.locale ?? 'en', rngAt(fresh.seed, 'name', ask.player), taken));
  }
  const name = checkName(ask.name, taken, teachers);
  return !name.ok && isRemoved(classroom, ask.name) ? refuse({ code: 'player/removed' }) : name;
}

/** A name of the roster is its owner's, whoever may have taken it while names were free. */
function nameOfEntry(classroom: Classroom, { name }: RosterEntry): Result<string, Refusal> {
  if (isRemoved(classroom, name)) return refuse({ code: 'player/removed' });
  return classroom.players.some((player) => isAlike(player.name, name))
    ? refuse({ code: 'name/taken' })
    : ok(name);
}

/** Whether this is the name of somebody who was removed. */
function isRemoved({ players }: Classroom, typed: string): boolean {
  return players.some(({ removed, name }) => removed && isAlike(name, typed));
}

function rejoin(classroom: Classroom, ask: Rejoin, stamp: Stamp): Decision {
  const player = classroom.players.find((one) => one.rejoin?.linkHash === ask.linkHash);
  if (!player?.rejoin || player.rejoin.expiresAt <= stamp.at || player.removed) {
    return refuse({ code: 'rejoin/invalid-link' });
  }
  return ok([rejoined(player, ask, stamp)]);
}

function rejoined({ id }: Player, { tokenHash, device }: Join | Rejoin, stamp: Stamp): ClassroomEntry {
  return {
    ...stamp,
    type: 'player-rejoined',
    player: id,
    tokenHash,
    ...(device !== undefined && { device }),
  };
}
