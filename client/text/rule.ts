import type { Rule } from '../../shared/grading/mark.ts';
import { m } from '../paraglide/messages.js';

const RULES: Readonly<Record<Rule, () => string>> = {
  flags: m.rule_flags,
  seq: m.rule_seq,
  ack: m.rule_ack,
  data: m.rule_data,
  state: m.rule_state,
  hints: m.rule_hints,
  attempts: m.rule_attempts,
  unprompted: m.rule_unprompted,
  prediction: m.rule_prediction,
  call: m.rule_call,
  'false-call': m.rule_false_call,
};

/** The rule by which points were given or taken, in a few words. */
export const ruleText = (rule: Rule): string => RULES[rule]();
