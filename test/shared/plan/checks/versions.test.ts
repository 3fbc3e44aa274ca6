import { expect, test } from 'vitest';
import { planText, problemsOf, refuses } from '../plan-text.ts';

refuses([
  [
    'a version that YAML reads as a number',
    { kubernetes: { version: 1.3 } },
    'kubernetes.version: kubernetes-version-invalid',
  ],
  [
    'a version before 1.20',
    { kubernetes: { version: '1.19.16', packages: 'aliyun' } },
    'kubernetes.version: version-unsupported',
  ],
  [
    'a release of cri-dockerd that is none',
    { runtime: { name: 'docker', criDockerd: { version: 'v0.3' } } },
    'runtime.criDockerd.version: cri-dockerd-version-invalid',
  ],
  [
    'containerd 2 with 1.22',
    {
      kubernetes: { version: '1.22.17', packages: 'aliyun' },
      runtime: { name: 'containerd', packages: 'docker', version: '2.2.0' },
    },
    'runtime.version: runtime-version-unsupported',
  ],
  [
    'docker 28 with 1.20',
    {
      kubernetes: { version: '1.20.2', packages: 'aliyun' },
      runtime: { name: 'docker', packages: 'aliyun', version: '28.5' },
    },
    'runtime.version: runtime-version-unsupported',
  ],
  [
    'a runtime version that YAML reads as a number',
    { runtime: { name: 'containerd', version: 1.7 } },
    'runtime.version: runtime-version-invalid',
  ],
  [
    'an unknown source of the runtime',
    { runtime: { name: 'containerd', packages: 'docker.com' } },
    'runtime.packages: runtime-source-invalid',
  ],
  [
    'a key of the runtime’s source that is no key',
    { runtime: { name: 'containerd', packages: { url: 'https://m', key: { file: 'text' } } } },
    'runtime.packages.key.file: key-not-armoured',
  ],
  ...[
    ['1.30.2-00', 'public'],
    ['1.24.0-00', 'public'],
    ['1.28.2-00', 'aliyun'],
    ['1.23.0-1.1', 'aliyun'],
    ['1.23.0-0', 'aliyun'],
  ].map(
    ([version, packages]) =>
      [
        `${version} of ${packages}`,
        { kubernetes: { version, packages } },
        'kubernetes.version: revision-of-other-source',
      ] as [string, Record<string, unknown>, string],
  ),
  [
    'the repository of another minor version',
    {
      kubernetes: {
        version: '1.30.2',
        packages: { url: 'https://m.example/core:/stable:/v1.29/deb/', suite: '/', key: 'https://m.example/key' },
      },
    },
    'kubernetes.packages.url: package-url-other-minor',
  ],
  [
    'a pattern as the version of a runtime',
    { runtime: { name: 'docker', version: '26.1.x' } },
    'runtime.version: runtime-version-invalid',
  ],
  ['the public source before 1.24', { kubernetes: { version: '1.23.0' } }, 'kubernetes.packages: version-not-public'],
]);

test.each([
  'https://m.example/repository/v1.0/k8s/',
  'https://m.example/stable:/v1.30/deb/',
])('the package source %s may have Kubernetes 1.30', (url) => {
  const packages = { url, suite: '/', key: 'https://m.example/key' };
  expect(problemsOf(planText({ kubernetes: { version: '1.30.2', packages } }))).toEqual([]);
});
