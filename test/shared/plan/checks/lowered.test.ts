import { expect, test } from 'vitest';
import { planOf, refuses } from '../plan-text.ts';

const lower = (id: string, rule: unknown) => ({ preflight: { lower: { [id]: rule } } });

refuses([
  ['an unknown check', lower('cpu-cout', { reason: 'lab' }), /no such check: did you mean `cpu-count`\?/],
  ['a check without a reason', lower('cpu-count', {}), /the reason is needed/],
  ['an empty reason', lower('cpu-count', { reason: ' ' }), /the reason is needed/],
  ['a level other than warning', lower('cpu-count', { to: 'ok', reason: 'lab' }), /warning is needed/],
  ['a check that protects data', lower('left-overs', { reason: 'lab' }), /can’t be lowered/],
  ['a check that never blocks', lower('swap-off', { reason: 'lab' }), /never stops a host/],
]);

test('a lowered check reaches the hosts with its reason', () => {
  const { settings } = planOf(lower('cpu-count', { reason: ' lab hosts ' }));
  expect(settings.preflight.lower).toEqual({ 'cpu-count': { to: 'warning', reason: 'lab hosts' } });
  expect(planOf().settings.preflight.lower).toEqual({});
});
