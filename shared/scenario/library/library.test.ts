import { readdirSync } from 'node:fs';
import { Check } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../parse-scenario.ts';
import { ScenarioSchema } from '../schema.ts';
import type { Scenario, Text } from '../types.ts';
import { LIBRARY, scenarioById } from './library.ts';

function textsOf({ title, summary, questions }: Scenario): Text[] {
  const asked = questions.flatMap(({ text, choices }) => [
    text,
    ...choices.flatMap((c) => [c.text, c.because]),
  ]);
  return [title, summary, ...asked];
}

test('there are at least the eighteen of the curriculum, found by id', () => {
  expect(LIBRARY.length).toBeGreaterThanOrEqual(18);
  expect(new Set(LIBRARY.map(({ id }) => id)).size).toBe(LIBRARY.length);
  for (const scenario of LIBRARY) expect(scenarioById(scenario.id)).toBe(scenario);
  expect(scenarioById('no-such')).toBeUndefined();
});

test('every scenario of the folder stands in the library, under the name of its file', () => {
  const others = ['library', 'library.test', 'wording'];
  const names = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name.replace(/\.ts$/, ''))
    .filter((name) => !others.includes(name));
  expect(LIBRARY.map(({ id }) => id).sort()).toEqual(names.sort());
});

test('every subject of the curriculum has its scenario', () => {
  const curriculum = [
    ...['the-flags', 'three-way-handshake', 'lost-syn', 'lost-syn-ack', 'lost-third-ack', 'data-and-acks'],
    ...['gap', 'close-by-client', 'close-by-server', 'three-segment-close', 'half-close', 'lost-fin'],
    ...[
      'lost-ack-of-fin',
      'lost-last-ack',
      'simultaneous-close',
      'simultaneous-open',
      'port-closed',
      'abort',
    ],
    ...['half-open-after-crash', 'old-duplicate-syn', 'full-backlog', 'syn-cookies', 'near-the-wrap'],
    ...['zero-window', 'bluff', 'referee', 'exam'],
  ];
  const ids = LIBRARY.map(({ id }) => id);
  for (const id of curriculum) expect(ids).toContain(id);
});

test('the two questions that started it all tell what a wrong choice betrays', () => {
  const { questions } = scenarioById('full-life')!;
  const betrayed = questions.flatMap(({ choices }) =>
    choices.flatMap((choice) => choice.misconception ?? []),
  );
  expect(betrayed).toEqual(['M11', 'M22', 'M27']);
  // What is right betrays nothing.
  for (const { questions: asked } of LIBRARY)
    for (const choice of asked.flatMap(({ choices }) => choices))
      if (choice.right) expect(choice.misconception).toBeUndefined();
});

test('both questions that started it all are asked: why three and four, and why 2MSL', () => {
  const asked = scenarioById('full-life')!.questions.map(({ id }) => id);
  expect(asked).toEqual(['why-three', 'why-four', 'why-2msl']);
});

test('a question has the same words wherever it is asked', () => {
  const words = new Map<string, string>();
  for (const { questions } of LIBRARY) {
    for (const question of questions) {
      const known = words.get(question.id);
      if (known !== undefined) expect(JSON.stringify(question)).toBe(known);
      words.set(question.id, JSON.stringify(question));
    }
  }
});

test('the right choice stands now here, now there', () => {
  const places = LIBRARY.flatMap(({ questions }) =>
    questions.map(({ choices }) => choices.findIndex(({ right }) => right)),
  );
  for (const place of [0, 1, 2])
    expect(places.filter((p) => p === place).length).toBeGreaterThan(places.length / 6);
});

describe.each(LIBRARY.map((scenario) => [scenario.id, scenario] as const))('%s', (_id, scenario) => {
  test('is a valid document, as it would be exported and taken in again', () => {
    expect(Check(ScenarioSchema, scenario)).toBe(true);
    expect(parseScenario(JSON.parse(JSON.stringify(scenario)))).toEqual({ ok: true, value: scenario });
  });

  test('speaks both languages, and does not mix them up', () => {
    for (const { en, 'zh-CN': zh } of textsOf(scenario)) {
      expect(en).not.toMatch(/\p{Script=Han}/u);
      // Numbers and segments read the same in both.
      if (/\p{Script=Latin}{3,}/u.test(en.replace(/[A-Z][A-Z0-9,-]+/g, '')))
        expect(zh, en).toMatch(/\p{Script=Han}/u);
      expect(zh).not.toMatch(/[,;!?]\s/);
    }
  });

  test('asks two or three questions with one right choice each', () => {
    expect(scenario.questions.length).toBeGreaterThanOrEqual(2);
    expect(scenario.questions.length).toBeLessThanOrEqual(3);
    for (const { choices } of scenario.questions)
      expect(choices.filter(({ right }) => right)).toHaveLength(1);
  });

  test('gives people time: what an end has to answer takes seconds, and timers outlast a round trip with thinking', () => {
    const { link, pace } = scenario;
    const roundTripMs = link.client.delayMs + link.server.delayMs;
    expect(pace.rtoMs).toBeGreaterThan(roundTripMs + 2 * pace.thinkMs);
  });

  test('says what it teaches', () => {
    expect(scenario.teaches?.length).toBeGreaterThan(0);
  });
});
