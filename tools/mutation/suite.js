/*
 * What stands in for the package `vitest` while mutants are tested: `describe`, `test` and `expect`, and
 * nothing else of it. Tests are collected here as their files are loaded, and can then be run as often as
 * there are mutants.
 */
import { format } from 'node:util';
import * as chai from 'chai';
import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

/** @typedef {{ id: string, file: string, run: () => unknown }} Case */

/** @type {Case[]} */
let collected = [];
let file = '';
/** @type {string[]} */
const path = [];

/** Loads the test files one after the other, and gives out what they hold. */
export async function collect(
  /** @type {string[]} */ files,
  /** @type {(file: string) => Promise<unknown>} */ load,
) {
  collected = [];
  for (file of files) await load(file);
  return collected;
}

export const expect = chai.expect;

/** @type {(name: string, ...rest: unknown[]) => void} */
export function describe(name, ...rest) {
  path.push(name);
  /** @type {() => void} */ (rest.at(-1))();
  path.pop();
}

/** @type {(name: string, ...rest: unknown[]) => void} */
export function test(name, ...rest) {
  const run = /** @type {() => unknown} */ (rest.at(-1));
  const title = [file, ...path, name].join(' > ');
  // Two rows of a table may read alike.
  const again = collected.filter(({ id }) => id === title || id.startsWith(`${title} #`)).length;
  collected.push({ id: again === 0 ? title : `${title} #${again + 1}`, file, run });
}

test.each =
  (/** @type {readonly unknown[]} */ rows) =>
  (/** @type {string} */ name, /** @type {(...args: unknown[]) => unknown} */ run) => {
    for (const row of rows) {
      const args = Array.isArray(row) ? row : [row];
      const title = name.replace(/\$(\w+)/g, (_, key) =>
        String(/** @type {Record<string, unknown>} */ (row)[key]),
      );
      const used = (title.match(/%[sdj]/g) ?? []).length;
      test(format(title, ...args.slice(0, used)), () => run(...args));
    }
  };
