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
    unacked: read.list(from['unacked'], at('unacked')).map((range, i) => ({
      flags:
        isObject(range) && range['flags'] !== undefined
          ? read.flags(range['flags'], at(`unacked[${i}].flags`))
          : 0,
      seq: isObject(range) ? read.seq(range['seq'], at(`unacked[${i}].seq`)) : null,
    })),
    app: {
      open: read.opened(app['open'], at('app.open')),
      queued: read.octets(app['queued'], at('app.queued'), 0),
      closed: read.flag(app['closed'], at('app.closed'), false),
      abort: read.flag(app['abort'], at('app.abort'), false),
      reads: read.flag(app['reads'], at('app.reads'), true),
    },
  };
}
