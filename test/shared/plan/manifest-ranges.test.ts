import { expect, test } from 'vitest';
import { manifestRanges } from '../../../shared/plan/manifest-ranges.ts';

const calicoNode = (comment: string) => `
kind: DaemonSet
spec:
  containers:
    - env:
        - name: IP
          value: "autodetect"
${comment}        - name: CALICO_IPV4POOL_CIDR
${comment}          value: "192.168.0.0/16"
`;

test.each([
  [
    'Flannel',
    'net-conf.json: |\n  {\n    "Network": "10.244.0.0/16",\n',
    [{ plugin: 'Flannel', range: '10.244.0.0/16' }],
  ],
  [
    'Flannel in a quoted string',
    String.raw`net-conf.json: "{ \"Network\": \"10.5.0.0/16\" }"`,
    [{ plugin: 'Flannel', range: '10.5.0.0/16' }],
  ],
  ['Calico', calicoNode(''), [{ plugin: 'Calico', range: '192.168.0.0/16' }]],
  ['Calico with a comment', calicoNode('# '), []],
  [
    'Calico in flow style',
    'env: [{name: CALICO_IPV4POOL_CIDR, value: 10.5.0.0/16}]',
    [{ plugin: 'Calico', range: '10.5.0.0/16' }],
  ],
  [
    'Calico’s operator',
    'kind: Installation\nspec:\n  calicoNetwork:\n    ipPools:\n    - blockSize: 26\n      cidr: 192.168.0.0/16\n',
    [{ plugin: 'Calico', range: '192.168.0.0/16' }],
  ],
  ['a pool of something else', 'kind: ConfigMap\ndata:\n  cidr: 192.168.0.0/16\n', []],
])('finds the ranges of %s', (_, manifest, expected) => {
  expect(manifestRanges(manifest)).toEqual(expected);
});
