import { expect, test } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { filesBeside, planOf, planText, refuses } from '../plan-text.ts';

const own = {
  endpoints: ['https://10.0.0.1:2379', 'https://etcd2.example.com:2379', 'https://10.0.0.3:2379'],
  caFile: '/etc/etcd/pki/ca.crt',
  certFile: '/etc/etcd/pki/client.crt',
  keyFile: '/etc/etcd/pki/client.key',
};
const external = (more: Record<string, unknown> = {}) => ({ etcd: { external: { ...own, ...more } } });
const warningsOf = (sections: Record<string, unknown>) =>
  parsePlan(planText(sections), { readFile: filesBeside({}) }).warnings.map(({ path, code }) => `${path}: ${code}`);

test('each control plane has a member by default', () => {
  for (const sections of [{}, { etcd: 'stacked' }]) expect(planOf(sections).settings.etcd).toEqual({ kind: 'stacked' });
});

test('an external etcd is kept as written', () => {
  expect(planOf(external()).settings.etcd).toEqual({ kind: 'external', ...own });
  expect(warningsOf(external())).toEqual([]);
});

test('an even number of endpoints is advised against, an even number of control planes is not', () => {
  const hosts = ['131', '132'].map((last) => ({
    ...{ name: `master${last}`, address: `192.168.0.${last}`, role: 'control-plane' },
  }));
  expect(warningsOf({ ...external({ endpoints: own.endpoints.slice(1) }), hosts })).toEqual([
    'etcd.external.endpoints: etcd-endpoints-even',
  ]);
});

const at = (url: string) => external({ endpoints: [url] });
const first = 'etcd.external.endpoints[0]';

refuses([
  ['another word', { etcd: 'embedded' }, 'etcd: etcd-invalid'],
  ['no kind', { etcd: {} }, 'etcd.external: etcd-external-invalid'],
  ['no endpoint', external({ endpoints: [] }), 'etcd.external.endpoints: etcd-endpoints-invalid'],
  ['plain http', at('http://10.0.0.1:2379'), `${first}: etcd-endpoint-invalid`],
  ['an endpoint without a port', at('https://10.0.0.1'), `${first}: etcd-endpoint-invalid`],
  ['a port above 65535', at('https://10.0.0.1:70000'), `${first}: etcd-endpoint-invalid`],
  ['a path', at('https://10.0.0.1:2379/v3'), `${first}: etcd-endpoint-invalid`],
  ['loopback', at('https://127.0.0.1:2379'), `${first}: etcd-endpoint-loopback`],
  ['localhost', at('https://localhost:2379'), `${first}: etcd-endpoint-loopback`],
  ['a pod’s address', at('https://10.244.0.9:2379'), `${first}: address-in-pod-subnet`],
  [
    'a repeated endpoint',
    external({ endpoints: [own.endpoints[0], own.endpoints[1], own.endpoints[0]] }),
    'etcd.external.endpoints[2]: etcd-endpoint-repeated',
  ],
  ['a missing key', external({ keyFile: undefined }), 'etcd.external.keyFile: host-file-invalid'],
  ['a relative path', external({ caFile: 'pki/ca.crt' }), 'etcd.external.caFile: host-file-invalid'],
  ['a path with ..', external({ caFile: '/etc/../ca.crt' }), 'etcd.external.caFile: host-file-invalid'],
  [
    'a file that a reset deletes',
    external({ certFile: '/etc/kubernetes/pki/apiserver-etcd-client.crt' }),
    'etcd.external.certFile: etcd-file-removed',
  ],
  ['one file for two things', external({ keyFile: own.certFile }), 'etcd.external.keyFile: etcd-file-repeated'],
  [
    'options of kubeadm’s own etcd',
    {
      ...external(),
      kubernetes: {
        version: '1.30.2',
        components: { clusterConfiguration: { etcd: { local: { extraArgs: { 'quota-backend-bytes': '8' } } } } },
      },
    },
    'kubernetes.components.clusterConfiguration.etcd.local: etcd-local-with-external',
  ],
]);
