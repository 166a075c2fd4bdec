import type { Refusal } from '../refusals.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { Stamp } from '../table/stamp.ts';
import type { Classroom } from './classroom.ts';
import type { ClassroomAsk } from './decide.ts';
import type { ClassroomEntry } from './entry.ts';
import type { ScenarioById } from './is-sealed.ts';
import type { Poll } from './poll.ts';

type PollAsk = Extract<ClassroomAsk, { type: `${string}-poll` }>;

/** Peer instruction: vote alone, talk, vote again, see. At most one poll is open. */
export function decidePoll(
  { polls, players }: Classroom,
  ask: PollAsk,
  scenarioById: ScenarioById | undefined,
  stamp: Stamp,
): Result<readonly ClassroomEntry[], Refusal> {
  const open = polls.find(({ phase }) => phase !== 'closed');
  switch (ask.type) {
    case 'open-poll': {
      const { scenarioId, questionId } = ask;
      const scenario = scenarioById?.(scenarioId);
      if (!scenario) return refuse({ code: 'scenario/not-found' });
      const question = scenario.questions.find(({ id }) => id === questionId);
      if (!question) return refuse({ code: 'poll/not-found' });
      const poll = `poll-${polls.length + 1}`;
      return ok([
        ...(open ? [{ ...stamp, type: 'poll-closed', poll: open.id } as const] : []),
        // The question as it is now: whatever becomes of the scenario, the votes were on this.
        { ...stamp, type: 'poll-opened', poll, scenarioId, question },
      ]);
    }
    case 'answer-poll': {
      const { player, poll: id, choice } = ask;
      const poll = polls.find((one) => one.id === id);
      if (!poll?.question.choices.some((one) => one.id === choice)) return refuse({ code: 'poll/not-found' });
      if (!players.some((one) => one.id === player && !one.removed))
        return refuse({ code: 'player/not-found' });
      if (!isVoting(poll)) return refuse({ code: 'poll/over' });
      return ok([{ ...stamp, type: 'poll-answered', poll: id, player, choice }]);
    }
    default: {
      if (!open) return refuse({ code: 'poll/none' });
      if (ask.poll !== undefined && ask.poll !== open.id) return refuse({ code: 'poll/not-found' });
      return goOn(open, ask.type, stamp);
    }
  }
}

/** From the first vote to the second, to the answer, to the end. */
function goOn(
  open: Poll,
  type: 'discuss-poll' | 'reveal-poll' | 'close-poll',
  stamp: Stamp,
): Result<readonly ClassroomEntry[], Refusal> {
  switch (type) {
    case 'discuss-poll':
      if (open.phase !== 'first') return refuse({ code: 'poll/over' });
      return ok([{ ...stamp, type: 'poll-discussed', poll: open.id }]);
    case 'reveal-poll':
      if (!isVoting(open)) return refuse({ code: 'poll/over' });
      return ok([{ ...stamp, type: 'poll-revealed', poll: open.id }]);
    case 'close-poll':
      return ok([{ ...stamp, type: 'poll-closed', poll: open.id }]);
  }
}

function isVoting({ phase }: Poll): boolean {
  return phase === 'first' || phase === 'second';
}
