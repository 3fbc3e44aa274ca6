import { expect, test } from 'vitest';
import { planText, problemsOf } from '../plan-text.ts';

const aliyun = 'registry.aliyuncs.com/google_containers';
const hangzhou = 'registry.cn-hangzhou.aliyuncs.com/google_containers';

/** The code of the problem of an image repository; undefined: none. */
function judge(version: string, imageRepository: string, components = {}) {
  const kubernetes = { version, packages: 'aliyun', imageRepository, components };
  return problemsOf(planText({ kubernetes }))[0]?.split(': ')[2];
}

test.each([
  ['1.20.15', 'registry.k8s.io', undefined],
  ['1.21.1', 'registry.k8s.io', undefined],
  ['1.21.14', 'registry.k8s.io', 'images-without-coredns'],
  ['1.22.16', 'registry.k8s.io', 'images-without-coredns'],
  ['1.22.17', 'registry.k8s.io', undefined],
  ['1.23.14', 'registry.k8s.io', 'images-without-coredns'],
  ['1.24.8', 'registry.k8s.io', 'images-without-coredns'],
  ['1.24.9', 'registry.k8s.io', undefined],
  ['1.34.1', 'registry.k8s.io', undefined],
  ['1.21.0', aliyun, 'images-without-coredns'],
  ['1.21.1', hangzhou, 'images-without-coredns'],
  ['1.21.2', aliyun, undefined],
  ['1.23.0', aliyun, undefined],
  ['1.21.0', 'harbor.corp.example/k8s', undefined],
  ['1.23.14', 'k8s.gcr.io', undefined],
  ['1.30.2', 'k8s.gcr.io', 'images-frozen'],
  ['1.20.2', 'us.gcr.io/k8s-artifacts-prod', undefined],
  ['1.27.0', 'us.gcr.io/k8s-artifacts-prod', 'images-frozen'],
  ['1.20.2', 'gcr.io/google-containers', 'images-frozen'],
  ['1.30.2', 'gcr.io/google_containers', 'images-frozen'],
  ['1.23.0', 'mirrorgooglecontainers', 'images-frozen'],
  ['1.23.0', 'docker.io/mirrorgooglecontainers', 'images-frozen'],
])('%s from %s: %s', (version, repository, problem) => {
  expect(judge(version, repository)).toBe(problem);
});

test('CoreDNS from a repository of its own needs no check', () => {
  const components = { clusterConfiguration: { dns: { imageRepository: 'registry.k8s.io/coredns' } } };
  expect(judge('1.23.14', 'registry.k8s.io', components)).toBeUndefined();
});

test('a mirror may have images that a frozen repository has not', () => {
  const kubernetes = { version: '1.30.2', imageRepository: 'k8s.gcr.io' };
  const runtime = (registry: string) => ({
    name: 'containerd',
    registryMirrors: { [registry]: ['https://mirror.example'] },
  });
  expect(problemsOf(planText({ kubernetes, runtime: runtime('k8s.gcr.io') }))).toEqual([]);
  expect(problemsOf(planText({ kubernetes, runtime: runtime('ghcr.io') }))).toHaveLength(1);
});
