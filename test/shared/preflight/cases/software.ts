import { type Case, having, master, planned, reaching, withDocker, withPlugin, worker } from '../known.ts';

const without = (...names: string[]) => {
  const all = ['conntrack', 'ip', 'iptables', 'mount', 'nsenter', 'ebtables', 'ethtool', 'socat', 'tc'];
  return having('software', { programs: Object.fromEntries(all.map((name) => [name, !names.includes(name)])) });
};
const blind = having('software', { programs: null });
const came = (result: 'ok' | 'refused' | 'untrusted' | 'plain-http' | 'missing' | 'failed' | 'unknown', ms = 10) => ({
  result,
  target: 'https://there/',
  detail: 'HTTP 500',
  ms,
});
const containerd = { name: 'containerd' as const, version: '1.6.20', active: true, cgroupDriver: 'cgroupfs' as const };
const docker = { name: 'docker' as const, version: '20.10.24', active: true, cgroupDriver: 'systemd' as const };
const insecure = planned({
  settings: { runtime: { ...worker.settings.runtime, insecureRegistries: ['registry.k8s.io'] } },
  kubernetes: { packages: { url: 'http://mirror', suite: '/', components: [], key: { armoured: '' } } },
});
const keyByUrl = planned({
  kubernetes: { packages: { url: 'https://m', suite: '/', components: [], key: { url: 'https://m/key' } } },
});
const pinned = planned({ kubernetes: { packageVersion: '1.23.0-01' } });
const byUrl = { ...withPlugin('calico', 'Calico v3.24.1'), bootstrap: 'init' as const };
const cniDisabled = { criDisabled: true, sandboxImage: 'registry.k8s.io/pause:3.6' };
const asDocker = { assignment: withDocker };

export const softwareCases: Case[] = [
  ['conntrack', 'it is missing', without('conntrack'), 'warning', { mends: true }],
  ['conntrack', 'it is not known', blind, 'unknown', { mends: true }],
  ['iptables', 'it is missing', without('iptables'), 'warning', { mends: true }],
  ['iptables', 'it is not known', blind, 'unknown', { mends: true }],
  ['base-programs', 'ip is missing', without('ip'), 'error', { seen: 'ip' }],
  ['base-programs', 'they are not known', blind, 'unknown'],
  ['wanted-programs', 'socat is missing', without('socat'), 'warning', { seen: 'socat' }],
  ['wanted-programs', 'they are not known', blind, 'unknown'],
  ['apparmor-parser', 'it is missing', without(), 'warning'],
  ['apparmor-parser', 'the kernel is not known', having('machine', { appArmor: null }), 'unknown'],
  ['ca-certificates', 'there are none', having('software', { caBundle: false }), 'warning'],
  ['ca-certificates', 'nothing needs them', having('software', { caBundle: false }), 'ok', { assignment: insecure }],
  ['ca-certificates', 'it is not known', having('software', { caBundle: null }), 'unknown'],
  ['dpkg-lock', 'an upgrade runs', having('software', { dpkgLock: 'unattended-upgr' }), 'warning', { mends: true }],
  ['dpkg-lock', 'it is not known', having('software', { dpkgLock: null }), 'unknown', { mends: true }],
  ['dpkg-interrupted', 'a power cut', having('software', { dpkgInterrupted: true }), 'warning', { mends: true }],
  ['dpkg-interrupted', 'it is not known', having('software', { dpkgInterrupted: null }), 'unknown', { mends: true }],
  ['broken-packages', 'one is', having('software', { brokenPackages: ['grub-pc'] }), 'warning', { seen: 'grub-pc' }],
  ['broken-packages', 'they are not known', having('software', { brokenPackages: null }), 'unknown'],
  [
    'other-source',
    'a second file',
    having('software', { otherSources: ['/etc/apt/sources.list.d/k.list'] }),
    'warning',
  ],
  ['other-source', 'they are not known', having('software', { otherSources: null }), 'unknown'],
  ['installed-version', 'another one', { packages: { kubelet: '1.22.1-00' } }, 'warning', { mends: true }],
  ['installed-version', 'another one on a node', { packages: { kubelet: '1.22.1-00' } }, 'warning', { owns: true }],
  ['installed-version', 'the planned one', { packages: { kubelet: '1.23.0-00' } }, 'ok'],
  [
    'runtime-package',
    'docker’s own',
    { packages: { 'containerd.io': '1.6.33-1' } },
    'error',
    { seen: 'containerd.io' },
  ],
  ['runtime-package', 'docker’s own, on a node', { packages: { 'containerd.io': '1.6' } }, 'warning', { owns: true }],
  [
    'masked-units',
    'the kubelet is',
    having('machine', { units: { kubelet: { active: false, state: 'masked' } } }),
    'error',
    { seen: 'kubelet' },
  ],
  ['masked-units', 'systemd does not tell', having('machine', { units: null }), 'unknown'],

  ['package-source', 'it is down', reaching({ packageSource: came('refused') }), 'warning'],
  ['package-source', 'it is silent', reaching({ packageSource: came('unknown') }), 'unknown'],
  ['signing-key', 'it is gone', reaching({ signingKey: came('missing') }), 'warning', { assignment: keyByUrl }],
  ['signing-key', 'it is silent', reaching({ signingKey: came('unknown') }), 'unknown', { assignment: keyByUrl }],
  ['package-version', 'only others', reaching({ offeredVersions: ['1.23.1-00'] }), 'error', { seen: '1.23.1-00' }],
  ['package-version', 'another revision', {}, 'error', { assignment: pinned }],
  ['package-version', 'the index can’t be read', reaching({ offeredVersions: null }), 'unknown'],
  ['source-latency', '3 s', reaching({ packageSource: came('ok', 3000) }), 'warning'],
  ['source-latency', 'no answer', reaching({ packageSource: came('unknown') }), 'unknown'],
  ['registry', 'it is down', reaching({ registry: came('refused') }), 'warning'],
  ['registry', 'it is silent', reaching({ registry: came('unknown') }), 'unknown'],
  ['registry-certificate', 'a private CA', reaching({ registry: came('untrusted') }), 'error'],
  ['registry-certificate', 'it is silent', reaching({ registry: came('unknown') }), 'unknown'],
  ['registry-plain-http', 'no TLS', reaching({ registry: came('plain-http') }), 'error'],
  ['registry-plain-http', 'it is silent', reaching({ registry: came('unknown') }), 'unknown'],
  ['registry-image', 'it has none', reaching({ pauseImage: came('missing') }), 'error'],
  ['registry-image', 'it refuses', reaching({ pauseImage: came('failed') }), 'warning'],
  ['registry-image', 'it is silent', reaching({ pauseImage: came('unknown') }), 'unknown'],
  ['registry-mirrors', 'one is dead', reaching({ mirrors: [came('ok'), came('refused')] }), 'warning'],
  ['registry-mirrors', 'one is silent', reaching({ mirrors: [came('ok'), came('unknown')] }), 'unknown'],
  ['plugin-manifest', 'it is gone', reaching({ pluginManifest: came('missing') }), 'warning', { assignment: byUrl }],
  ['plugin-manifest', 'no answer', reaching({ pluginManifest: came('unknown') }), 'unknown', { assignment: byUrl }],

  ['other-runtime', 'docker beside a planned containerd', { runtimes: [docker, containerd] }, 'warning'],
  ['cgroup-driver', 'another than the kubelet’s', { runtimes: [containerd] }, 'warning', { mends: true }],
  [
    'cgroup-driver',
    'the runtime does not tell',
    { runtimes: [{ ...containerd, cgroupDriver: null }] },
    'unknown',
    { mends: true },
  ],
  [
    'containerd-version',
    '1.5 and Kubernetes 1.26',
    { runtimes: [{ ...containerd, version: '1.5.18' }] },
    'error',
    { assignment: planned({ version: '1.26.0' }) },
  ],
  ['containerd-version', '1.5 and Kubernetes 1.23', { runtimes: [{ ...containerd, version: '1.5.18' }] }, 'ok'],
  ['containerd-version', '1.3', { runtimes: [{ ...containerd, version: '1.3.3-0ubuntu2' }] }, 'warning'],
  ['docker-version', '19.03 on version 2', { runtimes: [{ ...docker, version: '5:19.03.15' }] }, 'error', asDocker],
  ['docker-version', '20.10 on version 2', { runtimes: [docker] }, 'ok', asDocker],
  [
    'docker-version',
    'the cgroups are not known',
    { runtimes: [docker], cgroup: { version: 'unknown', controllers: [] } },
    'unknown',
    asDocker,
  ],
  [
    'containerd-cri',
    'containerd.io’s file',
    having('software', { containerd: cniDisabled }),
    'warning',
    { mends: true },
  ],
  [
    'sandbox-image',
    'the packaged one',
    having('software', { containerd: { criDisabled: false, sandboxImage: 'registry.k8s.io/pause:3.8' } }),
    'warning',
    { mends: true, seen: 'pause:3.8' },
  ],
  ['sandbox-image', 'kubeadm’s', having('software', { containerd: cniDisabled }), 'ok'],
  ['runtime-socket', 'it is missing', { runtimes: [containerd] }, 'warning', { mends: true }],
  [
    'runtime-socket',
    'it is there',
    { runtimes: [containerd], ...having('software', { sockets: ['/run/containerd/containerd.sock'] }) },
    'ok',
  ],
  ['runtime-socket', 'it is not known', having('software', { sockets: null }), 'unknown', { mends: true }],
  ['docker-config', 'no JSON', having('software', { dockerConfigValid: false }), 'error', asDocker],
  ['docker-config', 'good JSON', {}, 'ok', asDocker],
  ['docker-config', 'it is not known', having('software', { dockerConfigValid: null }), 'unknown', asDocker],
  [
    'docker-storage',
    'vfs',
    { runtimes: [docker], ...having('software', { dockerStorageDriver: 'vfs' }) },
    'warning',
    asDocker,
  ],
  [
    'docker-storage',
    'overlay2',
    { runtimes: [docker], ...having('software', { dockerStorageDriver: 'overlay2' }) },
    'ok',
    asDocker,
  ],
  ['docker-storage', 'docker does not tell', { runtimes: [docker] }, 'unknown', asDocker],
  ['docker-snap', 'it is one', having('software', { dockerSnap: true }), 'error', asDocker],
  ['docker-snap', 'it is one beside containerd', having('software', { dockerSnap: true }), 'warning'],
  ['docker-snap', 'it is not known', having('software', { dockerSnap: null }), 'unknown'],
  ['other-cri', 'CRI-O', having('software', { sockets: ['/run/crio/crio.sock'] }), 'warning'],
  ['other-cri', 'they are not known', having('software', { sockets: null }), 'unknown'],

  ['left-overs', 'another cluster was here', { leftovers: ['/etc/kubernetes/kubelet.conf'] }, 'error'],
  ['left-overs', 'this cluster’s own', { leftovers: ['/etc/kubernetes/kubelet.conf'] }, 'ok', { owns: true }],
  ['left-over-etcd', 'another cluster was here', { leftovers: ['/var/lib/etcd'] }, 'error'],
  ['left-over-etcd', 'this cluster’s own', { leftovers: ['/var/lib/etcd'] }, 'ok', { owns: true }],
  ['left-over-manifests', 'another cluster was here', { leftovers: ['/etc/kubernetes/manifests'] }, 'error'],
  ['left-over-manifests', 'this cluster’s own', { leftovers: ['/etc/kubernetes/manifests'] }, 'ok', { owns: true }],
  ['stale-cni', 'Calico’s', having('software', { cniFiles: ['10-calico.conflist'] }), 'warning'],
  ['stale-cni', 'they are not known', having('software', { cniFiles: null }), 'unknown'],
  [
    'stale-interfaces',
    'cni0',
    having('network', { interfaces: [{ name: 'cni0', mtu: 1450 }] }),
    'warning',
    { seen: 'cni0' },
  ],
  ['stale-interfaces', 'they are not known', having('network', { interfaces: null }), 'unknown'],
  ['kubelet-mounts', 'a volume', having('software', { kubeletMounts: ['/var/lib/kubelet/pods/x'] }), 'error'],
  ['kubelet-mounts', 'they are not known', having('software', { kubeletMounts: null }), 'unknown'],
  ['other-distribution', 'k3s', having('software', { distributions: ['k3s'] }), 'error', { seen: 'k3s' }],
  ['other-distribution', 'k3s on a node', having('software', { distributions: ['k3s'] }), 'warning', { owns: true }],
  ['other-distribution', 'they are not known', having('software', { distributions: null }), 'unknown'],
  [
    'stray-kubelet',
    'it runs for another cluster',
    {
      leftovers: ['/etc/kubernetes/kubelet.conf'],
      ...having('machine', { units: { kubelet: { active: true, state: 'enabled' } } }),
    },
    'warning',
  ],
  ['stray-kubelet', 'systemd does not tell', having('machine', { units: null }), 'unknown'],

  ['plugin-version', 'Calico 3.30 and 1.23', {}, 'warning', { assignment: withPlugin('calico', 'Calico v3.30.0') }],
  ['plugin-version', 'Calico 3.24 and 1.23', {}, 'ok', { assignment: withPlugin('calico', 'Calico v3.24.1') }],
  ['plugin-version', 'a Calico to come', {}, 'unknown', { assignment: withPlugin('calico', 'Calico v4.0.0') }],
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
