import { expect, it } from 'vitest';
import { affectedHosts } from '../../../coordinator/plan/affected.ts';
import { parsePlan } from '../../../shared/plan/parse.ts';
import type { Plan } from '../../../shared/plan/schema.ts';
import { planText } from '../support.ts';

function planOf(text: string): Plan {
  const { plan } = parsePlan(text, { readFile: () => '' });
  if (plan === null) throw new Error('the plan is invalid');
  return plan;
}
const before = planOf(planText());

it('is no host if nothing changed', () => {
  expect(affectedHosts(before, planOf(planText()))).toEqual({ own: [], all: false });
});

it('is the host whose labels changed', () => {
  const after = planOf(planText().replace('disk: ssd', 'disk: hdd'));
  expect(affectedHosts(before, after)).toEqual({ own: ['node01'], all: false });
});

it('is every host if a setting of the cluster changed', () => {
  expect(affectedHosts(before, planOf(planText().replace('1.23.0', '1.23.1')))).toEqual({ own: [], all: true });
});

it('is the new host, and every other, if the set of hosts changed', () => {
  const more = planText('  - {name: node03, address: 10.77.0.13, role: worker}\n');
  expect(affectedHosts(before, planOf(more))).toEqual({ own: ['node03'], all: true });
});
