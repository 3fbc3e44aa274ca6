import { expect, test } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { planText, refuses } from '../plan-text.ts';

const master = { name: 'master01', address: '192.168.0.130', role: 'control-plane' };
const network = { plugin: { calico: 'v3.28.0' } };
const workers = Array.from({ length: 5 }, (_, index) => ({
  name: `w${index}`,
  address: `10.1.0.${index + 1}`,
  role: 'worker',
}));

refuses([
  ['a malformed subnet', { network: { ...network, podSubnet: '10.244.0.0' } }, 'network.podSubnet: subnet-invalid'],
  [
    'a prefix length with a leading zero',
    { network: { ...network, podSubnet: '10.244.0.0/016' } },
    'network.podSubnet: subnet-invalid',
  ],
  ['an IPv6 subnet', { network: { ...network, podSubnet: 'fd00::/48' } }, 'network.podSubnet: dual-stack-unsupported'],
  [
    'dual stack',
    { network: { ...network, serviceSubnet: '10.96.0.0/16,fd00:10:96::/112' } },
    'network.serviceSubnet: dual-stack-unsupported',
  ],
  ['a multicast subnet', { network: { ...network, podSubnet: '224.0.0.0/16' } }, 'network.podSubnet: subnet-unusable'],
  [
    'a subnet with host bits set',
    { network: { ...network, podSubnet: '10.244.1.0/16' } },
    'network.podSubnet: subnet-not-first-address',
  ],
  [
    'overlapping subnets',
    { network: { ...network, podSubnet: '10.96.0.0/16' } },
    'network.serviceSubnet: subnets-overlap',
  ],
  [
    'a service subnet that is too small',
    { network: { ...network, serviceSubnet: '10.96.0.0/29' } },
    'network.serviceSubnet: service-subnet-size',
  ],
  [
    'a service subnet that is too large',
    { network: { ...network, serviceSubnet: '11.0.0.0/8' } },
    'network.serviceSubnet: service-subnet-size',
  ],
  [
    'a pod subnet that is too small for the hosts',
    { network: { ...network, podSubnet: '10.244.0.0/22' }, hosts: [master, ...workers] },
    'network.podSubnet: pod-subnet-too-small',
  ],
  [
    'a pod subnet that is too small for one host',
    { network: { ...network, podSubnet: '10.244.0.0/25' } },
    'network.podSubnet: pod-subnet-too-small',
  ],
  [
    'a pod subnet that is too large',
    { network: { ...network, podSubnet: '16.0.0.0/7' } },
    'network.podSubnet: pod-subnet-too-large',
  ],
  [
    'a host inside the pod subnet',
    { hosts: [{ ...master, address: '10.244.0.1' }] },
    'hosts[0].address: address-in-pod-subnet',
  ],
  [
    'a host inside the service subnet',
    { hosts: [{ ...master, address: '10.100.0.1' }] },
    'hosts[0].address: address-in-service-subnet',
  ],
]);

test.each([
  [{ kubeletConfiguration: { maxPods: 300 } }, ['node-range-small']],
  [{ joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { 'max-pods': 300 } } } }, ['node-range-small']],
  [{ joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { 'max-pods': 250 } } } }, []],
])('more pods than a host’s range has addresses are a warning: %j', (components, codes) => {
  const kubernetes = { version: '1.30.2', components };
  const plan = planText({ kubernetes, network: { plugin: { flannel: 'v0.27.4' } } });
  const { warnings } = parsePlan(plan, { readFile: () => '' });
  expect(warnings.map(({ code }) => code)).toEqual(codes);
});
