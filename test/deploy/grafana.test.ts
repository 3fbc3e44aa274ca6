import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../../coordinator/observing/metrics.ts';

const folder = join(import.meta.dirname, '../../deploy/grafana');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** The metric names in an expression: the words with an underscore that are neither assigned nor called. */
function metricsIn(expression: string): string[] {
  const words = expression.replace(/"[^"]*"/g, '').match(/\b[a-z][a-z0-9]*(_[a-z0-9]+)+\b(?!\s*[(=])/g) ?? [];
  return words.map((word) => word.replace(/_(bucket|sum|count)$/, ''));
}

test('the dashboard queries only existing metrics', () => {
  const dashboard = JSON.parse(read('muster.json')) as { panels: { targets: { expr: string }[] }[] };
  const asked = dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr)));
  const known = createMetrics().names();
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.filter((name) => !known.includes(name))).toEqual([]);
});

test('the page on observability lists every metric of muster’s own, and no other', () => {
  const page = readFileSync(join(folder, '../../docs/reference/observability.md'), 'utf8');
  const named = new Set(page.match(/\bmuster_[a-z_]+/g));
  const own = createMetrics()
    .names()
    .filter((name) => name.startsWith('muster_'));
  expect([...named].sort()).toEqual(own.sort());
});

test('the scrape configuration uses HTTPS and the token', () => {
  const {
    scrape_configs: [scrape],
  } = parse(read('prometheus.yml'));
  expect(scrape).toMatchObject({ scheme: 'https', authorization: { credentials_file: expect.any(String) } });
});
