import { expect, test } from 'vitest';
import { openFindings, selects, stepSeconds, stuckBecause } from '../../../shared/status/host.ts';
import { verbatim } from '../../../shared/text/local-text.ts';
import { now, sampleStatus } from '../../coordinator/web/sample.ts';

test('a step being applied counts its time until now, a finished one its own', () => {
  const at = Date.parse(now);
  const step = sampleStatus().hosts[1]?.steps.find(({ state }) => state === 'applying');
  if (step === undefined) throw new Error('no such step');
  expect(stepSeconds(step, at)).toBe(48);
  expect(stepSeconds({ ...step, state: 'done', endedAt: '2026-03-04T12:04:22.000Z' }, at)).toBe(10);
  expect(stepSeconds({ ...step, startedAt: null }, at)).toBeNull();
});

test('findings that muster fixes are omitted, and errors come first', () => {
  const texts = { seen: verbatim(''), needed: verbatim(''), remedy: verbatim('') };
  const finding = { id: 'x', ...texts, command: '', lowered: null };
  const findings = [
    { ...finding, id: 'a', level: 'warning' as const, mends: false },
    { ...finding, id: 'b', level: 'error' as const, mends: true },
    { ...finding, id: 'c', level: 'error' as const, mends: false },
    { ...finding, id: 'd', level: 'ok' as const, mends: false },
  ];
  expect(openFindings({ findings }).map(({ id }) => id)).toEqual(['c', 'a']);
});

test('a silent host gets an explanation, a blocked host whose finding explains it does not', () => {
  const [ready, , blocked, silent] = sampleStatus().hosts;
  if (!ready || !blocked || !silent) throw new Error('the sample has changed');
  expect(stuckBecause(ready)).toBeNull();
  expect(stuckBecause(blocked)).toBeNull();
  expect(stuckBecause({ ...blocked, findings: [] })?.summary.en).toContain('10250');
  expect(stuckBecause(silent)?.summary.en).toContain('no contact');
});

const node12 = { name: 'node12', address: '10.0.3.7', phase: 'failed' as const };

test.each([
  ['nothing', {}, true],
  ['a part of the name in any case, with spaces around', { search: ' NODE1 ' }, true],
  ['a part of the address', { search: '.3.7' }, true],
  ['another text', { search: 'node2' }, false],
  ['its phase', { phase: 'failed' as const }, true],
  ['another phase', { phase: 'ready' as const, search: 'node12' }, false],
])('a host is selected by %s: %o', (_what, wanted, expected) => {
  expect(selects(wanted)(node12)).toBe(expected);
});
