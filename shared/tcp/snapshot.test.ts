import { describe, expect, test } from 'vitest';
import type { End } from './end.ts';
import { expect as expectDues } from './expect.ts';
import { judge, judgeLabel, judgeNothing } from './judge.ts';
import { play, segment } from './script.testing.ts';
import { ANSWERED, FIN_OUT, FLIGHT, HALF, HEARD, OPEN, SENT } from './stories.testing.ts';
import { sent } from './sent.ts';
import { endOf } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { STATES } from './state.ts';

const FIN_CAME = `${OPEN}\n< F. 301 ack 101`;

/** An end as somebody tells it who has watched a story: what it is, and what arrived. */
function told(story: string): Snapshot {
  const end = play(story);
  const received = story
    .split('\n')
    .filter((line) => line.startsWith('< '))
    .map((line) => segment(line.slice(2)));
  const { tcb } = end;
  const live = end.state !== 'CLOSED' && end.state !== 'LISTEN';
  return {
    state: end.state,
    opened: end.opened,
    iss: tcb.iss,
    irs: tcb.irs,
    sndUna: live ? tcb.snd.una : null,
    sndNxt: live ? tcb.snd.nxt : null,
    rcvNxt: tcb.rcv.nxt,
    sndWnd: tcb.snd.wnd,
    rcvWnd: tcb.rcv.wnd,
    received,
    unacked: end.unacked.map(({ flags, seq, dataOctets }) => ({ flags, seq, dataOctets })),
    app: {
      open: live ? null : end.opened,
      queued: end.queued,
      closed: end.closeCalled,
      abort: end.abortCalled,
      reads: end.reads,
    },
  };
}

/** What an end is and owes, without the ids and the history that nobody told. */
function sight(end: End): unknown {
  const { state, opened, tcb, queued, closeCalled, abortCalled, finSeq, reads, unread, held } = end;
  const live = state !== 'CLOSED' && state !== 'LISTEN';
  return {
    state,
    opened,
    numbers: live ? { ...tcb, snd: { ...tcb.snd, wl1: 0, wl2: 0 } } : null,
    queued,
    closeCalled,
    abortCalled,
    finSeq,
    reads,
    unread,
    held,
    // After ABORT nothing of the queue matters: only a RST may still go out.
    unacked: abortCalled ? [] : end.unacked,
    dues: expectDues(end).map(({ causes, ...due }) => ({ ...due, causes: causes.length })),
    timers: [!abortCalled && end.timers.rto !== null, end.timers['time-wait'] !== null],
    calls: end.causes.filter(({ kind }) => kind === 'call').map(({ need, why, upTo }) => [need, why, upTo]),
    labels: STATES.map((label) => judgeLabel(end, label).verdict),
  };
}

const STORIES: readonly string[] = [
  '',
  'connect',
  'connect\nwrite 5',
  'listen',
  'listen\nconnect',
  '< . 9 ack 77',
  '< S 9',
  'listen\n< . 9 ack 77',
  SENT,
  `${SENT}\nwrite 5`,
  `${SENT}\n< . 300 ack 77`,
  `${SENT}\n< S 300`,
  `${SENT}\n< S. 300 ack 101`,
  `${SENT}\n< S. 300 ack 101\nwrite 5`,
  `${SENT}\n< S. 300 ack 101\nwrite 5\nclose`,
  `${SENT}\n< S 300\n> S. 100 ack 301\n< S 300`,
  HEARD,
  `${HEARD}\nwrite 5`,
  `${HEARD}\nclose`,
  `${HEARD}\n< S 300`,
  `${HEARD}\nabort`,
  `${ANSWERED}\n< S 300`,
  `${ANSWERED}\nwrite 5\n< S 300`,
  `${ANSWERED}\n< S 300\nabort`,
  `${ANSWERED}\n< . 301 ack 101`,
  `${ANSWERED}\n< P. 301:305(4) ack 101`,
  `${ANSWERED}\n< F. 301 ack 101`,
  `${OPEN}\n< P. 301:305(4) ack 101`,
  `${OPEN}\n< P. 301:305(4) ack 101\nwrite 5`,
  `${OPEN}\n< P. 301:305(4) ack 101\nclose`,
  `${OPEN}\n< P. 311:315(4) ack 101`,
  `${OPEN}\n< FP. 311:315(4) ack 101`,
  `${OPEN}\n< P. 311:315(4) ack 101\n< P. 321:325(4) ack 101`,
  `${OPEN}\n< P. 311:315(4) ack 101\n< P. 301:306(5) ack 101`,
  `${OPEN}\n< P. 301:305(4) ack 101\n> . 101 ack 305\n< P. 301:305(4) ack 101`,
  `${OPEN}\n< . 301 ack 900`,
  `${OPEN}\n< R 311`,
  `${OPEN}\n< S 311`,
  `${OPEN}\n< . 301 ack 101`,
  `${OPEN}\n< . 301 ack 101 win 0\nwrite 5`,
  `${OPEN}\nstop-reading\n< P. 301:305(4) ack 101`,
  `${OPEN}\nstop-reading\n< . 301 ack 101`,
  `${OPEN}\nstop-reading\n< P. 301:305(4) ack 101\nclose`,
  `${OPEN}\n< P. 301:305(4) ack 101\nabort`,
  `${FLIGHT}\n< . 301 ack 106`,
  `${FLIGHT}\n< . 301 ack 111`,
  `${FLIGHT}\n< P. 301:305(4) ack 101`,
  `${FLIGHT}\nclose\n< P. 301:305(4) ack 101`,
  `${FLIGHT}\nclose\n> F. 111 ack 301\n< . 301 ack 111`,
  `${FLIGHT}\nwrite 5\nclose\n< . 301 ack 101`,
  `${FIN_OUT}\n< P. 301:305(4) ack 101`,
  `${FIN_OUT}\n< F. 301 ack 101`,
  `${FIN_OUT}\n< F. 301 ack 102`,
  `${FIN_OUT}\n< F. 301 ack 101\n> . 102 ack 302\n< . 302 ack 102`,
  `${OPEN}\nwrite 5\n< P. 301:305(4) ack 101`,
  `${OPEN}\nwrite 10\n> P. 101:106(5) ack 301\n> P. 106:111(5) ack 301\n< P. 301:305(4) ack 101`,
  `${FIN_OUT}\n< P. 301:305(4) ack 101\nabort`,
  HALF,
  `${HALF}\n< P. 301:305(4) ack 102`,
  `${HALF}\n< F. 301 ack 102`,
  `${HALF}\n< F. 301 ack 102\n> . 102 ack 302\n< F. 301 ack 102`,
  FIN_CAME,
  `${FIN_CAME}\nwrite 5`,
  `${FIN_CAME}\nclose`,
  `${FIN_CAME}\nwrite 5\nclose`,
  `${FIN_CAME}\nclose\n> F. 101 ack 302\n< F. 301 ack 101`,
  `${FIN_CAME}\n> . 101 ack 302\nabort`,
];

describe('an end as it is told', () => {
  test.each(STORIES.map((story) => [story]))('is the end itself: after %j', (story) => {
    expect(sight(endOf(told(story)))).toEqual(sight(play(story)));
  });
});

/** What the story's end and another description of it owe. */
function sameAs(story: string, change: Partial<Snapshot>): void {
  expect(sight(endOf({ ...told(story), ...change }))).toEqual(sight(play(story)));
}

describe('what is not told is found out', () => {
  const bare = (snapshot: Snapshot): Snapshot['unacked'] =>
    snapshot.unacked.map((range) => ({ ...range, flags: null }));

  test('whether our FIN is out: by its flag, by the number that no octet accounts for, or by the state', () => {
    for (const story of [
      `${FIN_OUT}\n< P. 301:305(4) ack 101`,
      `${FLIGHT}\nclose\n> F. 111 ack 301\n< P. 301:305(4) ack 101`,
      `${FLIGHT}\nwrite 5\nclose\n< P. 301:305(4) ack 101`,
      `${FIN_CAME}\nclose\n> F. 101 ack 302\n< F. 301 ack 101`,
    ]) {
      sameAs(story, {});
      sameAs(story, { unacked: [] });
      sameAs(story, { unacked: bare(told(story)) });
      sameAs(story, {
        unacked: told(story).unacked.map((range) => ({ ...range, flags: null, dataOctets: null })),
      });
    }
  });

  test('that a single number told as a length of one may be the FIN', () => {
    const one = [{ flags: null, seq: 101, dataOctets: 1 }];
    sameAs(`${FIN_OUT}\n< P. 301:305(4) ack 101`, { unacked: one });
    sameAs(`${OPEN}\nwrite 1\nclose\n> FP. 101:102(1) ack 301\n< P. 301:305(4) ack 101`, { unacked: one });
    sameAs(`${OPEN}\nwrite 1\n> P. 101:102(1) ack 301\n< P. 301:305(4) ack 101`, { unacked: one });
  });

  test('in which order the pieces of the queue lie', () => {
    const story = `${OPEN}\nwrite 10\n> P. 101:106(5) ack 301\n> P. 106:111(5) ack 301\n< P. 301:305(4) ack 101`;
    sameAs(story, { unacked: [...told(story).unacked].reverse() });
  });

  test('that a SYN came, where the SYN,ACK is still to go out', () => {
    sameAs(HEARD, { received: [] });
    sameAs(`${HEARD}\nwrite 5`, { received: [] });
  });

  test('how it was opened', () => {
    sameAs(`${SENT}\n< S 300`, { opened: null });
    sameAs(HEARD, { opened: null });
    sameAs('listen\n< . 9 ack 77', { opened: null, app: { ...told('').app } });
    sameAs('connect', { opened: null });
  });

  test('that CLOSE was called, while nothing of it shows: both names of the state are right', () => {
    const names = (story: string): string[] => {
      const snapshot = told(story);
      const end = endOf({ ...snapshot, app: { ...snapshot.app, closed: true } });
      return STATES.filter((label) => judgeLabel(end, label).verdict === 'due');
    };
    expect(names(OPEN)).toEqual(['ESTABLISHED', 'FIN-WAIT-1']);
    expect(names(FIN_CAME)).toEqual(['CLOSE-WAIT', 'LAST-ACK']);
    expect(names(ANSWERED)).toEqual(['SYN-RECEIVED']);
    const late = told(FIN_CAME);
    const silent = judgeNothing(endOf({ ...late, received: [], app: { ...late.app, closed: true } }));
    expect(silent.faults.map(({ code }) => code)).toEqual(['M21']);
    const closes = (story: string, notation: string): string => {
      const snapshot = told(story);
      return sent(endOf({ ...snapshot, app: { ...snapshot.app, closed: true } }), segment(notation)).state;
    };
    expect(closes(OPEN, 'F. 101 ack 301')).toBe('FIN-WAIT-1');
    expect(closes(FIN_CAME, 'F. 101 ack 302')).toBe('LAST-ACK');
  });

  test('numbers that nothing but the state tells', () => {
    sameAs(SENT, { sndUna: null, sndNxt: null });
    sameAs(HEARD, { sndUna: null, sndNxt: null });
    sameAs(SENT, { sndWnd: null, rcvWnd: null });
    expect(endOf({ ...told('< S 9'), iss: null }).tcb.iss).toBe(0);
  });
});

describe('CLOSE or ABORT that deletes the TCB', () => {
  /** Told as the state in which it was called. */
  const called = (story: string, app: Partial<Snapshot['app']>): End => {
    const snapshot = told(story);
    return endOf({ ...snapshot, app: { ...snapshot.app, ...app } });
  };

  test.each([
    ['listen', { closed: true }, 'CLOSED'],
    ['listen', { abort: true }, 'CLOSED'],
    ['listen', {}, 'LISTEN'],
    [SENT, { closed: true }, 'CLOSED'],
    [SENT, { abort: true }, 'CLOSED'],
    [SENT, {}, 'SYN-SENT'],
    [`${FIN_OUT}\n< F. 301 ack 101`, { abort: true }, 'CLOSED'],
    [`${FIN_CAME}\nclose\n> F. 101 ack 302`, { abort: true }, 'CLOSED'],
    [`${HALF}\n< F. 301 ack 102`, { abort: true }, 'CLOSED'],
    [`${FIN_CAME}\nclose`, { abort: true }, 'LAST-ACK'],
    [`${FIN_CAME}\nwrite 5\nclose\n> P. 101:103(2) ack 302`, { abort: true }, 'LAST-ACK'],
    [FIN_OUT, { abort: true }, 'FIN-WAIT-1'],
    [HALF, { abort: true }, 'FIN-WAIT-2'],
    [OPEN, { abort: true }, 'ESTABLISHED'],
    [ANSWERED, { closed: true }, 'SYN-RECEIVED'],
  ] as const)('after %j with %j it is %s', (story, app, state) => {
    const end = called(story, app);
    expect(end.state).toBe(state);
    const due = expectDues(end).filter((d) => d.why === 'rst-abort');
    expect(due).toHaveLength('abort' in app && state !== 'CLOSED' ? 1 : 0);
  });

  test('what came to a listener afterwards is a stray; what was queued is gone', () => {
    const late = called('listen\n< S 300', {});
    expect(expectDues(late).map(({ why }) => why)).toEqual(['syn-ack']);
    const snapshot = { ...told('listen'), received: [segment('S 300')] };
    const closed = endOf({ ...snapshot, app: { ...snapshot.app, closed: true, queued: 5 } });
    expect(closed).toMatchObject({ state: 'CLOSED', queued: 0, opened: null });
    expect(expectDues(closed).map(({ why }) => why)).toEqual(['rst-stray']);
    const answered = called(`${HALF}\n< F. 301 ack 102`, { abort: true });
    expect(judgeNothing(answered).verdict).toBe('due');
  });
});

describe('the arrival that ended a connection is no stray', () => {
  const GONE = `${FIN_CAME}\nclose\n> F. 101 ack 302\n< . 302 ack 102`;
  const NUMBERS = { sndUna: 102, sndNxt: 102 };

  test.each([
    ['the ACK of our FIN', GONE, NUMBERS, false, []],
    ['a RST', `${OPEN}\n< R 301`, {}, false, []],
    ['a RST that sent it back to LISTEN', `${ANSWERED}\n< R 301`, {}, false, []],
    ['another ACK', `${GONE}\n< . 302 ack 103`, NUMBERS, false, ['rst-stray']],
    ['an ACK from elsewhere', `${GONE}\n< . 305 ack 102`, NUMBERS, false, ['rst-stray']],
    ['data', `${GONE}\n< P. 302:306(4) ack 102`, NUMBERS, false, ['rst-stray']],
    ['a FIN', `${GONE}\n< F. 302 ack 102`, NUMBERS, false, ['rst-stray']],
    ['an ACK to a listener', 'listen\n< . 302 ack 102', {}, false, ['rst-stray']],
    ['an ACK, where CLOSE is all that is known', GONE, { irs: null, opened: 'active' }, true, []],
    ['an ACK, where nobody closed', GONE, { irs: null, opened: 'active' }, false, ['rst-stray']],
    ['an ACK, where nothing was open', GONE, { irs: null, opened: null }, true, ['rst-stray']],
  ] as const)('%s', (_, story, change, closed, dues) => {
    const snapshot = told(story);
    const end = endOf({ ...snapshot, ...change, app: { ...snapshot.app, closed } });
    expect(expectDues(end).map(({ why }) => why)).toEqual(dues);
  });

  test('and nothing of the connection is left but its numbers', () => {
    const snapshot = { ...told(GONE), sndUna: 101, sndNxt: 102 };
    const end = endOf({ ...snapshot, app: { ...snapshot.app, closed: true } });
    expect(end).toMatchObject({ closeCalled: false, finSeq: null, unacked: [], timers: { rto: null } });
  });
});

test('the newest of what is outstanding was sent last', () => {
  const end = endOf(told(`${FLIGHT}\n< P. 301:305(4) ack 101`));
  expect(end.lastSent).toMatchObject({ seq: 101, dataOctets: 10, ack: 305 });
  expect(endOf(told(OPEN)).lastSent).toBe(null);
  const halfKnown = { flags: 0, seq: null, dataOctets: 10 };
  expect(endOf({ ...told(FLIGHT), unacked: [halfKnown] }).lastSent).toBe(null);
  expect(endOf({ ...told(FLIGHT), unacked: [{ ...halfKnown, seq: 101, dataOctets: null }] }).lastSent).toBe(
    null,
  );
  // One too many after an ACK without octets is M04; after data, or where nobody knows, it is not or may be.
  const codes = (unacked: Snapshot['unacked']): string[] =>
    judge(endOf({ ...told(FLIGHT), unacked }), segment('. 112 ack 301'), { app: 'scripted' }).faults.map(
      ({ code }) => code,
    );
  expect(codes(told(FLIGHT).unacked)).toEqual(['other']);
  expect(codes([])).toEqual(['M04']);
});

test('what is owed for an arrival is told as of the arrival itself', () => {
  const syn = { id: 1, kind: 'arrival', need: 'syn-ack', why: 'syn-ack' };
  const seg = segment('S 300');
  expect(endOf(told(HEARD)).causes).toStrictEqual([{ ...syn, seg }]);
  expect(endOf(told(`${SENT}\n< S 300`)).causes).toStrictEqual([{ ...syn, seg }]);
  expect(endOf({ ...told(HEARD), received: [] }).causes).toStrictEqual([syn]);
  expect(endOf(told(`${OPEN}\n< P. 301:305(4) ack 101`)).nextId).toBe(3);
  const gone = endOf({ ...told(`${OPEN}\n< R 301`) });
  expect(gone.newest).toEqual({
    id: 2,
    seg: segment('R 301'),
    outcome: 'accepted',
    delivered: 0,
    fin: false,
  });
});

test('ids go on where the story would go on', () => {
  const end = endOf(
    told(`${OPEN}\n< P. 301:305(4) ack 101\n> . 101 ack 305\n< P. 305:309(4) ack 101\nwrite 5`),
  );
  const ids = end.causes.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Math.max(...ids)).toBeLessThan(end.nextId);
  expect(end.newest).toMatchObject({
    seg: { seq: 305 },
    id: end.causes.find(({ kind }) => kind === 'arrival')?.id,
  });
});
