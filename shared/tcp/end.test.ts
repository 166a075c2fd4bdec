import { expect, test } from 'vitest';
import { UNKNOWN_WND, newEnd } from './end.ts';

test('a new end is CLOSED, with its ISS at hand: nothing is sent, asked, owed or known of the peer', () => {
  const end = newEnd({ iss: 5, rcvWnd: 1000, mss: 10 });
  expect(end.state).toBe('CLOSED');
  expect(end.tcb).toEqual({
    iss: 5,
    irs: null,
    snd: { una: 5, nxt: 5, wnd: UNKNOWN_WND, wl1: 0, wl2: 0 },
    rcv: { nxt: null, wnd: 1000 },
  });
  expect([end.queued, end.unread, end.unacked, end.held, end.causes]).toEqual([0, 0, [], [], []]);
  expect([end.closeCalled, end.abortCalled, end.fastOpen, end.reads]).toEqual([false, false, false, true]);
  expect([end.finSeq, end.newest, end.lastSent, end.closedFrom, end.opened]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(end.timers).toEqual({ rto: null, 'time-wait': null, persist: null });
});
