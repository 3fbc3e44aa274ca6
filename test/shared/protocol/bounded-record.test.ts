import { expect, it } from 'vitest';
import { reportSchema } from '../../../shared/protocol/report.ts';

const mapping = (value: unknown, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));
const base = { host: 'node01', bootId: 'b', sentAt: '2026-01-01T00:00:00Z', agentVersion: '0.1.0' };
const finding = (values: object) => ({
  ...{ id: 'x', level: 'ok', seen: { en: '', zh: '' }, mends: true, lowered: null, values },
});

/** Processor time; usually below 50 ms, without bounds above 1,000 ms. */
const limitMs = 400;

it.each<[string, object]>([
  ['facts', { facts: { sysctls: mapping(0, 80_000) } }],
  ['valid facts', { facts: { packages: mapping('x', 80_000) } }],
  ['labels of the node', { node: { labels: mapping('x', 80_000) } }],
  ['values of a finding', { findings: [finding(mapping(['x'], 80_000))] }],
  ['values of many findings', { findings: Array(5000).fill(finding(mapping('x', 16))) }],
  ['values of a diagnosis', { diagnosis: { values: mapping([], 80_000) } }],
])('a report of 1 MB that has only %s costs no more than its size', (_, more) => {
  const before = process.cpuUsage();
  const { success } = reportSchema.safeParse({ ...base, ...more });
  expect(success).toBe(false);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(limitMs);
});

it('a report with as many values as agents send is accepted', () => {
  expect(reportSchema.safeParse({ ...base, findings: Array(200).fill(finding(mapping('x', 16))) }).success).toBe(true);
});
