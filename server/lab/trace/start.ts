import { SYN } from '../../../shared/tcp/segment.ts';
import { seqAdd } from '../../../shared/tcp/seq.ts';
import { endOf } from '../../../shared/tcp/snapshot.ts';
import type { Snapshot } from '../../../shared/tcp/snapshot.ts';
import { Reader, isObject } from '../reader.ts';
import { readSnapshot } from '../snapshot-fields.ts';
import { RCV_WND } from './traced.ts';
import type { Trace, Taken } from './traced.ts';

/** The first line, if it says where the end stands. */
export function takeStart(trace: Trace, start: unknown): Taken | string {
  const read = new Reader();
  const given = read.object(start, 'start');
  const snapshot = readSnapshot(read, { state: 'CLOSED', rcv_wnd: RCV_WND, ...given }, 'start');
  if (read.problem !== null) return read.problem;
  const fresh = snapshot.state === 'CLOSED' || snapshot.state === 'LISTEN';
  if (!fresh && snapshot.sndNxt === null && snapshot.iss === null) {
    return `start in ${snapshot.state} needs its numbers: iss, irs, snd_una, snd_nxt and rcv_nxt.`;
  }
  const app = isObject(given['app']) ? given['app'] : {};
  return {
    trace: {
      ...trace,
      end: endOf(fresh ? snapshot : withInitialNumbers(snapshot)),
      issKnown: snapshot.iss !== null || snapshot.sndNxt !== null,
      tells: { write: 'queued' in app, close: 'closed' in app },
      isTold: true,
      rcvWnd: snapshot.rcvWnd ?? RCV_WND,
    },
    answer: {},
  };
}

/**
 * Where only the numbers in use were given, the initial ones are taken to lie just below: past the handshake
 * they matter only in that they are not among those in use.
 */
function withInitialNumbers(snapshot: Snapshot): Snapshot {
  const { sndUna, sndNxt, rcvNxt, state, received } = snapshot;
  // Until our SYN is acknowledged, SND.UNA is the initial number itself.
  const handshaking = state === 'SYN-SENT' || state === 'SYN-RECEIVED';
  const inUse = sndUna ?? seqAdd(sndNxt ?? 0, handshaking ? -1 : 0);
  const iss = snapshot.iss ?? seqAdd(inUse, handshaking ? 0 : -1);
  const syn = received.find((seg) => seg.flags & SYN);
  const irs = snapshot.irs ?? syn?.seq ?? (rcvNxt === null ? null : seqAdd(rcvNxt, -1));
  const next = sndNxt ?? seqAdd(iss, 1);
  return {
    ...snapshot,
    iss,
    irs,
    sndUna: sndUna ?? (handshaking ? iss : next),
    sndNxt: next,
    rcvNxt: rcvNxt ?? (irs === null ? null : seqAdd(irs, 1)),
  };
}
