import { FIN, SYN } from '../../shared/tcp/segment.ts';
import type { Snapshot } from '../../shared/tcp/snapshot.ts';
import type { Json, Reader } from './reader.ts';
import { isObject } from './reader.ts';

/** A case or a trace's start as a {@link Snapshot}. The numbers may stand under `tcb` or beside the state. */
export function readSnapshot(read: Reader, from: Json, name: string): Snapshot {
  const at = (field: string): string => (name === '' ? field : `${name}.${field}`);
  const tcb = { ...from, ...read.object(from['tcb'], at('tcb')) };
  const app = read.object(from['app'], at('app'));
  const seq = (field: string): number | null => read.seq(tcb[field], at(`tcb.${field}`));
  const wnd = (field: string): number | null =>
    tcb[field] === undefined || tcb[field] === null ? null : read.octets(tcb[field], at(`tcb.${field}`), 0);
  return {
    state: read.state(from['state'], at('state')),
    opened: read.opened(from['opened'], at('opened')),
    iss: seq('iss'),
    irs: seq('irs'),
    sndUna: seq('snd_una'),
    sndNxt: seq('snd_nxt'),
    rcvNxt: seq('rcv_nxt'),
    sndWnd: wnd('snd_wnd'),
    rcvWnd: wnd('rcv_wnd'),
    received: read
      .list(from['received'], at('received'))
      .map((seg, i) => read.segment(seg, at(`received[${i}]`), true, 65535)),
    unacked: read
      .list(from['unacked'], at('unacked'))
      .map((range, i) => readRange(read, range, at(`unacked[${i}]`))),
    app: {
      open: read.opened(app['open'], at('app.open')),
      queued: read.octets(app['queued'], at('app.queued'), 0),
      closed: read.flag(app['closed'], at('app.closed'), false),
      abort: read.flag(app['abort'], at('app.abort'), false),
      reads: read.flag(app['reads'], at('app.reads'), true),
    },
  };
}

/** A piece of the retransmission queue, in whatever detail it is given. */
function readRange(read: Reader, range: unknown, name: string): Snapshot['unacked'][number] {
  if (!isObject(range)) return { flags: null, seq: null, dataOctets: null };
  const flags = range['flags'] === undefined ? null : read.flags(range['flags'], `${name}.flags`);
  const marked = (range['fin'] === true ? FIN : 0) | (range['syn'] === true ? SYN : 0);
  return {
    flags: marked === 0 ? flags : (flags ?? 0) | marked,
    seq: read.seq(range['seq'], `${name}.seq`),
    dataOctets: lenOf(read, range['len'], `${name}.len`),
  };
}

function lenOf(read: Reader, len: unknown, name: string): number | null {
  return len === undefined || len === null ? null : read.octets(len, name, 0);
}
