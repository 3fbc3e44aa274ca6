import { expect, it } from 'vitest';
import { sharingHosts } from '../../../coordinator/replica/open.ts';
import type { Plan, Role } from '../../../shared/plan/schema.ts';

const plan = (roles: Record<string, Role>): Plan => {
  const hosts = Object.entries(roles).map(([name, role]) => ({ name, role }));
  return { hosts, settings: { hosts } } as Plan;
};
const inForce = (role: Role) => ({ role, isHeld: false });

it('names the planned control planes', () => {
  expect(sharingHosts(plan({ master01: 'control-plane', node01: 'worker' }), {})).toEqual(['master01']);
});

it('names a control plane that the plan replaces, too, until it has left', () => {
  const planned = plan({ master01: 'worker', node01: 'control-plane' });
  expect(sharingHosts(planned, { master01: inForce('control-plane') })).toEqual(['node01', 'master01']);
  expect(sharingHosts(planned, {})).toEqual(['node01']);
});
