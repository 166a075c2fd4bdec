import { checkConditions } from '../link/check-conditions.ts';
import type { Refusal } from '../refusals.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { State } from '../tcp/state.ts';
import { misfit } from './misfit.ts';
import { ScenarioDocumentSchema } from './schema.ts';
import type { ScenarioDocument } from './schema.ts';
import type { Scenario } from './types.ts';
import { withDefaults } from './with-defaults.ts';
import { SIDES } from './sides.ts';

/**
 * Takes a scenario from outside (the value of a JSON text). Refused with `scenario/invalid`, the `path` at
 * which it goes wrong (`calls[2].when`; empty: the whole), and the `rule` with what its sentence needs:
 *
 * - `missing`, `unknown` (`field`), `type` (`expected`), `one-of` (`allowed`), `at-least`, `at-most`, `length-at-least`, `length-at-most` (`limit`),
 *   `pattern` (`expected`): the schema's;
 * - `conditions` (what `checkConditions` says): a link that cannot be;
 * - `at-most` (`limit`) as well where strangers hold more of a backlog than there is;
 * - `cookie`: an initial number that is to be chosen, where SYN cookies compute it;
 * - `start` (`client`, `server`): states in which no two ends are at the same time;
 * - `rto` (`rtoMs`, `maxRtoMs`): a first time-out above the longest;
 * - `ms-missing`: a delay that does not say how long;
 * - `id-twice` (`id`): questions, or choices of one question, that cannot be told apart;
 * - `nothing-right`: a question without a right choice.
 */
export function parseScenario(value: unknown): Result<Scenario, Refusal> {
  const found = misfit(ScenarioDocumentSchema, value);
  if (found) return refuse({ code: 'scenario/invalid', with: { ...found } });
  const scenario = withDefaults(value as ScenarioDocument);
  const nonsense = checkSense(scenario);
  return nonsense ? refuse({ code: 'scenario/invalid', with: nonsense }) : ok(scenario);
}

type Wrong = Readonly<Record<string, string | number>>;

/** What a schema cannot say. */
function checkSense(scenario: Scenario): Wrong | null {
  for (const side of SIDES) {
    const checked = checkConditions(scenario.link[side]);
    if (!checked.ok) {
      const { field, ...why } = checked.error.with ?? {};
      return { ...why, path: `link.${side}.${field ?? ''}`, rule: 'conditions', why: checked.error.code };
    }
  }
  for (const side of SIDES) {
    const { iss, backlog } = scenario.ends[side];
    if (backlog?.cookies && iss.policy === 'chosen') return { path: `ends.${side}.iss`, rule: 'cookie' };
    const { slots = 0, strangers = [] } = backlog ?? {};
    for (const [i, { halfOpen }] of strangers.entries()) {
      const path = `ends.${side}.backlog.strangers[${i}].halfOpen`;
      if (halfOpen > slots) return { path, rule: 'at-most', limit: slots };
    }
  }
  const { client, server } = scenario.ends;
  if (!canStart(client.start, server.start)) {
    return { path: 'ends', rule: 'start', client: client.start, server: server.start };
  }
  const { rtoMs, maxRtoMs } = scenario.pace;
  if (rtoMs > maxRtoMs) return { path: 'pace', rule: 'rto', rtoMs, maxRtoMs };
  for (const [i, { fault, ms }] of scenario.faults.entries()) {
    if (fault === 'delay' && ms === undefined) return { path: `faults[${i}]`, rule: 'ms-missing' };
  }
  return checkQuestions(scenario);
}

function checkQuestions({ questions }: Scenario): Wrong | null {
  const again = twice(questions);
  if (again !== null) return { path: 'questions', rule: 'id-twice', id: again };
  for (const [i, { choices }] of questions.entries()) {
    const path = `questions[${i}].choices`;
    const same = twice(choices);
    if (same !== null) return { path, rule: 'id-twice', id: same };
    if (!choices.some(({ right }) => right)) return { path, rule: 'nothing-right' };
  }
  return null;
}

function twice(things: readonly { readonly id: string }[]): string | null {
  const seen = new Set<string>();
  for (const { id } of things) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return null;
}

/**
 * Where two ends of one connection can be at the same time, with nothing on its way: a table can start there.
 */
const TOGETHER: readonly (readonly [State, State])[] = [
  ['ESTABLISHED', 'ESTABLISHED'],
  ['FIN-WAIT-2', 'CLOSE-WAIT'],
];

/**
 * In these an end is in the middle of a connection that the other end may have forgotten: half-open (RFC 9293
 * §3.5.1).
 */
const HALF_OPEN: readonly State[] = ['ESTABLISHED', 'FIN-WAIT-2', 'CLOSE-WAIT', 'TIME-WAIT'];

function canStart(client: State, server: State): boolean {
  const apart = (state: State): boolean => state === 'CLOSED' || state === 'LISTEN';
  if (apart(client) && apart(server)) return true;
  if (apart(client)) return HALF_OPEN.includes(server);
  if (apart(server)) return HALF_OPEN.includes(client);
  return TOGETHER.some(([a, b]) => (a === client && b === server) || (b === client && a === server));
}
