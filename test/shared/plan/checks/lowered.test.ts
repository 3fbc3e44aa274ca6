import { expect, test } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { planOf, planText, refuses } from '../plan-text.ts';

const lower = (id: string, rule: unknown) => ({ preflight: { lower: { [id]: rule } } });

refuses([
  ['an unknown check', lower('cpu-cout', { reason: 'lab' }), 'preflight.lower.cpu-cout: check-unknown'],
  ['a check without a reason', lower('cpu-count', {}), 'preflight.lower.cpu-count.reason: lower-reason-invalid'],
  ['an empty reason', lower('cpu-count', { reason: ' ' }), 'preflight.lower.cpu-count.reason: lower-reason-invalid'],
  [
    'a level other than warning',
    lower('cpu-count', { to: 'ok', reason: 'lab' }),
    'preflight.lower.cpu-count.to: lower-to-invalid',
  ],
  ['a check that protects data', lower('left-overs', { reason: 'lab' }), 'preflight.lower.left-overs: check-fixed'],
  ['a check that never blocks', lower('swap-off', { reason: 'lab' }), 'preflight.lower.swap-off: check-never-blocks'],
]);

test.each([
  ['NumCPU', 'cpu-count'],
  ['mem', 'memory'],
  ['Port-6443', 'ports'],
  ['SystemVerification', 'kernel-config'],
  ['FileExisting-conntrack', 'base-programs'],
  ['cpu', 'cpu-count'],
])('for %s, %s is suggested', (id, meant) => {
  const { problems } = parsePlan(planText(lower(id, { reason: 'lab' })), { readFile: () => '' });
  expect(problems).toMatchObject([{ code: 'check-unknown', message: { en: expect.stringContaining(`${meant}?`) } }]);
});

test('a lowered check reaches the hosts with its reason', () => {
  const { settings } = planOf(lower('cpu-count', { reason: ' lab\n  hosts ' }));
  expect(settings.preflight.lower).toEqual({ 'cpu-count': { to: 'warning', reason: 'lab hosts' } });
  expect(planOf().settings.preflight.lower).toEqual({});
});
