import type { Assignment } from '../../../../shared/protocol/assignment.ts';
import type { Facts } from '../../../../shared/protocol/facts.ts';
import { type Case, having, master, planned, reaching, worker } from '../known.ts';

const address = (interfaceName: string, own = '192.168.0.131') => ({
  interface: interfaceName,
  address: own,
  mac: '',
  family: 'ipv4' as const,
});
const tried = (result: 'ok' | 'refused' | 'no-such-name' | 'unknown') => ({ result, target: 'api', detail: '', ms: 1 });
const firewalld = (state: string) => ({ firewalld: { active: true, state } });
const ufw = having('network', { ufwEnabled: true });
const firewallPlanned = (firewall: 'off' | 'keep') =>
  planned({ settings: { preparation: { ...worker.settings.preparation, firewall } } });
const nftables = { nftables: { active: true, state: 'enabled' } };
const manager = { NetworkManager: { active: true, state: 'enabled' } };
const ranges = planned({
  settings: { network: { ...worker.settings.network, podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/12' } },
});
const threeMasters = planned({
  settings: {
    hosts: [1, 2, 3].map((number) => ({
      ...{ name: `master0${number}`, address: `192.168.0.13${number}`, role: 'control-plane' as const },
    })),
  },
});
const cluster = { caPem: 'pem', caSha256: 'a'.repeat(64) };
const balanced = (loadBalancer: Record<string, unknown>, more: Partial<Assignment> = {}) => {
  const { settings } = planned({ settings: { loadBalancer: loadBalancer as Assignment['settings']['loadBalancer'] } });
  return { assignment: { ...master, ...more, settings } };
};
const vip = (address = '192.168.0.200', more: Partial<Assignment> = {}) =>
  balanced({ kind: 'keepalived', address, interface: null, routerId: 51 }, more);
const balancer = (changes: Partial<NonNullable<Facts['balancer']>>): Partial<Facts> => ({
  balancer: { answer: 'no-route', siteConfig: false, vendor: 'QEMU', assetTag: null, ...changes },
  addresses: [{ interface: 'eth0', address: master.host.address, mac: '', family: 'ipv4' }],
  ...having('network', { routes: [{ destination: '192.168.0.0/24', interface: 'eth0' }] }),
});
const joining = { ...worker, cluster };
const route = (destination: string, name = 'eth1') => having('network', { routes: [{ destination, interface: name }] });
const on172 = { ...worker.settings.network, podSubnet: '172.17.0.0/16' };
const docker = (keys: string[]) =>
  having('software', { dockerDaemon: { logDriver: null, logOptions: {}, keys, hosts: [], flags: [], rejected: null } });
const dockerRange = {
  assignment: planned({ settings: { network: on172, runtime: { ...worker.settings.runtime, name: 'docker' } } }),
};

export const networkCases: Case[] = [
  ['planned-address', 'on no interface', { addresses: [address('eth0', '10.0.2.15')] }, 'error', { seen: '10.0.2' }],
  ['planned-address', 'no known interface', { addresses: [] }, 'unknown'],
  ['address-once', 'on two interfaces', { addresses: [address('eth0'), address('eth1')] }, 'error'],
  ['default-route', 'missing', having('network', { defaultInterfaces: [] }), 'warning'],
  ['default-route', 'unknown', having('network', { defaultInterfaces: null }), 'unknown'],
  ['default-interface', 'a NAT interface', having('network', { defaultInterfaces: ['enp0s3'] }), 'warning'],
  ['default-interface', 'unknown', having('network', { defaultInterfaces: null }), 'unknown'],
  [
    'upstream-range',
    'a nameserver among the services: case 69',
    having('network', { nameservers: ['10.100.0.53'] }),
    'error',
    { assignment: ranges, seen: '10.100.0.53' },
  ],
  [
    'upstream-range',
    'the nameserver behind systemd-resolved',
    having('network', { nameservers: ['127.0.0.53'], upstreamNameservers: ['10.100.0.53'] }),
    'error',
    { assignment: ranges },
  ],
  [
    'upstream-range',
    'a router among the pods',
    having('network', { gateways: ['10.244.0.1'] }),
    'error',
    { assignment: ranges },
  ],
  [
    'upstream-range',
    'a mirror among the services',
    reaching({ upstreams: [{ name: 'mirror', addresses: ['10.97.0.9'] }] }),
    'error',
    { assignment: ranges },
  ],
  [
    'upstream-range',
    'on a node',
    having('network', { nameservers: ['10.100.0.53'] }),
    'warning',
    { assignment: ranges, owns: true },
  ],
  [
    'upstream-range',
    'outside both',
    having('network', { nameservers: ['10.112.0.53', 'fd00::53'] }),
    'ok',
    { assignment: ranges },
  ],
  ['ports', 'the kubelet’s port is taken', { ports: [{ port: 10250, process: 'k3s' }] }, 'error', { seen: 'k3s' }],
  ['ports', 'the API server’s port is taken on a worker', { ports: [{ port: 6443, process: 'nginx' }] }, 'ok'],
  [
    'ports',
    'the API server’s port is taken on a control plane',
    { ports: [{ port: 6443, process: null }] },
    'error',
    { assignment: master },
  ],
  [
    'api-proxy-port',
    'a site’s own haproxy',
    { ports: [{ port: 6443, process: 'haproxy' }] },
    'error',
    { assignment: threeMasters, owns: true },
  ],
  [
    'api-proxy-port',
    'the API server itself',
    { ports: [{ port: 6443, process: 'kube-apiserver' }] },
    'ok',
    { assignment: threeMasters, owns: true },
  ],
  ['virtual-address', 'free', balancer({}), 'ok', vip()],
  ['virtual-address', 'held by this host', balancer({ answer: 'held' }), 'ok', vip()],
  ['virtual-address', 'another machine’s, which refuses the port', balancer({ answer: 'closed' }), 'error', vip()],
  ['virtual-address', 'in use by the cluster', balancer({ answer: 'open' }), 'ok', vip(undefined, { cluster })],
  ['virtual-address', 'in another subnet', balancer({}), 'error', vip('10.9.9.9')],
  ['virtual-address-cloud', 'own machines', balancer({}), 'ok', vip()],
  ['virtual-address-cloud', 'AWS', balancer({ vendor: 'Amazon EC2' }), 'error', vip()],
  [
    'virtual-address-cloud',
    'Azure, and not Hyper-V of the site',
    balancer({ vendor: 'Microsoft Corporation', assetTag: '7783-7084-3265-9085-8269-3286-77' }),
    'error',
    { ...vip(), seen: 'Azure' },
  ],
  ['virtual-address-cloud', 'Hyper-V', balancer({ vendor: 'Microsoft Corporation' }), 'ok', vip()],
  ['virtual-address-cloud', 'no DMI', balancer({ vendor: null }), 'unknown', vip()],
  ['other-keepalived', 'none', balancer({}), 'ok', vip()],
  ['other-keepalived', 'the site’s', balancer({ siteConfig: true }), 'warning', vip()],
  [
    'external-balancer',
    'reaches an API server',
    balancer({ answer: 'open' }),
    'ok',
    balanced({ kind: 'external', address: 'lb.example.com' }, { cluster }),
  ],
  [
    'external-balancer',
    'does not answer',
    balancer({ answer: 'silent' }),
    'warning',
    balanced({ kind: 'external', address: 'lb.example.com' }, { cluster }),
  ],
  ['ufw', 'on', ufw, 'warning', { mends: true }],
  ['ufw', 'on, plan: keep', ufw, 'warning', { assignment: firewallPlanned('keep') }],
  ['ufw', 'opened by muster', ufw, 'ok', { owns: true }],
  ['ufw', 'on, plan: off', ufw, 'warning', { assignment: firewallPlanned('off'), owns: true, mends: true }],
  ['ufw', 'unknown', having('network', { ufwEnabled: null }), 'unknown', { mends: true }],
  ['firewalld', 'on', having('machine', { units: firewalld('enabled') }), 'warning', { mends: true }],
  ['firewalld', 'started by hand', having('machine', { units: firewalld('disabled') }), 'warning'],
  ['firewalld', 'unit state unknown', having('machine', { units: null }), 'unknown', { mends: true }],
  ['nftables-service', 'on', having('machine', { units: nftables }), 'warning'],
  ['nftables-service', 'unit state unknown', having('machine', { units: null }), 'unknown'],
  ['pod-route', 'a VPN uses the range', route('10.0.0.0/8'), 'error', { seen: '10.0.0.0/8 (eth1)' }],
  ['pod-route', 'left by an earlier cluster', route('10.244.1.0/24'), 'warning'],
  ['pod-route', 'the network plugin’s own', route('10.244.1.0/24', 'cni0'), 'ok'],
  ['pod-route', 'a bridge of libvirt', route('10.244.0.0/24', 'virbr0'), 'error'],
  ['pod-route', 'a bridge of LXC', route('10.244.3.0/24', 'lxcbr0'), 'error'],
  ['pod-route', 'a pod’s own interface', route('10.244.3.7/32', 'lxc1a2b3c4d5e6f'), 'ok'],
  ['pod-route', 'docker’s bridge', route('172.17.0.0/16', 'docker0'), 'error', dockerRange],
  ['pod-route', 'the range that docker will use', docker([]), 'error', { ...dockerRange, seen: 'docker0' }],
  ['pod-route', 'a range that the site gives docker', docker(['bip']), 'ok', dockerRange],
  [
    'pod-route',
    'docker’s range with containerd',
    docker([]),
    'ok',
    { assignment: planned({ settings: { network: on172 } }) },
  ],
  ['pod-route', 'unknown', having('network', { routes: null }), 'unknown'],
  ['service-route', 'the site’s network uses the range', route('10.100.0.0/16'), 'error'],
  ['service-route', 'unknown', having('network', { routes: null }), 'unknown'],
  ['mtu', '1200', having('network', { interfaces: [{ name: 'eth0', mtu: 1200 }] }), 'warning'],
  ['mtu', 'unknown', having('network', { interfaces: null }), 'unknown'],
  ['network-manager', 'manages all interfaces', having('machine', { units: manager }), 'warning', { mends: true }],
  ['network-manager', 'unit state unknown', having('machine', { units: null }), 'unknown', { mends: true }],
  ['iptables-tables', 'a legacy table has rules', having('network', { legacyTables: ['filter'] }), 'warning'],
  ['iptables-tables', 'not root', { root: false }, 'unknown'],
  ['api-server', 'answers', reaching({ apiServer: tried('ok') }), 'ok', { assignment: joining }],
  [
    'api-server',
    'refuses the connection',
    reaching({ apiServer: tried('refused') }),
    'warning',
    { assignment: joining },
  ],
  ['api-server', 'no answer', reaching({ apiServer: tried('unknown') }), 'unknown', { assignment: joining }],
];
