import { expect, it } from 'vitest';
import { blockedEvents, diagnosisEvents, lossEvents } from '../../../coordinator/observing/report-events.ts';
import type { Diagnosis } from '../../../shared/protocol/diagnosis.ts';
import { sampleFinding } from '../../agent/samples.ts';
import { facts } from '../support.ts';

const text = { en: 'English', zh: '中文' };
const diagnosis = (id: string) => ({ id, title: text, cause: text }) as Diagnosis;
const kinds = (events: readonly { kind: string }[]) => events.map(({ kind }) => kind);

it('reports a diagnosis once, a different one, and its end', () => {
  expect(kinds(diagnosisEvents(null, diagnosis('a')))).toEqual(['diagnosed:a']);
  expect(kinds(diagnosisEvents(diagnosis('a'), diagnosis('a')))).toEqual([]);
  expect(kinds(diagnosisEvents(diagnosis('a'), diagnosis('b')))).toEqual(['diagnosed:b']);
  expect(kinds(diagnosisEvents(diagnosis('b'), null))).toEqual(['resolved']);
  expect(kinds(diagnosisEvents(null, null))).toEqual([]);
});

it('reports once that the cluster is lost', () => {
  const [held, lost] = [facts({ createdCluster: 'held' }), facts({ createdCluster: 'lost' })];
  expect(kinds(lossEvents(held, lost))).toEqual(['cluster-lost']);
  expect(lossEvents(lost, lost)).toEqual([]);
  expect(lossEvents(undefined, held)).toEqual([]);
});

it('reports an error that begins or stops to block steps', () => {
  const [masked, memory] = [sampleFinding({ id: 'masked-units' }), sampleFinding({ id: 'memory' })];
  expect(kinds(blockedEvents([], [masked]))).toEqual(['check-failed']);
  expect(kinds(blockedEvents([masked], [masked, { ...memory, mends: true }]))).toEqual([]);
  expect(kinds(blockedEvents([masked], [memory]))).toEqual(['check-failed', 'check-passed']);
});
