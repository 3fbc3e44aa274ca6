import { defaultCriDockerd, defaultNodePorts, defaultPreparation } from '../../shared/plan/defaults.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';

const well = { result: 'ok' as const, target: 'https://mirror.example/', detail: 'HTTP 200', ms: 40 };

const sampleGroups: Pick<
  Facts,
  | 'machine'
  | 'storage'
  | 'network'
  | 'software'
  | 'reach'
  | 'peers'
  | 'balancer'
  | 'etcd'
  | 'externalEtcd'
  | 'recovery'
  | 'clusterBackup'
> = {
  machine: {
    container: '',
    packageArchitecture: 'amd64',
    memoryAvailableBytes: 3 * 1024 ** 3,
    year: 2026,
    timeSynchronised: true,
    rebootRequired: false,
    kernelLog: true,
    entropyBits: 256,
    namespaces: ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'],
    kernelConfig: { INET: 'y', OVERLAY_FS: 'm' },
    seccomp: true,
    appArmor: true,
    seLinux: 'off',
    units: { 'systemd-timesyncd': { active: true, state: 'enabled' } },
    swapUnits: [],
    sysctlFiles: [],
    cloudInit: { running: false, writesHostsFile: false },
    disabledModules: [],
  },
  storage: {
    mounts: [{ mount: '/', type: 'ext4', options: ['rw', 'relatime'] }],
    inodes: { free: 3_000_000, all: 3_200_000 },
    syncMs: 2.5,
    lockedFiles: [],
  },
  network: {
    nameservers: ['192.168.0.1'],
    resolvedFile: false,
    searchDomains: [],
    upstreamFile: '',
    upstreamNameservers: [],
    plannedResolvConf: null,
    gateways: [],
    localhostInHostsFile: true,
    routes: [{ destination: '192.168.0.0/24', interface: 'eth0' }],
    defaultInterfaces: ['eth0'],
    interfaces: [
      { name: 'lo', mtu: 65_536 },
      { name: 'eth0', mtu: 1500 },
    ],
    ufwEnabled: false,
    proxies: [],
    unmanagedInterfaces: false,
    legacyTables: null,
  },
  software: {
    programs: Object.fromEntries(
      ['conntrack', 'ip', 'iptables', 'mount', 'nsenter', 'ebtables', 'ethtool', 'socat', 'tc', 'apparmor_parser'].map(
        (name) => [name, true],
      ),
    ),
    caBundle: true,
    packageLock: '',
    packagesInterrupted: false,
    brokenPackages: [],
    otherEntries: [],
    brokenSources: [],
    sockets: [],
    containerd: null,
    pauseTag: null,
    dockerConfigValid: true,
    dockerDaemon: {
      keys: [],
      hosts: [],
      logDriver: null,
      logOptions: {},
      flags: [{ key: 'hosts', path: '/lib/systemd/system/docker.service' }],
      rejected: null,
    },
    dockerStorageDriver: null,
    dockerSnap: false,
    distributions: [],
    cniFiles: [],
    nodeRuntime: 'none',
    kubeletFlags: [],
    kubeletMounts: [],
  },
  reach: {
    packageSource: well,
    signed: { kubernetes: { isKnown: true, expires: { day: '2028-01-01', inDays: 700 }, refusal: null } },
    signingKey: well,
    offeredVersions: ['1.24.0-00', '1.23.0-00'],
    criDockerd: null,
    runtimeSource: null,
    offers: { containerd: ['1.6.20~ds1-1+b1'], 'docker.io': ['20.10.24+dfsg1-1'], 'cri-tools': ['1.26.0-00'] },
    registry: well,
    pauseImage: well,
    mirrors: [],
    pluginManifest: well,
    nameservers: [{ ...well, target: '192.0.2.53', detail: 'NOERROR' }],
    upstreams: [{ name: 'mirror.example.com', addresses: ['192.0.2.10'] }],
    apiServer: null,
    endpointName: null,
  },
  peers: [],
  balancer: null,
  externalEtcd: null,
  etcd: null,
  recovery: null,
  clusterBackup: null,
};

/** A host that meets every requirement of a control plane. */
export function sampleFacts(changes: Partial<Facts> = {}): Facts {
  return {
    hostname: 'node01',
    os: { id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
    kernel: '6.1.0-18-amd64',
    arch: 'x64',
    virtualization: 'KVM',
    root: true,
    init: 'systemd',
    cpuCount: 2,
    memoryBytes: 4 * 1024 ** 3,
    disks: [{ mount: '/', sizeBytes: 50 * 1024 ** 3, freeBytes: 40 * 1024 ** 3 }],
    swap: { devices: [], fstab: [] },
    modules: { overlay: 'loaded', br_netfilter: 'loaded' },
    sysctls: {
      'net.bridge.bridge-nf-call-iptables': '1',
      'net.bridge.bridge-nf-call-ip6tables': '1',
      'net.ipv4.ip_forward': '1',
      'net.ipv4.conf.all.rp_filter': '1',
      'vm.overcommit_memory': '1',
      'kernel.panic': '10',
      'kernel.panic_on_oops': '1',
      'kernel.pid_max': '4194304',
      'fs.inotify.max_user_instances': '8192',
      'fs.inotify.max_user_watches': '524288',
    },
    addresses: [{ interface: 'eth0', address: '192.168.0.131', mac: '02:00:00:00:00:01', family: 'ipv4' }],
    machineId: '3d1219c7c4c5404aaa1f6d2a48adfda4',
    productUuid: null,
    bootId: 'boot-1',
    cgroup: { version: '2', controllers: ['cpuset', 'cpu', 'io', 'memory', 'pids'] },
    ports: [],
    leftovers: [],
    runtimes: [
      { name: 'docker', version: null, active: false, cgroupDriver: null },
      { name: 'containerd', version: null, active: false, cgroupDriver: null },
    ],
    packages: { systemd: '252.30-1~deb12u2' },
    hostnameAddresses: ['192.168.0.131'],
    ...sampleGroups,
    ...changes,
  };
}

export function sampleAssignment(changes: Partial<Assignment> = {}): Assignment {
  const host = { name: 'node01', address: '192.168.0.131', role: 'worker' as const };
  return {
    host: { ...host, labels: {}, taints: [] },
    bootstrap: 'join',
    settings: {
      name: 'class',
      kubernetes: {
        version: '1.23.0',
        packageVersion: null,
        imageRepository: 'registry.k8s.io',
        packages: {
          url: 'https://packages.example',
          suite: '/',
          components: [],
          key: { url: 'https://packages.example/key' },
        },
        components: {
          initConfiguration: {},
          clusterConfiguration: {},
          joinConfiguration: {},
          kubeletConfiguration: {},
          kubeProxyConfiguration: {},
        },
      },
      loadBalancer: { kind: 'none' },
      etcd: { kind: 'stacked' },
      endpoint: { host: 'class.muster.internal', port: 6443, managed: true },
      preparation: { ...defaultPreparation },
      runtime: {
        ...{
          name: 'containerd',
          package: 'containerd',
          version: null,
          packages: null,
          criDockerd: { ...defaultCriDockerd },
        },
        ...{ registryMirrors: {}, insecureRegistries: [] },
      },
      network: {
        podSubnet: '10.244.0.0/16',
        serviceSubnet: '10.96.0.0/12',
        dnsDomain: 'cluster.local',
        nodePorts: { ...defaultNodePorts },
        plugin: { title: 'None', kind: 'manifest', manifest: { text: '' } },
      },
      hosts: [host],
      preflight: { lower: {} },
    },
    cluster: null,
    installsAfter: null,
    ...changes,
  };
}

/** The same assignment for a control plane, or for another version. */
export function controlPlane(assignment = sampleAssignment()): Assignment {
  return { ...assignment, bootstrap: 'init', host: { ...assignment.host, role: 'control-plane' } };
}

export function sampleFinding(changes: Partial<Finding> = {}): Finding {
  const text = { en: 'seen', zh: 'seen' };
  const nothing = { en: '', zh: '' };
  return {
    ...{ id: 'memory', level: 'error', seen: text, needed: nothing, remedy: nothing, command: '', mends: false },
    lowered: null,
    ...changes,
  };
}
