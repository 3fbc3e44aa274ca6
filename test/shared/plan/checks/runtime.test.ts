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
  [
    'a docker mirror with a path',
    {
      kubernetes: { version: '1.23.0', packages: 'aliyun' },
      runtime: { name: 'docker', registryMirrors: { 'docker.io': ['https://h.example.com/a/'] } },
    },
    'runtime.registryMirrors["docker.io"][0]: mirror-path-docker',
  ],
  [
    'a mirror with a query',
    { runtime: { name: 'containerd', registryMirrors: ['https://h.example.com/?ns=docker.io'] } },
    'runtime.registryMirrors[0]: mirror-query',
  ],
  [
    'a mirror with user and password',
    { runtime: { name: 'containerd', registryMirrors: ['https://me:secret@h.example.com'] } },
    'runtime.registryMirrors[0]: mirror-url-invalid',
  ],
  [
    'a host of docker.io in its place',
    { runtime: { name: 'containerd', registryMirrors: { 'registry-1.docker.io': ['https://m.example.com'] } } },
    'runtime.registryMirrors["registry-1.docker.io"]: mirror-registry-alias',
  ],
]);
