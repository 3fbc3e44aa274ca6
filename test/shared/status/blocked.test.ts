import { expect, test } from 'vitest';
import type { HostStatus } from '../../../shared/protocol/status.ts';
import { blockedText } from '../../../shared/status/blocked.ts';
import { definitionOf } from '../../../shared/steps/catalogue.ts';
import { sampleFinding } from '../../agent/samples.ts';

const steps = [{ id: 'runtime-config', state: 'blocked' }] as unknown as HostStatus['steps'];
const of = (id: string, more = {}) =>
  blockedText({ steps: [], findings: [sampleFinding({ id })], wasReady: true, ...more })?.en;

test('says which steps wait for an error, and nothing where none blocks', () => {
  expect(of('docker-config', { steps })).toContain(definitionOf['runtime-config'].title.en);
  expect(of('memory')).not.toBe(of('root'));
  expect(blockedText({ steps, findings: [sampleFinding({ mends: true })], wasReady: true })).toBeNull();
});

test('a likeness to another host blocks everything only before the host is a node', () => {
  expect(of('unique-mac', { wasReady: false })).toBe(of('root'));
  expect(of('unique-mac')).toBe(of('memory'));
});
