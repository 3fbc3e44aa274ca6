import { refuses } from '../plan-text.ts';

refuses([
  [
    'a version that YAML reads as a number',
    { kubernetes: { version: 1.3 } },
    /kubernetes\.version: read "1\.3"; a Kubernetes version/,
  ],
  ['a version before 1.20', { kubernetes: { version: '1.19.16', packages: 'aliyun' } }, /1\.20\.0 or newer is needed/],
  [
    'docker with 1.24',
    { kubernetes: { version: '1.24.0' }, runtime: 'docker' },
    /runtime: read "docker"; .*containerd is needed for 1\.24/,
  ],
  [
    'docker with 1.24, in the long form',
    { runtime: { name: 'docker' } },
    /runtime\.name: read "docker"; .*containerd is needed for 1\.30/,
  ],
  [
    'the public source before 1.24',
    { kubernetes: { version: '1.23.0' } },
    /kubernetes\.packages: read nothing; the public source has packages from 1\.24/,
  ],
]);
