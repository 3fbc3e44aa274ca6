import { expect, test } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { planText, refuses } from '../plan-text.ts';

const kubernetes = { version: '1.30.2' };

refuses([
  [
    'a host’s address',
    { kubernetes: { ...kubernetes, controlPlaneEndpoint: '192.168.0.130' } },
    'kubernetes.controlPlaneEndpoint: endpoint-is-host',
  ],
  [
    'a host’s name',
    { kubernetes: { ...kubernetes, controlPlaneEndpoint: 'master01:6443' } },
    'kubernetes.controlPlaneEndpoint: endpoint-is-host',
  ],
  [
    'an IP address as a managed endpoint',
    { kubernetes: { ...kubernetes, controlPlaneEndpoint: '10.0.0.9' } },
    'kubernetes.controlPlaneEndpoint: endpoint-address-managed',
  ],
  [
    'a name in upper case',
    { kubernetes: { ...kubernetes, controlPlaneEndpoint: 'API.example.com' } },
    'kubernetes.controlPlaneEndpoint: endpoint-name-invalid',
  ],
  [
    'a port out of range',
    { kubernetes: { ...kubernetes, controlPlaneEndpoint: 'api:70000' } },
    'kubernetes.controlPlaneEndpoint: port-invalid',
  ],
  [
    'the coordinator on a port of Kubernetes',
    { coordinator: { port: 6443 } },
    'coordinator.port: coordinator-port-taken',
  ],
  [
    'a port of the kubelet as the endpoint’s',
    { kubernetes: { version: '1.30.2', controlPlaneEndpoint: 'api.example.com:10250' } },
    'kubernetes.controlPlaneEndpoint: endpoint-port-taken',
  ],
]);

const withRange = (range: string) => ({
  ...kubernetes,
  components: { clusterConfiguration: { apiServer: { extraArgs: { 'service-node-port-range': range } } } },
});
const api = { host: 'api.example.com', port: 30443 };

test.each([
  [{ coordinator: { port: 30080 } }, ['coordinator.port: coordinator-port-in-node-ports']],
  [{ coordinator: { port: 30080 }, kubernetes: withRange('20000-22000') }, []],
  [
    { coordinator: { port: 20080 }, kubernetes: withRange('20000-22000') },
    ['coordinator.port: coordinator-port-in-node-ports'],
  ],
  [
    { kubernetes: { ...kubernetes, controlPlaneEndpoint: api } },
    ['kubernetes.controlPlaneEndpoint: endpoint-port-in-node-ports'],
  ],
  [{ kubernetes: { ...withRange('20000-22000'), controlPlaneEndpoint: api } }, []],
  [{ kubernetes: withRange('7000-9000') }, ['coordinator.port: coordinator-port-in-node-ports']],
])('%j: a Service could take the port: %j', (sections, warnings) => {
  const parsed = parsePlan(planText(sections), { readFile: () => '' });
  expect(parsed.problems).toEqual([]);
  expect(parsed.warnings.map(({ path, code }) => `${path}: ${code}`)).toEqual(warnings);
});
