import { inEach } from './locales.ts';
import { plainConditions } from '../link/conditions.ts';
import type { ScenarioDocument } from './schema.ts';
import type { EndSetup, LinkBudget, Pace, Question, Rubric, Scenario, Side, Text } from './types.ts';

/** One-way delay at which a flight can be watched, virtual ms. */
const DELAY_MS = 1500;

const END: EndSetup = { start: 'CLOSED', iss: { policy: 'random' }, rcvWnd: 64_240, mss: 1460 };

/**
 * A tenth of what RFC 9293 asks of MSL and ten times what RFC 6298 asks of the first RTO, so that people can
 * keep up with both.
 */
const PACE: Pace = { rtoMs: 12_000, maxRtoMs: 60_000, mslMs: 10_000, thinkMs: 2500 };

/** Enough for the link's seat to matter, not enough to spoil the exercise. */
const BUDGET: LinkBudget = { drop: 2, duplicate: 1, hold: 2, cut: 0, conditions: false };

const RUBRIC: Rubric = {
  flags: 2,
  seq: 2,
  ack: 2,
  data: 1,
  state: 2,
  hintCost: 0.25,
  attemptCost: 0.5,
  prediction: 3,
};

/** The scenario that a document means: what it leaves out is as most exercises have it. */
export function withDefaults(document: ScenarioDocument): Scenario {
  const { id, title, summary, ends, link, pace, budget, rubric, questions, teaches, ...given } = document;
  const endOf = (side: Side): EndSetup => ({
    ...END,
    start: side === 'client' ? 'CLOSED' : 'LISTEN',
    ...ends?.[side],
  });
  return {
    id,
    revision: 1,
    level: 'guided',
    onWrong: 'block',
    askState: true,
    calls: [],
    faults: [],
    hints: null,
    attempts: 3,
    finish: 'closed',
    ...given,
    title: textOf(title),
    summary: textOf(summary),
    ends: { client: endOf('client'), server: endOf('server') },
    link: {
      client: { ...plainConditions(DELAY_MS), ...link?.client },
      server: { ...plainConditions(DELAY_MS), ...link?.server },
    },
    pace: { ...PACE, ...pace },
    budget: { ...BUDGET, ...budget },
    rubric: { ...RUBRIC, ...rubric },
    questions: (questions ?? []).map(questionOf),
    ...(teaches && { teaches }),
  };
}

function questionOf({ id, text, choices }: NonNullable<ScenarioDocument['questions']>[number]): Question {
  return {
    id,
    text: textOf(text),
    choices: choices.map((choice) => ({
      id: choice.id,
      text: textOf(choice.text),
      right: choice.right,
      because: textOf(choice.because),
      ...(choice.misconception && { misconception: choice.misconception }),
    })),
  };
}

/** Whoever teaches in one language writes one text. */
function textOf(text: string | Text): Text {
  return typeof text === 'string' ? inEach(text) : text;
}
