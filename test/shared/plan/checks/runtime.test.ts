import { refuses } from '../plan-text.ts';

refuses([
  ['an unknown runtime', { runtime: 'podman' }, /runtime: read "podman"; docker, containerd or/],
  [
    'docker with a mirror of another registry',
    {
      kubernetes: { version: '1.23.0', packages: 'aliyun' },
      runtime: { name: 'docker', registryMirrors: { 'quay.io': ['https://a'] } },
    },
    /registryMirrors\["quay\.io"\]: read a list; docker mirrors docker\.io only/,
  ],
  [
    'a mirror without a scheme',
    { runtime: { name: 'containerd', registryMirrors: ['docker.rainbond.cc'] } },
    /registryMirrors\[0\]: read "docker\.rainbond\.cc"; a mirror’s URL/,
  ],
  [
    'a registry with a path',
    { runtime: { name: 'containerd', registryMirrors: { 'a/../b': ['https://a'] } } },
    /a registry is needed as host or host:port/,
  ],
  [
    'an insecure registry with a scheme',
    { runtime: { name: 'containerd', insecureRegistries: ['http://a'] } },
    /insecureRegistries\[0\]: read "http:\/\/a"; .*without http/,
  ],
  [
    'a package that would be an option',
    { runtime: { name: 'containerd', package: '--purge' } },
    /runtime\.package: read "--purge"; the name of a Debian package/,
  ],
]);
