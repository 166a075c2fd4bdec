import { describe, expect, test } from 'vitest';
import { answersShown } from './answers-shown.ts';
import { pollMisconceptions } from './poll-misconceptions.ts';
import { studentPollView, teacherPollView } from './poll-view.ts';
import { OPENED, Room, SCENARIOS, refused } from './room.testing.ts';
import { screenView } from './screen-view.ts';
import { studentView } from './student-view.ts';

const open = { type: 'open-poll', scenarioId: 's', questionId: 'why-three' } as const;

function voters(...names: string[]): Room {
  const room = new Room().join(...names);
  room.ask(open);
  return room;
}

const vote = (player: string, choice: string, poll = 'poll-1') =>
  ({ type: 'answer-poll', player, poll, choice }) as const;

const hereOf = (room: Room): ReadonlySet<string> => new Set(room.classroom.players.map(({ id }) => id));

describe('a poll', () => {
  test('is opened with a question of a scenario', () => {
    const room = new Room().join('Ana');
    expect(room.ask({ ...open, scenarioId: 'x' })).toMatchObject(refused('scenario/not-found'));
    expect(room.ask({ ...open, questionId: 'x' })).toMatchObject(refused('poll/not-found'));
    for (const type of ['discuss-poll', 'reveal-poll', 'close-poll'] as const) {
      expect(room.ask({ type })).toMatchObject(refused('poll/none'));
    }
    room.ask(open);
    expect(room.classroom.polls).toMatchObject([
      { id: 'poll-1', phase: 'first', question: { id: 'why-three' } },
    ]);
    // Another one closes it.
    room.ask(open);
    expect(room.classroom.polls.map(({ id, phase }) => [id, phase])).toEqual([
      ['poll-1', 'closed'],
      ['poll-2', 'first'],
    ]);
  });

  test('is the one that was meant: what is said of another is refused', () => {
    const room = voters('Ana');
    room.ask(open);
    for (const type of ['discuss-poll', 'reveal-poll', 'close-poll'] as const) {
      expect(room.ask({ type, poll: 'poll-1' })).toMatchObject(refused('poll/not-found'));
      expect(room.ask({ type, poll: 'poll-2' })).toMatchObject({ ok: true });
    }
  });

  test('is answered alone, then after talking; a vote may be changed until it is over', () => {
    const room = voters('Ana', 'Ben');
    room.ask(vote('ana', 'hello'));
    room.ask(vote('ana', 'full'));
    room.ask(vote('ben', 'numbers'));
    room.ask({ type: 'discuss-poll' });
    expect(room.ask({ type: 'discuss-poll' })).toMatchObject(refused('poll/over'));
    expect(studentPollView(room.classroom, 'ana', hereOf(room))).toMatchObject({
      phase: 'second',
      mine: null,
      mineFirst: 'full',
      answered: 0,
      people: 2,
    });
    room.ask(vote('ana', 'numbers'));
    room.ask({ type: 'reveal-poll' });
    expect(room.ask(vote('ben', 'full'))).toMatchObject(refused('poll/over'));
    expect(room.ask({ type: 'reveal-poll' })).toMatchObject(refused('poll/over'));
    expect(room.classroom.polls[0]).toMatchObject({
      first: { ana: 'full', ben: 'numbers' },
      second: { ana: 'numbers' },
    });
    room.ask({ type: 'close-poll' });
    expect(studentPollView(room.classroom, 'ana', hereOf(room))).toBeNull();
    expect(teacherPollView(room.classroom, hereOf(room))).toBeNull();
  });

  test('is kept out of the debriefs until its answer has been revealed, for whichever scenario it was asked', () => {
    const room = voters('Ana');
    const { question } = room.classroom.polls[0]!;
    const isShown = () => answersShown(room.classroom)(question);
    expect(isShown()).toBe(false);
    room.ask({ type: 'discuss-poll' });
    room.ask({ type: 'close-poll' });
    expect(isShown()).toBe(false);
    room.ask(open);
    room.ask({ type: 'reveal-poll' });
    expect(isShown()).toBe(true);
    expect(answersShown(room.classroom)({ ...question, id: 'why-four' })).toBe(false);
    expect(answersShown(room.classroom)({ ...question, text: { en: 'Why?', 'zh-CN': '?' } })).toBe(false);
    room.ask(open);
    expect(isShown()).toBe(true);

    const other = new Room().join('Ana');
    expect(answersShown(other.classroom)(question)).toBe(false);
    other.ask({ type: 'close' });
    expect(answersShown(other.classroom)(question)).toBe(true);
    expect(answersShown(new Room({ ...OPENED, kind: 'practice' }).classroom)(question)).toBe(true);
  });

  test('takes no vote for another poll, for nothing, or of somebody who is not there', () => {
    const room = voters('Ana', 'Ben');
    expect(room.ask(vote('ana', 'numbers', 'poll-2'))).toMatchObject(refused('poll/not-found'));
    expect(room.ask(vote('ana', 'forty-two'))).toMatchObject(refused('poll/not-found'));
    expect(room.ask(vote('ana', '__proto__'))).toMatchObject(refused('poll/not-found'));
    room.ask({ type: 'remove', player: 'ben' });
    expect(room.ask(vote('ben', 'numbers'))).toMatchObject(refused('player/not-found'));
  });

  test('tells nobody but the instructor what is right and how the others vote, until it is revealed', () => {
    const room = voters('Ana', 'Ben', 'Cem');
    room.ask({ type: 'set-screen', screen: { show: 'poll', names: true } });
    room.ask(vote('ana', 'hello'));
    const seen = (): string => {
      const { classroom } = room;
      const scenarioById = (id: string) => SCENARIOS[id];
      const facts = { here: hereOf(room), at: 0, baseUrl: '', scenarioById, minis: [], misconceptions: [] };
      return JSON.stringify([studentView(classroom, 'ben', hereOf(room), 0), screenView(classroom, facts)]);
    };
    const others = (): string => JSON.stringify(studentPollView(room.classroom, 'ben', hereOf(room)));
    expect(seen()).not.toMatch(/canary|"right"|"because"|"votes"|misconception|M11/);
    const before = others();
    room.ask(vote('ana', 'numbers'));
    expect(others()).toBe(before);
    room.ask({ type: 'reveal-poll' });
    expect(seen()).toMatch(/canary/);
    expect(studentPollView(room.classroom, 'ben', hereOf(room))).toMatchObject({
      choices: [{ id: 'numbers', right: true }, { id: 'hello' }, { id: 'full' }],
      votes: { first: { numbers: 1, hello: 0, full: 0 }, second: { numbers: 0, hello: 0, full: 0 } },
    });
  });

  test.each([
    [0, false],
    [2, false],
    [3, true],
    [7, true],
    [8, false],
    [10, false],
  ])('with %i of ten right it is a good moment to discuss: %s', (right, good) => {
    const names = Array.from({ length: 10 }, (_, i) => `P${i}`);
    const room = voters(...names);
    names.forEach((name, i) => room.ask(vote(name.toLowerCase(), i < right ? 'numbers' : 'full')));
    expect(teacherPollView(room.classroom, hereOf(room))).toMatchObject({
      answered: 10,
      rightPct: right * 10,
      goodToDiscuss: good,
    });
  });

  test('waits for those who are here, and counts who has gone after voting', () => {
    const room = voters('Ana', 'Ben', 'Cem');
    room.ask(vote('ana', 'numbers'));
    expect(teacherPollView(room.classroom, new Set(['ben']))).toMatchObject({ answered: 1, people: 2 });
  });

  test('lets in who comes in the middle, and forgets who is removed', () => {
    const room = voters('Ana', 'Ben');
    room.ask(vote('ana', 'numbers'));
    room.ask(vote('ben', 'full'));
    room.join('Cem');
    expect(studentPollView(room.classroom, 'cem', hereOf(room))).toMatchObject({
      mine: null,
      answered: 2,
      people: 3,
    });
    room.ask({ type: 'discuss-poll' });
    room.join('Dov');
    expect(studentPollView(room.classroom, 'dov', hereOf(room))).toMatchObject({
      mineFirst: null,
      people: 4,
    });
    expect(room.ask(vote('dov', 'numbers'))).toMatchObject({ ok: true });
    room.ask({ type: 'remove', player: 'ben' });
    expect(teacherPollView(room.classroom, hereOf(room))).toMatchObject({
      answered: 1,
      people: 3,
      votes: { first: { numbers: 1, full: 0 }, second: { numbers: 1 } },
    });
  });

  test('shows what people believe', () => {
    const room = voters('Ana', 'Ben', 'Cem');
    room.ask(vote('ana', 'hello'));
    room.ask(vote('ben', 'hello'));
    room.ask(vote('cem', 'full'));
    expect(pollMisconceptions(room.classroom.polls)).toEqual([
      { code: 'M11', people: 2, times: 2, seen: [] },
    ]);
  });
});
