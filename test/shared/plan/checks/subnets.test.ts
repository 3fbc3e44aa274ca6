import { refuses } from '../plan-text.ts';

const master = { name: 'master01', address: '192.168.0.130', role: 'control-plane' };
const network = { plugin: { calico: 'v3.28.0' } };
const workers = Array.from({ length: 5 }, (_, index) => ({
  name: `w${index}`,
  address: `10.1.0.${index + 1}`,
  role: 'worker',
}));

refuses([
  [
    'a malformed subnet',
    { network: { ...network, podSubnet: '10.244.0.0' } },
    /podSubnet: read "10\.244\.0\.0"; an IPv4 subnet/,
  ],
  ['an IPv6 subnet', { network: { ...network, podSubnet: 'fd00::/48' } }, /podSubnet: .*an IPv4 subnet is needed/],
  [
    'a subnet with host bits set',
    { network: { ...network, podSubnet: '10.244.1.0/16' } },
    /first address is needed: 10\.244\.0\.0\/16/,
  ],
  [
    'overlapping subnets',
    { network: { ...network, podSubnet: '10.96.0.0/16' } },
    /serviceSubnet: .*apart from the pod subnet, 10\.96\.0\.0\/16/,
  ],
  [
    'a service subnet that is too small',
    { network: { ...network, serviceSubnet: '10.96.0.0/29' } },
    /serviceSubnet: .*from \/12 to \/28/,
  ],
  [
    'a service subnet that is too large',
    { network: { ...network, serviceSubnet: '11.0.0.0/8' } },
    /serviceSubnet: .*from \/12 to \/28/,
  ],
  [
    'a pod subnet that is too small for the hosts',
    { network: { ...network, podSubnet: '10.244.0.0/22' }, hosts: [master, ...workers] },
    /room for 4 hosts of the plan’s 6.*\/21 or larger/,
  ],
  [
    'a pod subnet that is too small for one host',
    { network: { ...network, podSubnet: '10.244.0.0/25' } },
    /room for 0 hosts.*\/23 or larger/,
  ],
  [
    'a pod subnet that is too large',
    { network: { ...network, podSubnet: '16.0.0.0/7' } },
    /podSubnet: .*\/8 is the largest/,
  ],
  [
    'a host inside the pod subnet',
    { hosts: [{ ...master, address: '10.244.0.1' }] },
    /hosts\[0\]\.address: read "10\.244\.0\.1"; the pod subnet 10\.244\.0\.0\/16 contains it/,
  ],
  [
    'a host inside the service subnet',
    { hosts: [{ ...master, address: '10.100.0.1' }] },
    /the service subnet 10\.96\.0\.0\/12 contains it; set network\.serviceSubnet/,
  ],
]);
