import { expect, test } from 'vitest';
import type { TraceItem } from '../../shared/table/trace.ts';
import type { State } from '../../shared/tcp/state.ts';
import { holdBackStates, inOrderTold, toldState } from './hold-back.ts';

const state = (was: State, is: State): TraceItem => ({ ms: 0, kind: 'state', side: 'client', was, is });
const label = (is: State): TraceItem => ({ ms: 0, kind: 'label', side: 'client', label: is });
const states = (trace: readonly TraceItem[]) =>
  holdBackStates(trace).flatMap((item) => (item.kind === 'state' ? [item.is] : []));

test('a state is not shown before it has been asked for', () => {
  expect(states([state('CLOSED', 'SYN-SENT')])).toEqual([]);
});

test('once it has been answered, rightly or wrongly, it is shown', () => {
  expect(states([state('CLOSED', 'SYN-SENT'), label('LISTEN'), state('SYN-SENT', 'ESTABLISHED')])).toEqual([
    'SYN-SENT',
  ]);
});

test('what nobody asks for is shown at once', () => {
  expect(states([state('CLOSED', 'LISTEN')])).toEqual(['LISTEN']);
  expect(states([state('TIME-WAIT', 'CLOSED')])).toEqual(['CLOSED']);
});

test('a trace with nothing to hold back is the same trace', () => {
  const trace = [state('CLOSED', 'SYN-SENT'), label('SYN-SENT')];
  expect(holdBackStates(trace)).toBe(trace);
});

test('the state is that of before the first that is held back', () => {
  const witnessed = [state('CLOSED', 'LISTEN'), state('LISTEN', 'SYN-RECEIVED')];
  expect(toldState('SYN-RECEIVED', witnessed, holdBackStates(witnessed))).toBe('LISTEN');
  const begun = [state('CLOSED', 'SYN-SENT')];
  expect(toldState('SYN-SENT', begun, holdBackStates(begun))).toBe('CLOSED');
});

test('the state of an end from which nothing is held back is the one it has', () => {
  expect(toldState('ESTABLISHED', [], [])).toBe('ESTABLISHED');
  expect(toldState(null, [state('CLOSED', 'SYN-SENT')], [])).toBeNull();
});

const spoken = (trace: readonly TraceItem[]) =>
  inOrderTold(trace).map((item) =>
    item.kind === 'state' ? item.is : item.kind === 'label' ? `said ${item.label}` : item.kind,
  );

test('the answer is told before the state that it brings out', () => {
  const trace = [state('CLOSED', 'SYN-SENT'), label('ESTABLISHED')];
  expect(spoken(trace)).toEqual(['said ESTABLISHED', 'SYN-SENT']);
});

test('what has been told stays, whatever a later answer brings out', () => {
  const timer: TraceItem = { ms: 0, kind: 'timer', side: 'client', timer: 'rto' };
  const trace = [state('CLOSED', 'LISTEN'), state('LISTEN', 'SYN-SENT'), timer];
  const before = spoken(trace);
  expect(before).toEqual(['LISTEN', 'timer']);
  expect(spoken([...trace, label('SYN-SENT')]).slice(0, before.length)).toEqual(before);
});
