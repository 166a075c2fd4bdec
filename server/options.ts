import { parseArgs } from 'node:util';
import { ok, refuse, type Result } from '../shared/result.ts';

/** What was given on a command line, by name without dashes. */
export type Options = ReadonlyMap<string, string>;

/**
 * The options of a command line, `--port 4000` or
 * `--port=4000`; the last of a name counts. What is none of these `names`, or lacks its value, is refused
 * with one line that says so.
 */
export function readOptions(args: readonly string[], names: readonly string[]): Result<Options, string> {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    strict: false,
    tokens: true,
  });
  const found = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== 'option' || !names.includes(token.name)) {
      const typed =
        token.kind === 'option' ? token.rawName : token.kind === 'positional' ? token.value : '--';
      const known = names.map((name) => `--${name}`).join(', ');
      return refuse(`Unknown option "${typed}". The options are ${known} and --help.`);
    }
    if (!token.value) return refuse(`${token.rawName} needs a value.`);
    found.set(token.name, token.value);
  }
  return ok(found);
}
