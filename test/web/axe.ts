import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Call once for each loaded page, before `findings`. */
export const loadAxe = (page: Page) => page.evaluate(axe);

/** A summary of axe's findings, limited to these rules where some are given. */
export async function findings(page: Page, rules?: string[]): Promise<string[]> {
  const options = rules === undefined ? {} : { runOnly: rules };
  const results = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults;
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
