import { refuses } from '../plan-text.ts';

const kubernetes = { version: '1.30.2' };

refuses([
  [
    'a host’s address',
    { kubernetes: { ...kubernetes, controlPlaneEndpoint: '192.168.0.130' } },
    /controlPlaneEndpoint: read "192\.168\.0\.130"; a name of its own/,
  ],
  [
    'a host’s name',
    { kubernetes: { ...kubernetes, controlPlaneEndpoint: 'master01:6443' } },
    /a name of its own is needed/,
  ],
  [
    'an IP address as a managed endpoint',
    { kubernetes: { ...kubernetes, controlPlaneEndpoint: '10.0.0.9' } },
    /managed: false/,
  ],
  [
    'a name in upper case',
    { kubernetes: { ...kubernetes, controlPlaneEndpoint: 'API.example.com' } },
    /a DNS name in lower case/,
  ],
  ['a port out of range', { kubernetes: { ...kubernetes, controlPlaneEndpoint: 'api:70000' } }, /a port is needed/],
  [
    'the coordinator on a port of Kubernetes',
    { coordinator: { port: 6443 } },
    /coordinator\.port: read "6443"; .*another one is needed/,
  ],
]);
