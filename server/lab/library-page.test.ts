import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { MISCONCEPTION_CODES, PLAIN_FAULT_CODES } from '../../shared/tcp/verdict.ts';
import { judgeCases } from './judge.ts';
import { traceSteps } from './trace/trace.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs', 'judge-as-a-library.md'), 'utf8');

function blocks(language: string): string[] {
  return [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, is, code]) =>
    is === language && code !== undefined ? [code] : [],
  );
}

async function* once(line: string): AsyncGenerator<string> {
  yield line;
}

describe('docs/judge-as-a-library.md', () => {
  test('its example runs and prints what the page says', async () => {
    const [example = ''] = blocks('ts');
    const folder = mkdtempSync(join(tmpdir(), 'library-page-'));
    const printed: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((...words: unknown[]) => {
      printed.push(words.join(' '));
    });
    try {
      const file = join(folder, 'example.ts');
      writeFileSync(file, example.replaceAll("'../shared/", `'${join(root, 'shared')}/`));
      await import(/* @vite-ignore */ pathToFileURL(file).href);
    } finally {
      log.mockRestore();
      rmSync(folder, { recursive: true });
    }
    expect(printed).toEqual([...example.matchAll(/^\/\/> (.*)$/gm)].map(([, line]) => line));
    expect(printed).toHaveLength(2);
    expect(
      example
        .trim()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('//>')).length,
    ).toBeLessThan(24);
  });

  test('its situation is due, and its steps are steps', async () => {
    const told: string[] = [];
    expect(await judgeCases(once(blocks('json')[0] ?? ''), (line) => told.push(line))).toBe(0);
    expect(JSON.parse(told[0] ?? '')).toEqual({ id: 'L1', verdict: 'due', faults: [] });
    const steps = [...page.matchAll(/^\| `(\{.*?\})` /gm)].map(([, step]) => step ?? '');
    expect(steps).toHaveLength(5);
    for (const step of steps) expect(await traceSteps(once(step), () => undefined), step).toBe(0);
  });

  test('it lists every code', () => {
    for (const code of PLAIN_FAULT_CODES) expect(page).toContain(`| \`${code}\``);
    expect(MISCONCEPTION_CODES.at(-1)).toBe('M36');
  });
});
