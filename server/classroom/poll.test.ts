import { describe, expect, test } from 'vitest';
import type { Student } from '../app.testing.ts';
import {
  clock,
  lab,
  teacher,
  classroomId,
  restart,
  device,
  seatOf,
  startPairs,
  teach,
  view,
  student,
} from '../class.testing.ts';

describe('a poll', () => {
  const open = () => teach({ type: 'open-poll', scenarioId: 'three-way-handshake', questionId: 'why-three' });

  test('shows on no student’s wire what is right, why, or how others voted, before it is revealed', async () => {
    const [ana, bo] = [await student('Ana'), await student('Bo')];
    await open();
    clock.advance(250);
    const { poll } = await ana.hear('classroom:view', (one) => one.poll !== null);
    const choices = poll!.choices.map(({ id }) => id);
    const vote = (who: Student, choice: string, id: string) =>
      who.ask('poll:answer', { id, poll: poll!.poll, choice });
    expect(await vote(ana, choices[0]!, 'v1')).toEqual({ ok: true, value: null });
    expect(await vote(bo, choices[1]!, 'v1')).toEqual({ ok: true, value: null });
    expect(await vote(bo, 'no-such', 'v2')).toMatchObject({ error: { code: 'poll/not-found' } });
    clock.advance(250);
    await bo.hear('classroom:view', (one) => one.poll?.answered === 2);
    await teach({ type: 'discuss-poll' });
    expect(await vote(bo, choices[0]!, 'v3')).toEqual({ ok: true, value: null });
    clock.advance(250);
    await bo.hear('classroom:view', (one) => one.poll?.phase === 'second' && one.poll.mine !== null);
    for (const { frames } of [ana, bo]) {
      expect(frames.join('\n')).not.toMatch(/"right"|"because"|"votes"|"rightPct"/);
    }
    expect((await view()).poll).toMatchObject({
      phase: 'second',
      answered: 1,
      votes: { first: { [choices[0]!]: 1, [choices[1]!]: 1 }, second: { [choices[0]!]: 1 } },
    });

    await teach({ type: 'reveal-poll' });
    clock.advance(250);
    const seen = await ana.hear('classroom:view', (one) => one.poll?.phase === 'revealed');
    expect(seen.poll!.votes!.first).toMatchObject({ [choices[0]!]: 1, [choices[1]!]: 1 });
    expect(seen.poll!.choices.filter(({ right }) => right)).toHaveLength(1);
    expect(await vote(ana, choices[1]!, 'v4')).toMatchObject({ error: { code: 'poll/over' } });
  });

  test('is not answered by anybody’s debrief before it has been revealed', async () => {
    const [ana] = [await student('Ana'), await student('Bo')];
    await startPairs('full-life');
    const { tableId } = await seatOf(ana);
    await teach({ type: 'end-round' });
    const asked = async () => (await ana.do('table:watch', { tableId })).about.questions!;
    const answered = async () =>
      (await asked()).flatMap(({ id, choices }) => (choices[0]!.because ? [id] : []));
    expect((await asked()).length).toBeGreaterThan(1);
    const { about } = await teacher.do('table:watch', { tableId });
    const secrets = about.questions!.flatMap(({ choices }) => choices.map(({ because }) => because!.en));
    await open();
    expect(await answered()).toEqual([]);
    expect(ana.frames.filter((frame) => secrets.some((one) => frame.includes(one)))).toEqual([]);
    await teach({ type: 'reveal-poll' });
    expect(await answered()).toEqual(['why-three']);
    await teach({ type: 'close-poll' });
    await restart();
    const back = await device(ana.reply);
    const { questions } = (await back.do('table:watch', { tableId })).about;
    expect(questions!.filter(({ choices }) => choices[0]!.because).map(({ id }) => id)).toEqual([
      'why-three',
    ]);
  });

  test('counts a vote once, however often it is sent, and survives a restart', async () => {
    const ana = await student('Ana');
    await open();
    const { poll } = await ana.do('classroom:watch', {});
    const answer = { id: 'v', poll: poll!.poll, choice: poll!.choices[0]!.id };
    await Promise.all([1, 2, 3].map(() => ana.ask('poll:answer', answer)));
    const log = await lab.app.store.classrooms.read(classroomId);
    expect(log.filter(({ type }) => type === 'poll-answered')).toHaveLength(1);
    await restart();
    expect((await view()).poll).toMatchObject({ answered: 1 });
  });
});
