import { Check } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { parseScenario } from './parse-scenario.ts';
import { ScenarioSchema } from './schema.ts';

const short = { id: 'mine', title: 'Mine', summary: { en: 'A try', 'zh-CN': '试一试' } };
const question = (right: boolean) => ({
  id: 'why',
  text: 'Why?',
  choices: [
    { id: 'a', text: 'So', right, because: 'It is.' },
    { id: 'b', text: 'Or so', right: false, because: 'It is not.' },
  ],
});

function wrong(parts: object): unknown {
  const result = parseScenario({ ...short, ...parts });
  return result.ok || result.error.with;
}

test('three lines are a scenario: the rest has defaults, and a text in one language stands for both', () => {
  const result = parseScenario(short);
  expect(result).toMatchObject({
    ok: true,
    value: {
      ...short,
      title: { en: 'Mine', 'zh-CN': 'Mine' },
      revision: 1,
      level: 'guided',
      onWrong: 'block',
      ends: { client: { start: 'CLOSED' }, server: { start: 'LISTEN' } },
      link: { client: { delayMs: 1500 }, server: { lossPct: 0 } },
      pace: { rtoMs: 12_000, mslMs: 10_000 },
    },
  });
  expect(Check(ScenarioSchema, result.ok && result.value)).toBe(true);
});

test('what is given replaces the default, part by part', () => {
  const result = parseScenario({
    ...short,
    link: { server: { lossPct: 10, burstSegments: 2 } },
    pace: { rtoMs: 30_000 },
    ends: { client: { iss: { policy: 'given', value: 100 } } },
    calls: [{ side: 'client', when: { state: 'ESTABLISHED', afterMs: 10 }, call: 'write', text: '你好' }],
    teaches: ['handshake'],
  });
  expect(result).toMatchObject({
    ok: true,
    value: {
      link: { client: { lossPct: 0 }, server: { delayMs: 1500, lossPct: 10, burstSegments: 2 } },
      pace: { rtoMs: 30_000, mslMs: 10_000 },
      ends: { client: { start: 'CLOSED', iss: { policy: 'given', value: 100 }, mss: 1460 } },
      teaches: ['handshake'],
    },
  });
});

test('a whole scenario is a document, and comes back the same', () => {
  const whole = parseScenario({ ...short, questions: [question(true)] });
  expect(whole.ok && parseScenario(JSON.parse(JSON.stringify(whole.value)))).toEqual(whole);
});

describe('what does not fit is named with its place and its rule', () => {
  test.each<[string, object, object]>([
    ['a missing part', { id: undefined }, { path: '', rule: 'missing', field: 'id' }],
    ['an unknown part', { colour: 'red' }, { path: '', rule: 'unknown', field: 'colour' }],
    ['a part named like the machinery', JSON.parse('{"__proto__": {"level": "exam"}}') as object, {}],
    [
      'more strangers than a backlog has room for',
      { ends: { server: { backlog: { slots: 4, strangers: [{ when: { atMs: 0 }, halfOpen: 5 }] } } } },
      { path: 'ends.server.backlog.strangers[0].halfOpen', rule: 'at-most', limit: 4 },
    ],
    [
      'a cookie that somebody is to choose',
      {
        ends: { server: { iss: { policy: 'chosen' }, backlog: { slots: 4, cookies: true, strangers: [] } } },
      },
      { path: 'ends.server.iss', rule: 'cookie' },
    ],
    [
      'a backlog without a place',
      { ends: { server: { backlog: { slots: 0, strangers: [] } } } },
      { path: 'ends.server.backlog.slots', rule: 'at-least', limit: 1 },
    ],
    [
      'an id with spaces',
      { id: 'my own' },
      { path: 'id', rule: 'pattern', expected: '^[a-z0-9]+(-[a-z0-9]+)*$' },
    ],
    [
      'a word that is none of the known',
      { level: 'easy' },
      { path: 'level', rule: 'one-of', allowed: 'guided | standard | exam' },
    ],
    [
      'a number below its bound',
      { pace: { rtoMs: 5 } },
      { path: 'pace.rtoMs', rule: 'at-least', limit: 100 },
    ],
    [
      'a number above its bound',
      { ends: { client: { rcvWnd: 70_000 } } },
      { path: 'ends.client.rcvWnd', rule: 'at-most', limit: 65_535 },
    ],
    [
      'no number at all',
      { pace: { mslMs: Infinity } },
      { path: 'pace.mslMs', rule: 'type', expected: 'number' },
    ],
    ['text where a list belongs', { calls: 'connect' }, { path: 'calls', rule: 'type', expected: 'array' }],
    [
      'too long a list',
      { faults: Array.from({ length: 101 }, () => ({ from: 'client', match: '*', nth: 1, fault: 'drop' })) },
      { path: 'faults', rule: 'length-at-most', limit: 100 },
    ],
    ['an empty text', { title: '' }, { path: 'title', rule: 'length-at-least', limit: 1 }],
    [
      'a text in one language only',
      { title: { en: 'x' } },
      { path: 'title', rule: 'missing', field: 'zh-CN' },
    ],
    [
      'an unknown call',
      { calls: [{ side: 'client', when: { atMs: 0 }, call: 'open' }] },
      {
        path: 'calls[0].call',
        rule: 'one-of',
        allowed: 'connect | listen | write | close | abort | stop-reading | start-reading',
      },
    ],
    [
      'a write of nothing',
      { calls: [{ side: 'client', when: { atMs: 0 }, call: 'write' }] },
      { path: 'calls[0]', rule: 'missing', field: 'text' },
    ],
    [
      'a call with a part too many',
      { calls: [{ side: 'client', when: { atMs: 0 }, call: 'close', text: 'x' }] },
      { path: 'calls[0]', rule: 'unknown', field: 'text' },
    ],
    [
      'an unknown state',
      { calls: [{ side: 'client', when: { state: 'OPEN' }, call: 'close' }] },
      { path: 'calls[0].when.state', rule: 'one-of' },
    ],
    [
      'two moments at once',
      { calls: [{ side: 'client', when: { atMs: 5, state: 'ESTABLISHED' }, call: 'close' }] },
      { path: 'calls[0].when', rule: 'unknown' },
    ],
    [
      'no moment at all',
      { calls: [{ side: 'client', when: {}, call: 'close' }] },
      { path: 'calls[0].when', rule: 'missing' },
    ],
    [
      'a number instead of a moment',
      { calls: [{ side: 'client', when: 5, call: 'close' }] },
      { path: 'calls[0].when', rule: 'type' },
    ],
    [
      'a pattern that nothing matches',
      { faults: [{ from: 'client', match: 'SYN', nth: 1, fault: 'drop' }] },
      { path: 'faults[0].match', rule: 'pattern' },
    ],
    [
      'an ISS policy without its number',
      { ends: { server: { iss: { policy: 'given' } } } },
      { path: 'ends.server.iss', rule: 'missing', field: 'value' },
    ],
    [
      'an unknown ISS policy',
      { ends: { server: { iss: { policy: 'lucky' } } } },
      { path: 'ends.server.iss.policy', rule: 'one-of', allowed: 'given | chosen | random | near-wrap' },
    ],
    [
      'a budget that is neither number nor null',
      { budget: { drop: 'all' } },
      { path: 'budget.drop', rule: 'type', expected: 'integer | null' },
    ],
    ['a negative budget', { budget: { drop: -1 } }, { path: 'budget.drop', rule: 'at-least', limit: 0 }],
    [
      'a link out of bounds',
      { link: { client: { lossPct: 101 } } },
      { path: 'link.client.lossPct', rule: 'conditions', why: 'link/out-of-range', max: 100 },
    ],
    [
      'a link that cannot be',
      { link: { server: { lossPct: 60 } } },
      { path: 'link.server.lossPct', rule: 'conditions', why: 'link/infeasible', max: 50 },
    ],
    [
      'ends that cannot be together',
      { ends: { client: { start: 'SYN-SENT' }, server: { start: 'CLOSE-WAIT' } } },
      { path: 'ends', rule: 'start', client: 'SYN-SENT', server: 'CLOSE-WAIT' },
    ],
    [
      'a time-out above the longest',
      { pace: { rtoMs: 61_000 } },
      { path: 'pace', rule: 'rto', maxRtoMs: 60_000 },
    ],
    [
      'a delay without a length',
      { faults: [{ from: 'client', match: 'S', nth: 1, fault: 'delay' }] },
      { path: 'faults[0]', rule: 'ms-missing' },
    ],
    [
      'a question twice',
      { questions: [question(true), question(true)] },
      { path: 'questions', rule: 'id-twice', id: 'why' },
    ],
    [
      'a question without a right choice',
      { questions: [question(false)] },
      { path: 'questions[0].choices', rule: 'nothing-right' },
    ],
    [
      'a question without a choice',
      { questions: [{ ...question(true), choices: [] }] },
      { path: 'questions[0].choices', rule: 'length-at-least', limit: 2 },
    ],
  ])('%s', (_what, parts, expected) => {
    // A spread drops `__proto__`; that it must not get through is what counts.
    if ('__proto__' in parts && Object.hasOwn(parts, '__proto__')) {
      const value = { ...short };
      Object.defineProperty(value, '__proto__', { value: {}, enumerable: true });
      expect(parseScenario(value)).toMatchObject({
        ok: false,
        error: { with: { rule: 'unknown', field: '__proto__' } },
      });
    } else {
      expect(wrong(parts)).toMatchObject(expected);
    }
  });

  test.each([null, undefined, 5, 'scenario', [], [short]])('%j is no scenario', (value) => {
    expect(parseScenario(value)).toEqual({
      ok: false,
      error: { code: 'scenario/invalid', with: { path: '', rule: 'type', expected: 'object' } },
    });
  });
});
