import type { Point } from '../../shared/grading/mark.ts';
import type { TraceItem } from '../../shared/table/trace.ts';
import { m } from '../paraglide/messages.js';
import { faultValue } from './fault.ts';
import { lookup } from './lookup.ts';
import { ruleText } from './rule.ts';
import { slipText } from './slip.ts';

/** Why a point was lost. A fault without a name of its own is told by its numbers, and by where to look. */
export function pointText({ code, rule }: Point, item: TraceItem | undefined): string {
  if (code === null) return ruleText(rule);
  if (code !== 'other') return slipText(code);
  if (rule === 'false-call') return m.slip_other_call();
  const faults = item && 'verdict' in item ? (item.verdict?.faults ?? []) : [];
  const plain = faults.filter((fault) => fault.code === 'other');
  const fault = plain.find(({ field }) => field === rule) ?? plain[0];
  if (!fault) return slipText(code);
  const inputs = { given: faultValue(fault.given), needed: faultValue(fault.needed) };
  return lookup(`slip_other_${fault.field}`, inputs) ?? slipText(code);
}
