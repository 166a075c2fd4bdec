import { expect, test } from 'vitest';
import type { TcbView } from '../../shared/table/table-now.ts';
import type { TraceItem } from '../../shared/table/trace.ts';
import { ACK, SYN } from '../../shared/tcp/segment.ts';
import type { Verdict } from '../../shared/tcp/verdict.ts';
import { callableArrival, needsIss, readEnd } from './end-reading.ts';

const seg = { seq: 1, ack: 0, flags: SYN, wnd: 1000, dataOctets: 0 };
const due = { verdict: 'due', faults: [] } as unknown as Verdict;
const wrong = { verdict: 'wrong', faults: [{ field: 'ack' }] } as unknown as Verdict;

let ms = 0;
const at = <T extends object>(item: T) =>
  ({ ms: (ms += 100), side: 'client', ...item }) as unknown as TraceItem;
const called = () => at({ kind: 'called', call: { call: 'connect' } });
const arrived = () => at({ kind: 'arrived', seg: { ...seg, flags: SYN | ACK } });
const sent = (by: 'player' | 'bot', verdict = due) => at({ kind: 'sent', id: 's1', seg, by, verdict });
const blocked = () => at({ kind: 'blocked', seg, verdict: wrong });
const nothing = (verdict: Verdict) => at({ kind: 'nothing', verdict });
const label = (verdict: Verdict) => at({ kind: 'label', label: 'LISTEN', verdict });
const hint = () => at({ kind: 'hint', field: 'seq', value: 7 });
const bluffCalled = () => at({ kind: 'bluff-called', arrival: 1, seg });

test('before anything has happened there is nothing to answer', () => {
  expect(readEnd([])).toMatchObject({ quiet: true, news: null, answer: null, settled: 0, opened: false });
});

test('an arrival is news until it is answered, and a call is none', () => {
  const call = called();
  const arrival = arrived();
  expect(readEnd([call]).news).toBeNull();
  expect(readEnd([call, arrival]).news).toBe(arrival);
  expect(readEnd([call, arrival, blocked()]).news).toBe(arrival);
  expect(readEnd([call, arrival, sent('player')]).news).toBeNull();
});

test('what was said of an answer has had its time when something new happens', () => {
  const answer = sent('player');
  expect(readEnd([called(), answer])).toMatchObject({ answer, stale: false });
  expect(readEnd([answer, called()]).stale).toBe(true);
  expect(readEnd([answer, arrived()]).stale).toBe(true);
});

test('what is to be tried again stays in sight, with the fields that were wrong', () => {
  expect(readEnd([blocked(), arrived()])).toMatchObject({ stale: false, faulty: ['ack'], settled: 0 });
  expect(readEnd([nothing(wrong), arrived()]).stale).toBe(false);
  expect(readEnd([nothing(due), arrived()]).stale).toBe(true);
});

test('of a wrong segment that went out only what comes back says more', () => {
  const answer = sent('player', wrong);
  expect(readEnd([answer, called()])).toMatchObject({ stale: false, opened: false });
  expect(readEnd([answer, arrived()]).stale).toBe(true);
});

test('what a bot has sent is told until one has sent something oneself', () => {
  const bot = sent('bot');
  expect(readEnd([bot, label(due)])).toMatchObject({ byBot: bot, wasHere: false });
  expect(readEnd([bot, sent('player')])).toMatchObject({ byBot: null, wasHere: true });
});

test('states that were tried in vain count for the question that is open', () => {
  expect(readEnd([sent('player'), label(wrong)]).tried).toEqual(['LISTEN']);
  expect(readEnd([label(wrong), sent('player')]).tried).toEqual([]);
});

test('hints count for the answer that is open', () => {
  expect(readEnd([hint(), blocked()]).hints).toEqual([{ field: 'seq', value: 7 }]);
  expect(readEnd([hint(), sent('player')]).hints).toEqual([]);
});

test('how a call was judged is told until the next answer', () => {
  const call = bluffCalled();
  expect(readEnd([sent('player'), call]).called).toBe(call);
  expect(readEnd([call, sent('player')]).called).toBeNull();
});

test('the newest three arrivals can be called a bluff', () => {
  const trace = [arrived(), arrived(), called(), arrived(), arrived()];
  expect(trace.map((item) => callableArrival(trace, item))).toEqual([null, 2, null, 3, 4]);
});

test('an end is shown its own number until its SYN is out', () => {
  const standard = { level: 'standard' } as const;
  expect(needsIss(readEnd([called()]), standard, 'CLOSED')).toBe(true);
  expect(needsIss(readEnd([called(), sent('player', wrong)]), standard, 'CLOSED')).toBe(true);
  expect(needsIss(readEnd([called(), sent('player')]), standard, 'SYN-SENT')).toBe(false);
});

test('in an exam its own number stays: that it goes would tell whether the SYN was right', () => {
  const unjudged = at({ kind: 'sent', id: 's1', seg, by: 'player' });
  expect(needsIss(readEnd([called(), unjudged]), { level: 'exam' }, null)).toBe(true);
});

test('an end that starts in the middle of a connection has other numbers', () => {
  const start = {} as TcbView;
  expect(needsIss(readEnd([]), { level: 'standard', start }, 'ESTABLISHED')).toBe(false);
});
