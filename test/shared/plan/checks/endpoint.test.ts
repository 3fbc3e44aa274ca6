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
  [
    'a node port as the endpoint’s',
    { kubernetes: { version: '1.30.2', controlPlaneEndpoint: { host: 'api.example.com', port: 30443 } } },
    'kubernetes.controlPlaneEndpoint: endpoint-port-taken',
  ],
]);

test('a coordinator in the range of NodePort Services is a warning', () => {
  const { problems, warnings } = parsePlan(planText({ coordinator: { port: 30080 } }), { readFile: () => '' });
  expect([...problems, ...warnings].map(({ path, code }) => `${path}: ${code}`)).toEqual([
    'coordinator.port: coordinator-port-in-node-ports',
  ]);
});
