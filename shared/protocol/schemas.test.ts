import { Check } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { plainConditions } from '../link/conditions.ts';
import type { Command } from '../table/command.ts';
import {
  ClassroomCommandSchema,
  CommandSchema,
  JoinRequestSchema,
  PLAY_SCHEMAS,
  RejoinRequestSchema,
  RosterRequestSchema,
  SCREEN_SCHEMAS,
  TEACH_SCHEMAS,
} from './schemas.ts';

const seg = { seq: 2 ** 32 - 1, ack: 0, flags: 0x12, wnd: 65_535, dataOctets: 0 };
const states = { client: 'SYN-SENT', server: 'LISTEN' };

const COMMANDS: readonly Command[] = [
  { type: 'send', seg },
  { type: 'nothing' },
  { type: 'label', state: 'TIME-WAIT' },
  { type: 'hint' },
  { type: 'set-conditions', from: 'client', conditions: plainConditions(1500) },
  { type: 'set-conditions', from: 'server', conditions: { ...plainConditions(0), rateBps: null } },
  { type: 'touch', flight: 'c12.2', touch: 'hold' },
  { type: 'cut' },
  { type: 'mend' },
  {
    type: 'predict',
    prediction: { timer: 'none', again: null, states: { client: 'CLOSED', server: 'LISTEN' } },
  },
  {
    type: 'predict',
    prediction: { timer: 'client', again: 'S.', states: { client: 'CLOSED', server: 'LISTEN' } },
  },
  { type: 'set-clock', rate: 0.25 },
  { type: 'seat', seat: 'referee', holder: { kind: 'bot', skill: 0.5 } },
  { type: 'seat', seat: 'link', holder: { kind: 'player', id: 'p-1' } },
  { type: 'end' },
  { type: 'send', seg, bluff: true },
  { type: 'call-bluff', arrival: 3 },
  { type: 'call-out', id: 's12' },
  { type: 'nudge', seat: 'server' },
  { type: 'storm', forMs: 20_000 },
  { type: 'storm', forMs: 20_000, conditions: plainConditions(100) },
  { type: 'inject', side: 'client', call: { call: 'write', text: 'hello' } },
  { type: 'inject', side: 'client', call: { call: 'start-reading' } },
  { type: 'set-limit', endsAfterMs: null },
  { type: 'set-limit', endsAfterMs: 600_000 },
  { type: 'lend-seat', seat: 'link' },
  { type: 'return-seat', seat: 'client' },
];

test.each(COMMANDS.map((command) => [command.type, command]))('%s passes', (_, command) => {
  expect(Check(CommandSchema, command)).toBe(true);
  const message = { tableId: 't1', id: 'k1', command };
  expect(Check(PLAY_SCHEMAS['table:command'], message)).toBe(true);
  expect(Check(TEACH_SCHEMAS['table:command'], message)).toBe(true);
});

test.each<[string, unknown]>([
  ['an unknown command', { type: 'win' }],
  ['no command', null],
  ['a list', []],
  ['an unknown field', { type: 'nothing', really: true }],
  ['a field of the prototype', JSON.parse('{"type":"nothing","__proto__":{"x":1}}')],
  ['a segment with a text', { type: 'send', seg: { ...seg, text: 'x' } }],
  ['a segment with a part missing', { type: 'send', seg: { seq: 1, ack: 1, flags: 1, wnd: 1 } }],
  ['a number beyond the circle', { type: 'send', seg: { ...seg, seq: 2 ** 32 } }],
  ['a negative number', { type: 'send', seg: { ...seg, ack: -1 } }],
  ['half a number', { type: 'send', seg: { ...seg, ack: 0.5 } }],
  ['a number as a string', { type: 'send', seg: { ...seg, seq: '1' } }],
  ['no number', { type: 'send', seg: { ...seg, seq: Number.NaN } }],
  ['a ninth flag', { type: 'send', seg: { ...seg, flags: 256 } }],
  ['a window that is scaled', { type: 'send', seg: { ...seg, wnd: 65_536 } }],
  ['more data than a datagram', { type: 'send', seg: { ...seg, dataOctets: 65_536 } }],
  ['a twelfth state', { type: 'label', state: 'SYN_SENT' }],
  ['a third side', { type: 'set-conditions', from: 'link', conditions: plainConditions(1) }],
  ['conditions in part', { type: 'set-conditions', from: 'client', conditions: { delayMs: 1 } }],
  ['endless delay', { type: 'set-conditions', from: 'client', conditions: plainConditions(Infinity) }],
  ['a flight that is a path', { type: 'touch', flight: '../c1', touch: 'drop' }],
  ['a long flight', { type: 'touch', flight: `c${'1'.repeat(99)}`, touch: 'drop' }],
  ['a fifth touch', { type: 'touch', flight: 'c1', touch: 'eat' }],
  ['letters that are none', { type: 'predict', prediction: { timer: 'client', again: 'XYZ', states } }],
  ['time running back', { type: 'set-clock', rate: -1 }],
  ['time flying', { type: 'set-clock', rate: 1e9 }],
  ['a bot too good', { type: 'seat', seat: 'client', holder: { kind: 'bot', skill: 2 } }],
  ['a holder of two kinds', { type: 'seat', seat: 'client', holder: { kind: 'empty', id: 'x' } }],
  ['half a bluff', { type: 'send', seg, bluff: false }],
  ['an arrival before the first', { type: 'call-bluff', arrival: 0 }],
  ['a copy that is called out', { type: 'call-out', id: 's1.2' }],
  ['an endless storm', { type: 'storm', forMs: Infinity }],
  ['a call that applications do not have', { type: 'inject', side: 'client', call: { call: 'fork' } }],
  ['a call with more to it', { type: 'inject', side: 'client', call: { call: 'close', text: 'x' } }],
  ['too much time', { type: 'set-limit', endsAfterMs: 1e12 }],
  ['a time of one’s own', { type: 'seat', seat: 'client', holder: { kind: 'player', id: 'p', time: 9 } }],
  ['a long id', { type: 'seat', seat: 'client', holder: { kind: 'player', id: 'x'.repeat(65) } }],
])('%s does not pass', (_, command) => {
  expect(Check(CommandSchema, command)).toBe(false);
});

describe('other messages', () => {
  test('carry what they must and nothing else', () => {
    expect(Check(PLAY_SCHEMAS['clock:read'], {})).toBe(true);
    expect(Check(PLAY_SCHEMAS['clock:read'], { at: 1 })).toBe(false);
    expect(Check(PLAY_SCHEMAS['clock:read'], undefined)).toBe(false);
    expect(Check(PLAY_SCHEMAS['practice:start'], { id: 'a', scenarioId: 'the-flags', seat: 'link' })).toBe(
      true,
    );
    expect(Check(PLAY_SCHEMAS['practice:start'], { id: 'a', scenarioId: 'the-flags', seat: 'referee' })).toBe(
      false,
    );
    expect(Check(TEACH_SCHEMAS['table:watch'], { tableId: '' })).toBe(false);
    expect(Check(TEACH_SCHEMAS['table:watch'], { tableId: 'a b' })).toBe(false);
    expect(Check(JoinRequestSchema, { code: 'QWERTZ', name: '王伟' })).toBe(true);
    expect(Check(JoinRequestSchema, { code: 'QWERTZ', name: 'x'.repeat(10_000) })).toBe(false);
  });

  test('let in a PIN, a link and a vote, and the screen asks to see and nothing else', () => {
    const join = { code: 'QWERTZ', name: '' };
    expect(Check(JoinRequestSchema, { ...join, pin: '1234', secret: 'abc', locale: 'zh-CN' })).toBe(true);
    expect(Check(JoinRequestSchema, { ...join, id: 'x'.repeat(22) })).toBe(true);
    expect(Check(JoinRequestSchema, { ...join, id: 'short' })).toBe(false);
    expect(Check(JoinRequestSchema, { ...join, locale: 'de' })).toBe(false);
    expect(Check(RejoinRequestSchema, { link: 'abc_-~.9' })).toBe(true);
    expect(Check(RejoinRequestSchema, { link: '' })).toBe(false);
    expect(Check(PLAY_SCHEMAS['poll:answer'], { id: 'a', poll: 'poll-1', choice: 'c' })).toBe(true);
    expect(Check(PLAY_SCHEMAS['poll:answer'], { id: 'a', poll: 'poll-1', choice: 'c', player: 'p' })).toBe(
      false,
    );
    const roster = (pin: string) => ({ id: 'a', students: [{ name: '王伟', pin }] });
    expect(Check(RosterRequestSchema, roster('0042'))).toBe(true);
    expect(Check(RosterRequestSchema, roster('42'))).toBe(false);
    expect(Object.keys(SCREEN_SCHEMAS)).toEqual(['clock:read', 'screen:watch', 'table:watch', 'table:leave']);
  });

  test('an instructor’s commands pass; what only the lab asks does not', () => {
    for (const command of [
      { type: 'rename', player: 'p', name: 'Ana' },
      { type: 'readmit', player: 'p' },
      { type: 'lock', locked: true },
      { type: 'prepare-round', scenarioId: 's', seating: 'triples' },
      { type: 'seat', tableId: 't', seat: 'client', holder: { kind: 'empty' } },
      { type: 'start-round' },
      { type: 'close' },
      { type: 'set-settings', settings: { names: 'roster', late: 'at-once' } },
      { type: 'set-extra-time', player: 'p', extraTime: null },
      { type: 'prepare-round', scenarioId: 's', seating: 'fours', options: { skill: 0.5, bluffsPerEnd: 2 } },
      { type: 'set-limit', endsAfterMs: 60_000 },
      { type: 'every-table', command: { type: 'storm', forMs: 5000 } },
      { type: 'set-screen', screen: { show: 'table', tableId: 't', atMs: 0, names: false } },
      { type: 'open-poll', scenarioId: 's', questionId: 'q' },
      { type: 'discuss-poll' },
      { type: 'reveal-poll' },
      { type: 'close-poll' },
    ]) {
      expect(Check(ClassroomCommandSchema, command), command.type).toBe(true);
    }
    expect(Check(ClassroomCommandSchema, { type: 'join', player: 'p', name: 'n', tokenHash: 'h' })).toBe(
      false,
    );
    for (const command of [
      { type: 'set-roster', roster: [{ name: 'Ana', pinHash: 'h' }] },
      { type: 'answer-poll', player: 'p', poll: 'poll-1', choice: 'c' },
      { type: 'issue-rejoin', player: 'p', linkHash: 'h', expiresAt: 1 },
      { type: 'rejoin', linkHash: 'h', tokenHash: 'h' },
      { type: 'take-seat', player: 'p' },
      { type: 'every-table', command: { type: 'end' } },
      { type: 'set-extra-time', player: 'p', extraTime: 3 },
      { type: 'prepare-round', scenarioId: 's', seating: 'pairs', options: { seed: 'mine' } },
      { type: 'open-poll', scenarioId: 's', question: {} },
    ]) {
      expect(Check(ClassroomCommandSchema, command), command.type).toBe(false);
    }
    expect(
      Check(ClassroomCommandSchema, { type: 'practise', player: 'p', scenarioId: 's', seat: 'link' }),
    ).toBe(false);
    expect(Check(ClassroomCommandSchema, { type: 'prepare-round', scenarioId: 's', seating: 'rows' })).toBe(
      false,
    );
  });
});
