import { expect, test } from 'vitest';
import { stepsOf } from '../../../shared/steps/catalogue.ts';
import { describeSteps } from '../../../shared/steps/describe.ts';
import { assignmentOf } from '../kubeadm/assignment.ts';

test.each([
  ['master01', 'init'],
  ['node01', 'join'],
] as const)('%s has every step of %s, each with what it does', (host, bootstrap) => {
  const steps = describeSteps(assignmentOf(host));
  expect(steps.map(({ id }) => id)).toEqual(stepsOf(bootstrap).map(({ id }) => id));
  for (const { lines } of steps) expect(lines).not.toEqual([]);
});

test('packages are shown with the version that apt is asked for', () => {
  const lines = (version: string) =>
    describeSteps(assignmentOf('node01', { kubernetes: { version } })).find(({ id }) => id === 'packages')?.lines;
  expect(lines('1.30.2-1.1')).toContain(
    'apt-get install containerd kubeadm=1.30.2-1.1 kubelet=1.30.2-1.1 kubectl=1.30.2-1.1',
  );
  expect(lines('1.30.2')?.[1]).toContain('kubeadm=1.30.2-*');
});

test('planned labels and taints are shown for their host', () => {
  const hosts = [
    { name: 'master01', address: '10.1.0.1', role: 'control-plane' },
    { name: 'node01', address: '10.1.0.2', role: 'worker', labels: { disk: 'ssd' }, taints: ['a=b:NoSchedule'] },
  ];
  const lines = (host: string) =>
    describeSteps(assignmentOf(host, { hosts })).find(({ id }) => id === 'labels-and-taints')?.lines;
  expect(lines('node01')).toEqual(['label disk=ssd', 'taint a=b:NoSchedule']);
  expect(lines('master01')).toEqual(['none are planned']);
});

test('the rule that holds packets to services is shown with the planned range', () => {
  const plan = assignmentOf('node01', { network: { plugin: { flannel: 'v0.25.1' }, serviceSubnet: '10.97.0.0/16' } });
  const join = describeSteps(plan).find(({ id }) => id === 'kubeadm-join');
  expect(join?.lines[0]).toBe(
    'iptables -I OUTPUT -d 10.97.0.0/16 -m comment --comment muster -j DROP, until the node is Ready',
  );
});
