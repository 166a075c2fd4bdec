import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { settled } from './settled.ts';

const SOURCE = readFileSync(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8');

const WCAG: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  resultTypes: ['violations'],
};

/**
 * What of a page breaks a rule of WCAG 2.2, level AA, as one line for each place: the rule, where, and why.
 */
export async function violations(page: Page): Promise<readonly string[]> {
  // A colour that is still turning into another is nobody's choice.
  await settled(page);
  // Not by a script element: the page's own policy would rightly refuse it.
  await page.evaluate(SOURCE);
  const { violations: found } = await page.evaluate(
    async (options) =>
      (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run(options),
    WCAG,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) =>
        `${id} ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}
