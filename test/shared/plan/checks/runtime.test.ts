import { refuses } from '../plan-text.ts';

refuses([
  ['an unknown runtime', { runtime: 'podman' }, 'runtime: runtime-invalid'],
  [
    'docker with a mirror of another registry',
    {
      kubernetes: { version: '1.23.0', packages: 'aliyun' },
      runtime: { name: 'docker', registryMirrors: { 'quay.io': ['https://a'] } },
    },
    'runtime.registryMirrors["quay.io"]: mirror-not-docker-io',
  ],
  [
    'a mirror without a scheme',
    { runtime: { name: 'containerd', registryMirrors: ['docker.rainbond.cc'] } },
    'runtime.registryMirrors[0]: mirror-url-invalid',
  ],
  [
    'a registry with a path',
    { runtime: { name: 'containerd', registryMirrors: { 'a/../b': ['https://a'] } } },
    'runtime.registryMirrors["a/../b"]: mirror-registry-invalid',
  ],
  [
    'an insecure registry with a scheme',
    { runtime: { name: 'containerd', insecureRegistries: ['http://a'] } },
    'runtime.insecureRegistries[0]: registry-invalid',
  ],
  [
    'a package that would be an option',
    { runtime: { name: 'containerd', package: '--purge' } },
    'runtime.package: runtime-package-invalid',
  ],
]);
