import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePlan } from '../../../shared/plan/parse.ts';
import type { Plan } from '../../../shared/plan/schema.ts';

const examples = new URL('../../../deploy/examples/', import.meta.url);

function example(name: string): Plan {
  const read = (path: string) => readFileSync(new URL(path, examples), 'utf8');
  const { plan, problems } = parsePlan(read(name), { readFile: read });
  if (plan === null) throw new Error(JSON.stringify(problems));
  return plan;
}

test('the tutorial’s example equals the tutorial', () => {
  const { settings, hosts } = example('tutorial.yaml');
  expect(settings.kubernetes).toMatchObject({
    version: '1.23.0',
    imageRepository: 'registry.cn-hangzhou.aliyuncs.com/google_containers',
    packages: { url: 'https://mirrors.aliyun.com/kubernetes/apt', suite: 'kubernetes-xenial' },
  });
  expect(settings.runtime).toMatchObject({
    name: 'docker',
    package: 'docker-ce',
    packages: { url: 'https://mirrors.aliyun.com/docker-ce', suite: null },
    registryMirrors: { 'docker.io': ['https://docker.rainbond.cc'] },
  });
  expect(settings.network.plugin.title).toBe('Calico v3.24.1');
  expect(hosts.map(({ name, address, role }) => `${name} ${address} ${role}`)).toEqual([
    'master01 192.168.0.130 control-plane',
    'node01 192.168.0.131 worker',
    'node02 192.168.0.132 worker',
  ]);
});

test('the example for production has three control planes and a virtual address', () => {
  const { settings, hosts, backup } = example('three-masters.yaml');
  expect(hosts.map(({ role }) => role)).toEqual([...Array(3).fill('control-plane'), 'worker', 'worker']);
  expect(settings.loadBalancer).toMatchObject({ kind: 'keepalived', address: '192.168.0.100' });
  expect(backup.copies).toEqual(['master02', 'master03']);
});

test('the current example uses containerd and the public source', () => {
  const { settings, hosts } = example('current.yaml');
  expect(settings.runtime.name).toBe('containerd');
  expect(settings.kubernetes.packages.url).toMatch(/^https:\/\/pkgs\.k8s\.io\//);
  expect(settings.kubernetes.imageRepository).toBe('registry.k8s.io');
  expect(hosts.find((host) => host.name === 'gpu1')?.taints).toEqual([
    { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' },
  ]);
});
