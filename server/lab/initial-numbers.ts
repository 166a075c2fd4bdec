import { SYN } from '../../shared/tcp/segment.ts';
import { seqAdd, seqDiff } from '../../shared/tcp/seq.ts';
import type { Snapshot } from '../../shared/tcp/snapshot.ts';

/**
 * A situation with the numbers that follow from those that were told. Where only the numbers in use were
 * given, the initial ones are taken to lie just below: past the handshake they matter only in that they are
 * not among those in use.
 */
export function withInitialNumbers(told: Snapshot): Snapshot {
  const { state, sndUna, sndNxt, rcvNxt, received } = told;
  if (isFresh(told)) return told;
  // Until our SYN is acknowledged, SND.UNA is the initial number itself.
  const handshaking = state === 'SYN-SENT' || state === 'SYN-RECEIVED';
  const inUse = sndUna ?? after(sndNxt, handshaking ? -1 : 0);
  const iss = told.iss ?? after(inUse, handshaking ? 0 : -1);
  const syn = received.find((seg) => seg.flags & SYN);
  const irs = told.irs ?? syn?.seq ?? after(rcvNxt, -1);
  // In SYN-RECEIVED a number that is not told tells that our SYN,ACK is not out.
  const next = sndNxt ?? (state === 'SYN-RECEIVED' ? null : after(iss, 1));
  return {
    ...told,
    iss,
    irs: state === 'SYN-SENT' ? told.irs : irs,
    sndUna: sndUna ?? (handshaking ? iss : next),
    sndNxt: next,
    rcvNxt: state === 'SYN-SENT' ? null : (rcvNxt ?? after(irs, 1)),
  };
}

/** Why nobody can say what is right by these numbers, as a sentence; null if somebody can. */
export function problemOf(snapshot: Snapshot): string | null {
  const { state, iss, sndUna, sndNxt, rcvNxt } = snapshot;
  if (isFresh(snapshot)) return null;
  if (iss === null || (rcvNxt === null && state !== 'SYN-SENT')) {
    return `${state} needs its numbers: iss, irs, snd_una, snd_nxt and rcv_nxt.`;
  }
  if (sndUna !== null && sndNxt !== null && seqDiff(sndNxt, sndUna) < 0) {
    return `snd_una must not be after snd_nxt; they are ${sndUna} and ${sndNxt}.`;
  }
  return null;
}

/** Of a connection there is nothing yet, or nothing any more. */
function isFresh({ state }: Pick<Snapshot, 'state'>): boolean {
  return state === 'CLOSED' || state === 'LISTEN';
}

function after(number: number | null, by: number): number | null {
  return number === null ? null : seqAdd(number, by);
}
