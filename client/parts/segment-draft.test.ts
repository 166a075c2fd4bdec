import { beforeAll, expect, test } from 'vitest';
import { ACK, FIN, PSH, SYN } from '../../shared/tcp/segment.ts';
import { m } from '../paraglide/messages.js';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import {
  EMPTY_DRAFT,
  afresh,
  checked,
  edited,
  lineOf,
  segmentOf,
  withLine,
  withNumber,
} from './segment-draft.ts';

beforeAll(() => overwriteGetLocale(() => 'en'));

const WND = 4096;

test('what is typed into the line stands in the fields', () => {
  const draft = withLine(EMPTY_DRAFT, 'S. 300 ack 101');
  expect(draft).toMatchObject({ flags: SYN | ACK, seq: '300', ack: '101', data: '0' });
  expect(segmentOf(draft, WND)).toEqual({ seq: 300, ack: 101, flags: SYN | ACK, wnd: WND, dataOctets: 0 });
});

test('the line keeps what is typed until a field is changed, and then says what the fields say', () => {
  const draft = withLine(EMPTY_DRAFT, 's 7');
  expect(lineOf(draft, WND)).toBe('s 7');
  expect(lineOf(edited(draft, { seq: '8' }), WND)).toBe('S 8:8(0)');
});

test('the line names the window only if it was typed', () => {
  expect(lineOf(edited(EMPTY_DRAFT, { flags: ACK, seq: '1', ack: '2' }), WND)).toBe('. 1:1(0) ack 2');
  expect(lineOf(edited(withLine(EMPTY_DRAFT, '. 1 ack 2 win 0'), {}), WND)).toBe('. 1:1(0) ack 2 win 0');
});

test('a line that cannot be read leaves the fields as they are, and says where it went wrong', () => {
  const before = edited(EMPTY_DRAFT, { seq: '5' });
  const draft = withLine(before, 'S x');
  expect(draft).toEqual({ ...before, typed: 'S x', problem: m.end_line_bad({ at: 'x' }) });
  expect(withLine(draft, '')).toEqual({ ...draft, typed: '' });
});

test('after a segment flags and data start afresh, and the numbers stay', () => {
  const draft = { ...withLine(EMPTY_DRAFT, 'PF. 300:305(5) ack 101 win 9'), bluff: true };
  expect(draft).toMatchObject({ flags: PSH | FIN | ACK, data: '5', wnd: 9 });
  expect(afresh(draft)).toEqual({ ...EMPTY_DRAFT, seq: '300', ack: '101' });
});

test('what is missing or too large is told, with its field', () => {
  const told = (change: Parameters<typeof edited>[1]) => {
    const { draft, lacking } = checked(edited(EMPTY_DRAFT, change));
    return [lacking, draft.problem];
  };
  expect(told({ flags: ACK })).toEqual(['seq', m.end_need_seq()]);
  expect(told({ flags: ACK, seq: '1' })).toEqual(['ack', m.end_need_ack()]);
  expect(told({ flags: ACK, seq: '1', ack: String(2 ** 32) })).toEqual(['ack', m.end_range()]);
  expect(told({ seq: String(2 ** 32) })).toEqual(['seq', m.end_range()]);
  expect(told({ seq: '1' })).toEqual([null, '']);
});

test('a line is read again when it is to go out', () => {
  expect(checked(withLine(EMPTY_DRAFT, 'what')).lacking).toBe('line');
  const { draft, lacking } = checked(withLine(EMPTY_DRAFT, 's 7'));
  expect([lacking, draft.typed, draft.seq]).toEqual([null, null, '7']);
});

test('a number left over in the field of the ACK goes out no more once that flag is off', () => {
  const tried = edited(EMPTY_DRAFT, { flags: ACK, seq: '1', ack: '5' });
  const switched = edited(tried, { flags: SYN });
  expect([segmentOf(tried, WND).ack, segmentOf(switched, WND).ack]).toEqual([5, 0]);
  expect(segmentOf(edited(afresh(tried), { flags: SYN }), WND).ack).toBe(0);
  expect(segmentOf(edited(switched, { flags: ACK }), WND).ack).toBe(5);
});

test('a number acknowledged without the ACK flag goes out if it was entered for this segment', () => {
  expect(segmentOf(edited(EMPTY_DRAFT, { flags: SYN, seq: '1', ack: '5' }), WND).ack).toBe(5);
  expect(segmentOf(edited(withLine(EMPTY_DRAFT, 'S 1 ack 5'), {}), WND).ack).toBe(5);
});

test('a number picked elsewhere goes to the field turned to last, and never to one left over from before', () => {
  const onAck = { ...EMPTY_DRAFT, last: 'ack' as const };
  expect(withNumber(onAck, 7)).toMatchObject({ seq: '', ack: '7' });
  expect(withNumber(afresh(onAck), 7)).toMatchObject({ seq: '7', ack: '' });
  const switched = edited(edited(onAck, { flags: ACK }), { flags: SYN });
  expect(withNumber(switched, 7)).toMatchObject({ seq: '7', ack: '' });
});
