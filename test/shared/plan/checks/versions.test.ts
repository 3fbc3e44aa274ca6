import { refuses } from '../plan-text.ts';

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
  ['docker with 1.24', { kubernetes: { version: '1.24.0' }, runtime: 'docker' }, 'runtime: docker-unsupported'],
  ['docker with 1.24, in the long form', { runtime: { name: 'docker' } }, 'runtime.name: docker-unsupported'],
  ['the public source before 1.24', { kubernetes: { version: '1.23.0' } }, 'kubernetes.packages: version-not-public'],
]);
