import type { FaultCode } from '../../shared/tcp/verdict.ts';
import { m } from '../paraglide/messages.js';
import { lookup } from './lookup.ts';

/** A misconception (or another fault) in one short sentence, without the numbers of a case. */
export function slipText(code: FaultCode): string {
  return lookup(`slip_${code}`) ?? m.slip_other();
}
