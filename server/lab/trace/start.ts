import { seqAdd } from '../../../shared/tcp/seq.ts';
import { endOf } from '../../../shared/tcp/snapshot.ts';
import { problemOf, withInitialNumbers } from '../initial-numbers.ts';
import { Reader, isObject } from '../reader.ts';
import { readSnapshot } from '../snapshot-fields.ts';
import { RCV_WND } from './traced.ts';
import type { Trace, Taken } from './traced.ts';

/** The first line, if it says where the end stands. */
export function takeStart(trace: Trace, start: unknown): Taken | string {
  const read = new Reader();
  const given = read.object(start, 'start');
  const told = readSnapshot(read, { state: 'CLOSED', rcv_wnd: RCV_WND, ...given }, 'start');
  if (read.problem !== null) return read.problem;
  const numbered = withInitialNumbers(told);
  const problem = problemOf(numbered);
  if (problem !== null) return `start: ${problem}`;
  // Whoever does not tell how far the handshake is begins after our SYN,ACK.
  const synAckOut = told.state === 'SYN-RECEIVED' && numbered.sndNxt === null;
  const snapshot = synAckOut ? { ...numbered, sndNxt: seqAdd(numbered.iss ?? 0, 1) } : numbered;
  const app = isObject(given['app']) ? given['app'] : {};
  return {
    trace: {
      ...trace,
      end: endOf(snapshot),
      issKnown: snapshot.iss !== null || snapshot.sndNxt !== null,
      tells: { write: 'queued' in app, close: 'closed' in app },
      isTold: true,
      rcvWnd: snapshot.rcvWnd ?? RCV_WND,
    },
    answer: {},
  };
}
