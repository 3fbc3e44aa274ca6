import { type Case, having, planned, reaching, withDocker, worker } from '../known.ts';

const containerd = { name: 'containerd' as const, version: '1.6.20', active: true, cgroupDriver: 'cgroupfs' as const };
const docker = { name: 'docker' as const, version: '20.10.24', active: true, cgroupDriver: 'systemd' as const };
const configured = {
  ...{ criDisabled: false, sandboxImage: 'registry.k8s.io/pause:3.6', version: 2, socket: null, invalid: null },
  ...{ twoRegistryStyles: false, missingRuntime: null, otherFile: null },
  ...{ overruledBy: [], replacedBy: [], missingImports: [], invalidImports: [] },
};
const cniDisabled = { ...configured, criDisabled: true };
const config = (fact: object) => having('software', { containerd: { ...configured, ...fact } });
const notInstalled = { runtimes: [], packages: {} };
const asDocker = { assignment: withDocker };
const { runtime } = worker.settings;
const old = { assignment: planned({ version: '1.22.17' }) };
const withRuntime = (version: string, runtimeVersion: string) =>
  planned({ version, settings: { runtime: { ...runtime, version: runtimeVersion } } });
const dockerFor = (version: string) =>
  planned({ version, settings: { runtime: { ...runtime, name: 'docker', package: 'docker.io' } } });
/** The versions of a package that the host's sources offer, the one that apt would install first. */
const offering = (name: string, ...versions: string[]) => reaching({ offers: { [name]: versions } });

export const runtimeCases: Case[] = [
  ['other-runtime', 'docker beside a planned containerd', { runtimes: [docker, containerd] }, 'warning'],
  ['node-runtime', 'the planned runtime', having('software', { nodeRuntime: 'containerd' }), 'ok'],
  [
    'node-runtime',
    'another runtime',
    having('software', { nodeRuntime: 'containerd' }),
    'error',
    { ...asDocker, owns: true },
  ],
  ['node-runtime', 'unknown', having('software', { nodeRuntime: null }), 'unknown'],
  ['cgroup-driver', 'other than the kubelet’s', { runtimes: [containerd] }, 'warning', { mends: true }],
  ['cgroup-driver', 'unknown', { runtimes: [{ ...containerd, cgroupDriver: null }] }, 'unknown', { mends: true }],
  [
    'containerd-version',
    '1.5 and Kubernetes 1.26',
    { packages: { containerd: '1.5.18' } },
    'error',
    { assignment: planned({ version: '1.26.0' }) },
  ],
  ['containerd-version', '1.5 and Kubernetes 1.23', { packages: { containerd: '1.5.18' } }, 'ok'],
  ['containerd-version', '1.3', { packages: { containerd: '1.3.3-0ubuntu2' } }, 'warning'],
  [
    'containerd-version',
    '2.2 on a host, and Kubernetes 1.22',
    { packages: { containerd: '2.2.1-0ubuntu1~22.04.1' } },
    'error',
    old,
  ],
  [
    'containerd-version',
    '2.1 would be installed',
    offering('containerd', '2.1.4~ds2-8', '1.7.24~ds1-6+b4'),
    'error',
    { ...old, seen: 'containerd 2.1.4~ds2-8 would be installed' },
  ],
  ['containerd-version', '2.1 would be installed for 1.23', offering('containerd', '2.1.4~ds2-8'), 'ok'],
  [
    'containerd-version',
    '1.7 is planned, and offered beside 2.1',
    offering('containerd', '2.1.4~ds2-8', '1.7.24~ds1-6+b4'),
    'ok',
    { assignment: withRuntime('1.22.17', '1.7'), seen: '1.7.24' },
  ],
  [
    'containerd-version',
    '1.7 and Kubernetes 1.38',
    { packages: { containerd: '1.7.24~ds1-6+b4' } },
    'error',
    { assignment: planned({ version: '1.38.0' }) },
  ],
  ['containerd-version', 'no index has been read', reaching({ offers: {} }), 'unknown'],
  [
    'docker-version',
    '19.03 on cgroup v1 for 1.24',
    { packages: { 'docker.io': '19.03.8' }, cgroup: { version: '1', controllers: [] } },
    'error',
    { assignment: dockerFor('1.24.0') },
  ],
  [
    'other-cri',
    'cri-dockerd, which the plan needs',
    having('software', { sockets: ['/run/cri-dockerd.sock'] }),
    'ok',
    { assignment: dockerFor('1.24.0') },
  ],
  ['docker-version', '19.03 on cgroup v2', { packages: { 'docker.io': '5:19.03.15' } }, 'error', asDocker],
  ['docker-version', '20.10 on cgroup v2', { packages: { 'docker.io': '20.10.24' } }, 'ok', asDocker],
  [
    'docker-version',
    '28 would be installed for 1.20',
    offering('docker.io', '28.5.2+dfsg1-1'),
    'error',
    { assignment: dockerFor('1.20.2'), seen: 'docker.io 28.5.2+dfsg1-1 would be installed' },
  ],
  [
    'docker-version',
    '26.1 for 1.20',
    offering('docker.io', '26.1.5+dfsg1-9+b4'),
    'ok',
    { assignment: dockerFor('1.20.2') },
  ],
  [
    'docker-version',
    '29 for 1.22',
    offering('docker.io', '29.1.3-0ubuntu1'),
    'ok',
    { assignment: dockerFor('1.22.0') },
  ],
  ['docker-version', 'no index has been read', reaching({ offers: {} }), 'unknown', asDocker],
  [
    'docker-version',
    'cgroup version unknown',
    { packages: { 'docker.io': '20.10.24' }, cgroup: { version: 'unknown', controllers: [] } },
    'unknown',
    asDocker,
  ],
  [
    'containerd-cri',
    'the file of containerd.io',
    having('software', { containerd: cniDisabled }),
    'warning',
    { mends: true },
  ],
  [
    'sandbox-image',
    'the package’s default',
    having('software', { containerd: { ...configured, sandboxImage: 'registry.k8s.io/pause:3.8' } }),
    'warning',
    { mends: true, seen: 'pause:3.8' },
  ],
  [
    'sandbox-image',
    'of an earlier kubeadm than the installed one',
    having('software', { containerd: cniDisabled, pauseTag: '3.99' }),
    'warning',
    { mends: true, seen: 'pause:3.6' },
  ],
  ['sandbox-image', 'kubeadm’s', having('software', { containerd: cniDisabled }), 'ok'],
  ['containerd-config', 'no file', having('software', { containerd: null }), 'ok'],
  ['containerd-config', 'not TOML', config({ invalid: 'line 1' }), 'error'],
  [
    'containerd-config',
    'version 3 before containerd 2',
    { ...config({ version: 3 }), runtimes: [containerd] },
    'error',
  ],
  ['containerd-config', 'version 1 with containerd 1', { ...config({ version: 1 }), runtimes: [containerd] }, 'ok'],
  [
    'containerd-config',
    'version 1 with containerd 2',
    { ...config({ version: 1 }), runtimes: [{ ...containerd, version: '2.1.9' }] },
    'error',
  ],
  [
    'containerd-config',
    'version 3 before containerd 1.7 is installed',
    { ...config({ version: 3 }), ...notInstalled, ...offering('containerd', '1.7.24~ds1-6+b4') },
    'error',
  ],
  [
    'containerd-config',
    'version 3 before containerd 2 is installed',
    { ...config({ version: 3 }), ...notInstalled, ...offering('containerd', '2.1.9+ds1-1') },
    'ok',
  ],
  [
    'containerd-config',
    'version 1 before containerd 2 is installed',
    { ...config({ version: 1 }), ...notInstalled, ...offering('containerd', '2.1.9+ds1-1') },
    'error',
  ],
  ['containerd-config', 'another socket', config({ socket: '/data/containerd.sock' }), 'error'],
  ['containerd-config', 'its own socket', config({ socket: '/run/containerd/containerd.sock' }), 'ok'],
  ['containerd-config', 'mirrors and a folder', config({ twoRegistryStyles: true }), 'error'],
  ['containerd-config', 'an undefined default runtime', config({ missingRuntime: 'nvidia' }), 'error'],
  ['containerd-config', 'another file in its unit', config({ otherFile: '/data/containerd.toml' }), 'error'],
  ['containerd-config', 'an import with another driver', config({ overruledBy: ['/etc/x.toml'] }), 'warning'],
  ['containerd-config', 'an import that is no TOML', config({ invalidImports: ['/etc/x.toml'] }), 'warning'],
  [
    'containerd-config',
    'an import that replaces a section',
    { ...config({ replacedBy: ['/etc/x.toml'] }), runtimes: [{ ...containerd, version: '1.7.24' }] },
    'warning',
    { seen: '/etc/x.toml' },
  ],
  [
    'containerd-config',
    'an import that containerd 2 joins',
    { ...config({ replacedBy: ['/etc/x.toml'] }), runtimes: [{ ...containerd, version: '2.1.9' }] },
    'ok',
  ],
  [
    'containerd-config',
    'an import that does not exist',
    { ...config({ missingImports: ['/etc/x.toml'] }), runtimes: [{ ...containerd, version: '1.6.20' }] },
    'error',
    { seen: '/etc/x.toml' },
  ],
  [
    'containerd-config',
    'an import that does not exist, with containerd 2',
    { ...config({ missingImports: ['/etc/x.toml'] }), runtimes: [{ ...containerd, version: '2.1.9' }] },
    'error',
    { seen: '/etc/x.toml' },
  ],
  [
    'containerd-config',
    'an import that does not exist, before containerd is installed',
    { ...config({ missingImports: ['/etc/x.toml'] }), ...notInstalled, ...reaching({ offers: {} }) },
    'warning',
  ],
  [
    'containerd-config',
    'an import that does not exist, which containerd 1.4 ignores',
    { ...config({ missingImports: ['/etc/x.toml'] }), runtimes: [{ ...containerd, version: '1.4.13' }] },
    'ok',
  ],
  ['runtime-socket', 'missing', { runtimes: [containerd] }, 'warning', { mends: true }],
  [
    'runtime-socket',
    'present',
    { runtimes: [containerd], ...having('software', { sockets: ['/run/containerd/containerd.sock'] }) },
    'ok',
  ],
  ['runtime-socket', 'unknown', having('software', { sockets: null }), 'unknown', { mends: true }],
  ['other-cri', 'CRI-O', having('software', { sockets: ['/run/crio/crio.sock'] }), 'warning'],
  ['other-cri', 'unknown', having('software', { sockets: null }), 'unknown'],
];
