import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { balancerFacts } from '../../../agent/facts/balancer.ts';
import type { LoadBalancer } from '../../../shared/plan/schema.ts';
import { fakeHost } from '../fake-host.ts';
import { controlPlane, sampleAssignment } from '../samples.ts';

const external: LoadBalancer = { kind: 'external', address: '127.0.0.1' };
const planned = (loadBalancer: LoadBalancer, port = 6443) => {
  const assignment = controlPlane();
  const { settings } = assignment;
  return { ...assignment, settings: { ...settings, loadBalancer, endpoint: { ...settings.endpoint, port } } };
};

test('nothing is looked at without a load balancer, nor on a worker', async () => {
  expect(await balancerFacts(fakeHost(), controlPlane(), [])).toBeNull();
  const worker = sampleAssignment();
  const settings = { ...worker.settings, loadBalancer: external };
  expect(await balancerFacts(fakeHost(), { ...worker, settings }, [])).toBeNull();
});

test('reports whether something listens, the manufacturer, and the site’s keepalived', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const files = { '/sys/class/dmi/id/sys_vendor': 'QEMU\n', '/etc/keepalived/keepalived.conf': '' };
  expect(await balancerFacts(fakeHost({ files }), planned(external, port), [])).toEqual({
    ...{ answer: 'open', siteConfig: true, vendor: 'QEMU', assetTag: null },
  });
  server.close();
  await once(server, 'close');
  expect(await balancerFacts(fakeHost(), planned(external, port), [])).toMatchObject({ answer: 'closed' });
});

test('an address of this host is held', async () => {
  const held = [{ interface: 'eth0', address: '127.0.0.1', mac: '', family: 'ipv4' as const }];
  expect(await balancerFacts(fakeHost(), planned(external), held)).toMatchObject({ answer: 'held' });
});
