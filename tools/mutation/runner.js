/*
 * A test runner for StrykerJS that stays in one process. What shared/tcp exports is pure: loaded once, the
 * tests can run on it as often as there are mutants, and code that has run before is fast. To start vitest
 * afresh for each of thousands of mutants takes ten times as long. For a mutant in what is evaluated on
 * import, everything is loaded anew.
 */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, createServerModuleRunner } from 'vite';

/**
 * @typedef {import('./suite.js').Case} Case
 * @typedef {{ activeMutant: { id: string }, mutantActivation: 'static' | 'runtime', testFilter?: string[], hitLimit?: number }} MutantRun
 * @typedef {{ activeMutant?: string | undefined, currentTestId?: string | undefined, hitCount: number, hitLimit?: number | undefined, mutantCoverage?: object }} Instrumented
 */

/**
 * The quick tests of shared/tcp, and those of the commands that read tables and stories into it, the long
 * ones last. Left out are those that play at random or explore every state: they catch nearly everything, but
 * slowly, and the question here is whether the plain ones say what each line is for. So is the table of
 * verdicts moved round the circle.
 */
function testFiles() {
  const own = readdirSync('shared/tcp').filter((name) => name.endsWith('.test.ts'));
  const short = own.filter((name) => !/^(laws|model|bounds)\./.test(name));
  return [
    ...short.map((name) => `shared/tcp/${name}`),
    ...['judge', 'trace', 'verdicts'].map((name) => `server/lab/${name}.test.ts`),
    'shared/tcp/bounds.test.ts',
  ];
}

/** Where the code that StrykerJS has instrumented finds which mutant it is to be. */
const global = /** @type {{ __stryker__?: Instrumented }} */ (globalThis);
const stryker = (global.__stryker__ ??= { hitCount: 0 });

class Runner {
  /** @type {import('vite').ViteDevServer | undefined} */
  vite;
  /** @type {Case[]} */
  cases = [];
  isFresh = false;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.vite = await createServer({
      configFile: false,
      logLevel: 'error',
      server: { middlewareMode: true, hmr: false, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true },
      resolve: { alias: { vitest: fileURLToPath(new URL('./suite.js', import.meta.url)) } },
    });
  }

  async load() {
    const { vite } = this;
    if (!vite) throw new Error('not initialized');
    const modules = createServerModuleRunner(vite.environments.ssr, { hmr: false });
    const suite = await modules.import('vitest');
    this.cases = await suite.collect(testFiles(), (/** @type {string} */ file) => modules.import(`/${file}`));
    this.isFresh = true;
  }

  async dryRun() {
    await this.load();
    const tests = [];
    for (const { id, file, run } of this.cases) {
      stryker.currentTestId = id;
      const startedAt = performance.now();
      const failureMessage = await failureOf(run);
      const timeSpentMs = performance.now() - startedAt;
      const told = failureMessage === null ? { status: 0 } : { status: 1, failureMessage };
      tests.push({ id, name: id, fileName: resolve(file), timeSpentMs, ...told });
    }
    stryker.currentTestId = undefined;
    return { status: 'complete', tests, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun(/** @type {MutantRun} */ { activeMutant, mutantActivation, testFilter, hitLimit }) {
    const isStatic = mutantActivation === 'static';
    stryker.hitCount = 0;
    stryker.hitLimit = hitLimit;
    stryker.activeMutant = isStatic ? activeMutant.id : undefined;
    try {
      if (isStatic || !this.isFresh) await this.load();
      this.isFresh = !isStatic;
      stryker.activeMutant = activeMutant.id;
      const killed = await this.firstFailure(testFilter);
      const { hitCount } = stryker;
      // In an endless loop: a test that is caught in it fails, but it is the loop that gives the mutant away.
      if (hitLimit !== undefined && hitCount > hitLimit)
        return { status: 'timeout', reason: `${hitCount} hits` };
      return killed ?? { status: 'survived', nrOfTests: testFilter?.length ?? this.cases.length };
    } catch (error) {
      // Whoever cannot even be loaded is found out.
      this.isFresh = false;
      return { status: 'killed', killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    } finally {
      stryker.activeMutant = undefined;
    }
  }

  async firstFailure(/** @type {string[] | undefined} */ filter) {
    const wanted = filter && new Set(filter);
    let nrOfTests = 0;
    for (const { id, run } of this.cases) {
      if (wanted && !wanted.has(id)) continue;
      nrOfTests++;
      const failureMessage = await failureOf(run);
      if (failureMessage !== null) return { status: 'killed', killedBy: [id], failureMessage, nrOfTests };
    }
    return null;
  }

  async dispose() {
    await this.vite?.close();
  }
}

/** What a test says that fails; null of one that does not. */
async function failureOf(/** @type {() => unknown} */ run) {
  try {
    await run();
    return null;
  } catch (error) {
    return String(error);
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'one-process', injectableClass: Runner }];
