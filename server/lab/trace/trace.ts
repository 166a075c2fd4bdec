import { parseLine, show } from '../reader.ts';
import type { Json } from '../reader.ts';
import { takeIn } from './arrival.ts';
import { takeCall, takeTimer } from './call.ts';
import { takeOut } from './sending.ts';
import { takeStart } from './start.ts';
import { newTrace, numbers } from './traced.ts';
import type { Trace, Taken } from './traced.ts';

/**
 * `lab trace`: one end's view, a step a line; after each step a line with the state and the numbers that RFC
 * 9293 gives this end, for a segment sent also the verdict. A step that cannot be used is answered by
 * `{"error"}` beside them, changes nothing, and the rest goes on. If `write` returns a promise, it is waited
 * for. Returns the exit status: 0, or 2 if there was such a step.
 */
export async function traceSteps(
  lines: AsyncIterable<string>,
  write: (line: string) => unknown,
): Promise<number> {
  let status = 0;
  let trace = newTrace();
  let first = true;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const step = parseLine(first ? line.replace(/^\uFEFF/, '') : line);
    const taken = typeof step === 'string' ? step : take(trace, step, first);
    first = false;
    if (typeof taken === 'string') {
      status = 2;
      await write(JSON.stringify({ error: taken, ...numbers(trace) }));
      continue;
    }
    trace = taken.trace;
    await write(JSON.stringify({ ...numbers(trace), ...taken.answer }));
  }
  return status;
}

function take(trace: Trace, step: Json, first: boolean): Taken | string {
  if ('start' in step) {
    return first ? takeStart(trace, step['start']) : 'start is for the first line only.';
  }
  if ('app' in step) return takeCall({ ...trace, burst: null }, step);
  if ('timer' in step) return takeTimer({ ...trace, burst: null }, step['timer']);
  if (step['dir'] === 'in') return takeIn(trace, step);
  if (step['dir'] === 'out') return takeOut(trace, step);
  return `A step has "app", "dir" ("in" or "out"), "timer" or, on the first line, "start"; this is ${show(step)}.`;
}
