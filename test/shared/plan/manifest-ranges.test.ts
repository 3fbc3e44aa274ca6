import { expect, test } from 'vitest';
import { missingApi } from '../../../shared/plan/manifest-apis.ts';
import { manifestRanges, otherRange, ownRange } from '../../../shared/plan/manifest-ranges.ts';

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
  [
    'Calico with a comment between name and value',
    '  - name: CALICO_IPV4POOL_CIDR\n    # must be the pod range\n    value: "10.5.0.0/16"\n',
    [{ plugin: 'Calico', range: '10.5.0.0/16' }],
  ],
  [
    'Calico with the value first',
    '  - value: 10.5.0.0/16\n    name: CALICO_IPV4POOL_CIDR\n',
    [{ plugin: 'Calico', range: '10.5.0.0/16' }],
  ],
  [
    'Calico after another variable with a range',
    '  - name: OTHER\n    value: 10.9.0.0/16\n  - name: CALICO_IPV4POOL_CIDR\n    value: 10.5.0.0/16\n',
    [{ plugin: 'Calico', range: '10.5.0.0/16' }],
  ],
  [
    'Calico as JSON',
    '{"env": [{"name": "CALICO_IPV4POOL_CIDR", "value": "10.5.0.0/16"}]}',
    [{ plugin: 'Calico', range: '10.5.0.0/16' }],
  ],
  ['Flannel in a comment', '#    "Network": "10.244.0.0/16",\n', []],
  ['Cilium', 'data:\n  cluster-pool-ipv4-cidr: "10.0.0.0/8"\n', [{ plugin: 'Cilium', range: '10.0.0.0/8' }]],
  ['Weave Net', '  - name: IPALLOC_RANGE\n    value: 10.32.0.0/12\n', [{ plugin: 'Weave Net', range: '10.32.0.0/12' }]],
  ['a pool of something else', 'kind: ConfigMap\ndata:\n  cidr: 192.168.0.0/16\n', []],
])('finds the ranges of %s', (_, manifest, expected) => {
  expect(manifestRanges(manifest)).toEqual(expected);
});

test('Calico may use a part of the planned range, Flannel may not', () => {
  const calico = (range: string) => `kind: IPPool\nspec:\n  cidr: ${range}\n`;
  expect(otherRange(calico('10.244.128.0/17'), '10.244.0.0/16')).toBeNull();
  expect(otherRange(calico('10.244.0.0/15'), '10.244.0.0/16')).toMatchObject({ range: '10.244.0.0/15' });
  expect(otherRange('"Network": "10.244.128.0/17"', '10.244.0.0/16')).toMatchObject({ plugin: 'Flannel' });
});

test('Cilium and Weave Net also work with a range of their own', () => {
  const cilium = 'data:\n  cluster-pool-ipv4-cidr: "10.0.0.0/8"\n';
  expect(otherRange(cilium, '10.244.0.0/16')).toBeNull();
  expect(ownRange(cilium, '10.244.0.0/16')).toEqual({ plugin: 'Cilium', range: '10.0.0.0/8' });
  expect(ownRange(cilium, '10.0.0.0/8')).toBeNull();
});

test.each([
  ['policy/v1', 20, 21],
  ['autoscaling/v2', 22, 23],
  ['apps/v1beta2', 20, null],
  ['networking.k8s.io/v1beta1', 22, 21],
  ['batch/v1beta1', 25, 24],
  ['autoscaling/v2beta2', 26, 25],
])('%s: not in 1.%i, but in 1.%s', (api, without, having) => {
  const manifest = `apiVersion: ${api}\nkind: X\n`;
  expect(missingApi(manifest, without)).toBe(api);
  if (having !== null) expect(missingApi(manifest, having)).toBeNull();
});

test('a kind that an API version got after others were removed is not missing', () => {
  const manifest = 'kind: A\napiVersion: v1\n---\nkind: ServiceCIDR\napiVersion: networking.k8s.io/v1beta1\n';
  expect(missingApi(manifest, 31)).toBeNull();
  expect(missingApi(manifest, 30)).toBe('networking.k8s.io/v1beta1');
  expect(missingApi(manifest.replace('ServiceCIDR', 'Ingress'), 31)).toBe('networking.k8s.io/v1beta1');
});
