import { judge, judgeNothing } from '../../shared/tcp/judge.ts';
import { endOf } from '../../shared/tcp/snapshot.ts';
import type { Verdict } from '../../shared/tcp/verdict.ts';
import { problemOf, withInitialNumbers } from './initial-numbers.ts';
import { Reader, isObject, parseLine, show } from './reader.ts';
import type { Json } from './reader.ts';
import { readSnapshot } from './snapshot-fields.ts';
import { toldFault } from './told-fault.ts';

/**
 * `lab judge`: one situation a line in, one verdict a line out, in the same order. A line that cannot be used
 * is answered by `{"id"?,"error"}` and the rest goes on. If `write` returns a promise, it is waited for.
 * Returns the exit status: 0, or 2 if there was such a line.
 */
export async function judgeCases(
  lines: AsyncIterable<string>,
  write: (line: string) => unknown,
): Promise<number> {
  let status = 0;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const answer = judgeLine(line);
    if ('error' in answer) status = 2;
    await write(JSON.stringify(answer));
  }
  return status;
}

type Id = { readonly id?: unknown };
type Answer = Id & ({ readonly error: string } | { readonly verdict: string; readonly faults: unknown[] });

function judgeLine(line: string): Answer {
  const given = parseLine(line.replace(/^\uFEFF/, ''));
  if (typeof given === 'string') return { error: given };
  const id: Id = isPlain(given['id']) ? { id: given['id'] } : {};
  const read = new Reader();
  const snapshot = withInitialNumbers(readSnapshot(read, given, ''));
  if (!('candidate' in given)) {
    read.complain('candidate is missing: give the segment to judge, or null for "nothing to send".');
  } else if (!isNothing(given) && !isObject(given['candidate'])) {
    read.complain(
      `candidate must be a segment, or null for "nothing to send"; it is ${show(given['candidate'])}.`,
    );
  }
  const seg = isNothing(given) ? null : read.segment(given['candidate'], 'candidate', false, 65535);
  const problem = read.problem ?? problemOf(snapshot);
  if (problem !== null) return { ...id, error: problem };
  const end = endOf(snapshot);
  const verdict = seg === null ? judgeNothing(end) : judge(end, seg, { app: 'scripted' });
  return { ...id, ...told(verdict) };
}

function isPlain(id: unknown): boolean {
  return id !== undefined && (typeof id !== 'object' || id === null);
}

function isNothing(given: Json): boolean {
  return given['candidate'] === null || given['candidate'] === 'nothing' || !('candidate' in given);
}

function told(verdict: Verdict): { verdict: Verdict['verdict']; faults: unknown[] } {
  return { verdict: verdict.verdict, faults: verdict.faults.map(toldFault) };
}
