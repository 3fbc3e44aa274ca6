import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../shared/preflight/catalogue.ts';
import type { HostStatus, Phase } from '../../../shared/protocol/status.ts';
import { rowOf } from '../../../shared/status/row.ts';
import { clusterSentence } from '../../../shared/status/sentence.ts';
import { now, plannedHost, sampleStatus } from '../../coordinator/web/sample.ts';

const at = Date.parse(now);
const of = (...hosts: HostStatus[]) =>
  clusterSentence(
    hosts.map((host) => rowOf(host)),
    at,
  ).en;
const host = (name: string, phase: Phase): HostStatus => ({
  ...plannedHost(name, '10.0.0.1'),
  phase,
  summary: { en: 'because', zh: 'because' },
});

describe('the cluster’s sentence', () => {
  it('does not count retired hosts', () => {
    expect(of(host('a', 'ready'), host('b', 'retired'))).toBe('The node is Ready.');
  });

  it('names the host that needs an operator before those that make progress', () => {
    expect(of(host('a', 'preparing'), host('b', 'not-ready'), host('c', 'ready'))).toContain('b: because');
  });

  it('names the failed check of a blocked host without its values', () => {
    const [, , node02] = sampleStatus().hosts;
    if (node02 === undefined) throw new Error('the sample has changed');
    const sentence = of(host('a', 'ready'), node02);
    expect(sentence).toContain(`node02 is blocked by a failed check: ${titleOf('ports').en}`);
    expect(sentence).not.toContain('k3s');
  });

  it('estimates the remaining time from the hosts that have done the step', () => {
    const [, node01] = sampleStatus().hosts;
    if (node01 === undefined) throw new Error('the sample has changed');
    const took = (seconds: number) => ({
      state: 'done' as const,
      startedAt: new Date(at - seconds * 1000).toISOString(),
      endedAt: now,
    });
    const done = { ...node01, name: 'node05', steps: node01.steps.map((step) => ({ ...step, ...took(60) })) };
    expect(of(node01)).toMatch(/, 48 s\.$/);
    expect(of(node01, { ...done, phase: 'ready' })).toMatch(/node01 is .*, Ready in about /);
  });
});
