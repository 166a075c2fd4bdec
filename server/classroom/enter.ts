import { playerOfToken } from '../../shared/classroom/player-of-token.ts';
import { rosterEntryOf } from '../../shared/classroom/roster-entry-of.ts';
import type { JoinReply } from '../../shared/protocol/messages.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import type { Locale } from '../../shared/scenario/types.ts';
import { isLaneFull, laneOf, matches } from '../secrets/slow-hash.ts';
import { derivedSecret, hashOf, newSecret, rejoinToken } from '../secrets/tokens.ts';
import { command } from './command.ts';
import { idFor } from './ids.ts';
import type { Lab } from './lab.ts';

export interface Entering {
  readonly name: string;
  readonly pin?: string;
  readonly locale?: Locale;
  /** The same when it is asked again. */
  readonly id?: string;
  /** Who tries, for counting PINs. */
  readonly from: string;
  readonly address: string;
  /** What the lab knows the device by; absent or null: it does not. */
  readonly device?: string | null;
}

/**
 * A place in a classroom, and the token by which its owner comes back. With the same `id` it is the same
 * place and the same token.
 */
export async function enter(
  lab: Lab,
  classroomId: string,
  entering: Entering,
): Promise<Result<JoinReply, Refusal>> {
  const { name, locale, id = newSecret(), device = null } = entering;
  const token = rejoinToken(classroomId, derivedSecret(lab.tokenKey, 'join', classroomId, id));
  const tokenHash = hashOf(token);
  const pin = await judgePin(lab, classroomId, entering);
  if (!pin.ok) return pin;
  const done = await command(
    lab,
    classroomId,
    {
      type: 'join',
      player: idFor('player', tokenHash),
      name,
      tokenHash,
      ...(pin.value !== null && { pin: pin.value }),
      ...(locale !== undefined && { locale }),
      ...deviceIn(lab, classroomId, device),
    },
    {},
  );
  if (!done.ok) return done;
  const player = playerOfToken(done.value, tokenHash);
  // Asked once more after another device has taken the place.
  return player ? ok({ classroomId, playerId: player.id, token }) : refuse({ code: 'session/expired' });
}

/**
 * By a rejoin link: the place of a device that was lost. Used up by this, except for whoever asks again with
 * the same `id`.
 */
export async function reenter(
  lab: Lab,
  classroomId: string,
  {
    link,
    id = newSecret(),
    device,
  }: { readonly link: string; readonly id?: string; readonly device: string | null },
): Promise<Result<JoinReply, Refusal>> {
  const token = rejoinToken(classroomId, derivedSecret(lab.tokenKey, 'rejoin', link, id));
  const tokenHash = hashOf(token);
  const classroom = await lab.classrooms.get(classroomId);
  const already = classroom && playerOfToken(classroom, tokenHash);
  if (already) return ok({ classroomId, playerId: already.id, token });
  const known = deviceIn(lab, classroomId, device);
  const ask = { type: 'rejoin', linkHash: hashOf(link), tokenHash, ...known } as const;
  const done = await command(lab, classroomId, ask, {});
  if (!done.ok) return done;
  const player = playerOfToken(done.value, tokenHash);
  return player ? ok({ classroomId, playerId: player.id, token }) : refuse({ code: 'rejoin/invalid-link' });
}

/** The device as a classroom's log knows it: by nothing that it is known by in another. */
function deviceIn(
  { tokenKey }: Lab,
  classroomId: string,
  device: string | null,
): { readonly device?: string } {
  return device === null ? {} : { device: derivedSecret(tokenKey, 'device', classroomId, device) };
}

/** Whether the PIN is that name's; null: none was given, or nobody asks for one. */
async function judgePin(
  { classrooms, pins, alerts, noPin }: Lab,
  classroomId: string,
  { name, pin, from, address }: Entering,
): Promise<Result<'right' | 'wrong' | null, Refusal>> {
  const classroom = await classrooms.get(classroomId);
  if (pin === undefined || classroom?.settings.names !== 'roster') return ok(null);
  const entry = rosterEntryOf(classroom, name);
  // Names that are not on the roster are counted and take their time like those that are.
  const of = `${classroomId} ${entry?.name ?? name}`;
  const { ofDevice, ofAll } = entry ? pins.listed : pins.others;
  const keys = [
    { failures: ofDevice, key: `${of} ${from}` },
    { failures: ofAll, key: of },
  ];
  const waitMs = Math.max(...keys.map(({ failures, key }) => failures.waitMs(key)));
  if (waitMs > 0) return refuse({ code: 'login/wait', with: { seconds: Math.ceil(waitMs / 1000) } });
  const lane = laneOf(entry ? of : null, address);
  if (isLaneFull(lane)) return refuse({ code: 'server/busy' });
  for (const { failures, key } of keys) failures.charge(key);
  const fits = await matches(entry?.pinHash ?? (await noPin), pin, lane);
  if (!fits || !entry) {
    if (entry) alerts.wrongPin(classroomId, entry.name);
    return ok('wrong');
  }
  alerts.rightPin(classroomId, entry.name);
  for (const { failures, key } of keys) failures.forgive(key);
  return ok('right');
}
