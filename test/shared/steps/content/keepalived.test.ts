import { expect, test } from 'vitest';
import { keepalivedConfig, virtualAddress } from '../../../../shared/steps/content/keepalived.ts';
import { planOf } from '../../plan/plan-text.ts';

const { settings } = planOf({ loadBalancer: { keepalived: { address: '10.1.0.100', routerId: 51 } } });
const masters = [1, 2, 3].map((number) => ({
  ...{ name: `master0${number}`, address: `10.1.0.${number}`, role: 'control-plane' as const },
}));
const several = { ...settings, hosts: masters };

test('each control plane sends advertisements to the others, and none preempts the holder', () => {
  const planned = virtualAddress(several, 'control-plane');
  if (planned === null) throw new Error('no virtual address');
  const config = keepalivedConfig(several, { name: 'master02', address: '10.1.0.2' }, planned, 'ens3');
  expect(config).toContain('  unicast_src_ip 10.1.0.2\n  unicast_peer {\n    10.1.0.1\n    10.1.0.3\n  }\n');
  expect(config).toContain('  state BACKUP\n  nopreempt\n  interface ens3\n  virtual_router_id 51\n  priority 99\n');
  expect(config).not.toContain('weight');
});

test('workers never hold the address', () => {
  expect(virtualAddress(several, 'worker')).toBeNull();
});
