import { type Case, having, master, planned, withPlugin, worker } from '../known.ts';

const without = (...names: string[]) => {
  const all = ['conntrack', 'ip', 'iptables', 'mount', 'nsenter', 'ebtables', 'ethtool', 'socat', 'tc'];
  return having('software', { programs: Object.fromEntries(all.map((name) => [name, !names.includes(name)])) });
};
const blind = having('software', { programs: null });
const insecure = planned({
  settings: { runtime: { ...worker.settings.runtime, insecureRegistries: ['registry.k8s.io'] } },
  kubernetes: { packages: { url: 'http://mirror', suite: '/', components: [], key: { armoured: '' } } },
});

export const programCases: Case[] = [
  ['conntrack', 'missing', without('conntrack'), 'warning', { mends: true }],
  ['conntrack', 'unknown', blind, 'unknown', { mends: true }],
  ['iptables', 'missing', without('iptables'), 'warning', { mends: true }],
  ['iptables', 'unknown', blind, 'unknown', { mends: true }],
  ['base-programs', 'ip is missing', without('ip'), 'error', { seen: 'ip' }],
  ['base-programs', 'unknown', blind, 'unknown'],
  ['wanted-programs', 'socat is missing', without('socat'), 'warning', { seen: 'socat' }],
  ['wanted-programs', 'unknown', blind, 'unknown'],
  ['apparmor-parser', 'missing', without(), 'warning'],
  ['apparmor-parser', 'unknown', having('machine', { appArmor: null }), 'unknown'],
  ['ca-certificates', 'missing', having('software', { caBundle: false }), 'warning'],
  [
    'ca-certificates',
    'missing, but not needed',
    having('software', { caBundle: false }),
    'ok',
    { assignment: insecure },
  ],
  ['ca-certificates', 'unknown', having('software', { caBundle: null }), 'unknown'],
  [
    'dpkg-lock',
    'an upgrade is running',
    having('software', { packageLock: 'unattended-upgr' }),
    'warning',
    { mends: true },
  ],
  ['dpkg-lock', 'unknown', having('software', { packageLock: null }), 'unknown', { mends: true }],
  [
    'dpkg-interrupted',
    'after a power failure',
    having('software', { packagesInterrupted: true }),
    'warning',
    { mends: true },
  ],
  ['dpkg-interrupted', 'unknown', having('software', { packagesInterrupted: null }), 'unknown', { mends: true }],
  [
    'broken-packages',
    'one broken package',
    having('software', { brokenPackages: ['grub-pc'] }),
    'warning',
    { seen: 'grub-pc' },
  ],
  ['broken-packages', 'unknown', having('software', { brokenPackages: null }), 'unknown'],
  [
    'other-source',
    'in a second file',
    having('software', { otherEntries: [{ path: '/etc/apt/sources.list.d/k.list', first: 2, last: 2 }] }),
    'warning',
  ],
  ['other-source', 'unknown', having('software', { otherEntries: null }), 'unknown'],
  [
    'broken-source',
    'with file and line',
    having('software', { brokenSources: [{ path: '/etc/apt/sources.list', first: 1, last: 1, reason: 'a CD-ROM' }] }),
    'warning',
    { seen: '/etc/apt/sources.list:1: a CD-ROM' },
  ],
  ['broken-source', 'unknown', having('software', { brokenSources: null }), 'unknown'],
  ['installed-version', 'another version', { packages: { kubelet: '1.22.1-00' } }, 'warning', { mends: true }],
  ['installed-version', 'another version on a node', { packages: { kubelet: '1.22.1-00' } }, 'warning', { owns: true }],
  [
    'installed-version',
    '1.23.10, and 1.23.1 is planned',
    { packages: { kubelet: '1.23.10-00' } },
    'warning',
    { mends: true, assignment: planned({ version: '1.23.1' }) },
  ],
  ['installed-version', 'the planned version', { packages: { kubelet: '1.23.0-00' } }, 'ok'],
  [
    'runtime-package',
    'docker’s own package',
    { packages: { 'containerd.io': '1.6.33-1' } },
    'error',
    { seen: 'containerd.io' },
  ],
  [
    'runtime-package',
    'docker’s own package, on a node',
    { packages: { 'containerd.io': '1.6' } },
    'warning',
    { owns: true },
  ],
  [
    'masked-units',
    'the kubelet is masked',
    having('machine', { units: { kubelet: { active: false, state: 'masked' } } }),
    'error',
    { seen: 'kubelet' },
  ],
  ['masked-units', 'unit state unknown', having('machine', { units: null }), 'unknown'],

  ['left-overs', 'of another cluster', { leftovers: ['/etc/kubernetes/kubelet.conf'] }, 'error'],
  ['left-overs', 'of this cluster', { leftovers: ['/etc/kubernetes/kubelet.conf'] }, 'ok', { owns: true }],
  ['left-over-etcd', 'of another cluster', { leftovers: ['/var/lib/etcd'] }, 'error'],
  ['left-over-etcd', 'of this cluster', { leftovers: ['/var/lib/etcd'] }, 'ok', { owns: true }],
  ['left-over-manifests', 'of another cluster', { leftovers: ['/etc/kubernetes/manifests'] }, 'error'],
  ['left-over-manifests', 'of this cluster', { leftovers: ['/etc/kubernetes/manifests'] }, 'ok', { owns: true }],
  ['stale-cni', 'Calico’s', having('software', { cniFiles: ['10-calico.conflist'] }), 'warning'],
  ['stale-cni', 'unknown', having('software', { cniFiles: null }), 'unknown'],
  [
    'stale-interfaces',
    'cni0',
    having('network', { interfaces: [{ name: 'cni0', mtu: 1450 }] }),
    'warning',
    { seen: 'cni0' },
  ],
  ['stale-interfaces', 'unknown', having('network', { interfaces: null }), 'unknown'],
  ['kubelet-mounts', 'a volume', having('software', { kubeletMounts: ['/var/lib/kubelet/pods/x'] }), 'error'],
  ['kubelet-mounts', 'unknown', having('software', { kubeletMounts: null }), 'unknown'],
  ['other-distribution', 'k3s', having('software', { distributions: ['k3s'] }), 'error', { seen: 'k3s' }],
  ['other-distribution', 'k3s on a node', having('software', { distributions: ['k3s'] }), 'warning', { owns: true }],
  ['other-distribution', 'unknown', having('software', { distributions: null }), 'unknown'],
  [
    'stray-kubelet',
    'running for another cluster',
    {
      leftovers: ['/etc/kubernetes/kubelet.conf'],
      ...having('machine', { units: { kubelet: { active: true, state: 'enabled' } } }),
    },
    'warning',
  ],
  ['stray-kubelet', 'unit state unknown', having('machine', { units: null }), 'unknown'],

  ['plugin-version', 'Calico 3.30 and 1.23', {}, 'warning', { assignment: withPlugin('calico', 'Calico v3.30.0') }],
  ['plugin-version', 'Calico 3.24 and 1.23', {}, 'ok', { assignment: withPlugin('calico', 'Calico v3.24.1') }],
  ['plugin-version', 'a future Calico', {}, 'unknown', { assignment: withPlugin('calico', 'Calico v4.0.0') }],
  [
    'etcd-members',
    'two',
    {},
    'warning',
    {
      assignment: {
        ...master,
        settings: {
          ...master.settings,
          hosts: ['a', 'b'].map((name) => ({ name, address: '192.168.0.9', role: 'control-plane' as const })),
        },
      },
    },
  ],
  [
    'etcd-members',
    'one',
    {},
    'ok',
    { assignment: { ...master, settings: { ...master.settings, hosts: [{ ...master.host }] } } },
  ],
];
