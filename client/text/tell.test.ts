import { beforeEach, describe, expect, test } from 'vitest';
import type { TraceItem } from '../../shared/table/trace.ts';
import { ACK, RST, SYN } from '../../shared/tcp/segment.ts';
import type { Fault, Verdict } from '../../shared/tcp/verdict.ts';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import { sentences } from './sentences.ts';
import { tell } from './tell.ts';

const seg = { seq: 6, ack: 0, flags: SYN, wnd: 1000, dataOctets: 0 };
const flags: Fault = { field: 'flags', code: 'other', given: 'ACK', needed: 'SYN', section: '3.1' };
const due = { verdict: 'due', why: 'syn', causes: [], faults: [] } satisfies Verdict;
const wrong = { ...due, verdict: 'wrong', faults: [flags] } satisfies Verdict;

const sent = (rest: object) =>
  ({ ms: 0, kind: 'sent', side: 'client', id: 's1', seg, again: false, by: 'player', ...rest }) as TraceItem;
const blocked: TraceItem = { ms: 0, kind: 'blocked', side: 'client', seg: { ...seg, flags: ACK, ack: 1 } };
const label: TraceItem = { ms: 0, kind: 'label', side: 'client', label: 'LISTEN' };
const toEnd = (item: TraceItem) => tell(item, { end: true });

describe('in English', () => {
  beforeEach(() => overwriteGetLocale(() => 'en'));

  test('an end hears what the judge made of its answer, and why', () => {
    expect(toEnd(sent({ verdict: due }))).toBe('You sent SYN seq 6. Right.');
    expect(toEnd({ ...blocked, verdict: wrong })).toBe(
      'Not sent: ACK seq 6 ack 1. Wrong: It should be SYN here, not ACK.',
    );
    const fault: Fault = { ...flags, field: 'state', given: 'LISTEN', needed: 'SYN-SENT' };
    expect(toEnd({ ...label, verdict: { ...wrong, faults: [fault] } })).toBe(
      'You said: LISTEN. Wrong: It should be SYN-SENT here, not LISTEN.',
    );
  });

  test('what is allowed but needless comes with the word on it that the card has', () => {
    const legal = { ...due, verdict: 'legal' } satisfies Verdict;
    const again = { ...seg, flags: ACK, ack: 1 };
    expect(toEnd(sent({ seg: again, verdict: legal }))).toBe(
      'You sent ACK seq 6 ack 1. Allowed, though nothing asked for it.',
    );
    expect(toEnd(sent({ seg: again, verdict: { ...legal, remark: 'M16' } }))).toMatch(
      /^You sent ACK seq 6 ack 1\. Allowed, but nothing asked you to repeat that ACK\. .+\.$/,
    );
  });

  test('without a verdict, as in an exam, nothing is said of right or wrong', () => {
    expect([sent({}), blocked, label].map(toEnd)).toEqual([
      'You sent SYN seq 6',
      'Not sent: ACK seq 6 ack 1',
      'You said: LISTEN',
    ]);
  });

  test('a bluff is not judged to whoever made it', () => {
    expect(toEnd(sent({ verdict: wrong, bluff: true }))).toBe('You sent SYN seq 6');
  });

  test("the lab's own answer is not taken for one's own", () => {
    expect(toEnd(sent({ verdict: due, by: 'lab' }))).toBe(
      'The lab answered for you. This was due: SYN seq 6',
    );
  });

  test('the link hears nothing of it', () => {
    expect(tell(sent({ verdict: wrong }), { end: false })).toBe('On its way: SYN seq 6');
  });

  test('lines follow each other as sentences, each with one full stop', () => {
    expect(sentences(['The storm is over', 'Choose one.'])).toBe('The storm is over. Choose one.');
  });
});

describe('in Chinese', () => {
  beforeEach(() => overwriteGetLocale(() => 'zh-CN'));

  test('a verdict follows in full-width punctuation', () => {
    expect(toEnd(sent({ seg: { ...seg, flags: RST }, verdict: due }))).toBe('你发送了 RST seq 6。 正确。');
    const none = { ...wrong, faults: [{ ...flags, given: 'none' }] };
    expect(toEnd({ ...blocked, verdict: none })).toBe(
      '未发送：ACK seq 6 ack 1。 不对：这里应是 SYN，不是 无。',
    );
  });
});
