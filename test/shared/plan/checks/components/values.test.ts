import { expect, test } from 'vitest';
import { parsePlan } from '../../../../../shared/plan/parse.ts';
import { planText } from '../../plan-text.ts';

/** The problems and warnings of component settings, as `PATH: CODE` below kubernetes.components. */
function judge(components: unknown, version: string, more = {}): string[] {
  const text = planText({ kubernetes: { version, packages: 'aliyun', components }, ...more });
  const { problems, warnings } = parsePlan(text, { readFile: () => '' });
  return [...problems, ...warnings].map(({ path, code }) => `${path.replace('kubernetes.components.', '')}: ${code}`);
}

const kubelet = (settings: object, version = '1.34.1') => judge({ kubeletConfiguration: settings }, version);
const proxy = (settings: object) => judge({ kubeProxyConfiguration: settings }, '1.34.1');
const cluster = (settings: object, version = '1.34.1') => judge({ clusterConfiguration: settings }, version);
const init = (settings: object, more = {}) => judge({ initConfiguration: settings }, '1.34.1', more);

test.each([
  [{ maxPods: -1 }, 'maxPods: field-out-of-range'],
  [{ imageGCHighThresholdPercent: 101 }, 'imageGCHighThresholdPercent: field-out-of-range'],
  [{ imageGCHighThresholdPercent: 75 }, 'imageGCHighThresholdPercent: kubelet-needs'],
  [{ imageGCLowThresholdPercent: 90 }, 'imageGCHighThresholdPercent: kubelet-needs'],
  [{ imageMaximumGCAge: '1m' }, 'imageMaximumGCAge: kubelet-needs'],
  [{ readOnlyPort: 70_000 }, 'readOnlyPort: field-out-of-range'],
  [{ oomScoreAdj: -1001 }, 'oomScoreAdj: field-out-of-range'],
  [{ containerLogMaxFiles: 1 }, 'containerLogMaxFiles: field-out-of-range'],
  [{ maxParallelImagePulls: 0 }, 'maxParallelImagePulls: field-out-of-range'],
  [{ serializeImagePulls: true, maxParallelImagePulls: 5 }, 'maxParallelImagePulls: kubelet-needs'],
  [{ memoryThrottlingFactor: 1.5 }, 'memoryThrottlingFactor: field-out-of-range'],
  [{ cpuManagerPolicy: 'static' }, 'cpuManagerPolicy: kubelet-needs'],
  [{ memoryManagerPolicy: 'Static' }, 'memoryManagerPolicy: kubelet-needs'],
  [{ cgroupsPerQOS: false }, 'cgroupsPerQOS: kubelet-needs'],
  [{ enforceNodeAllocatable: ['pods', 'system-reserved'] }, 'enforceNodeAllocatable: kubelet-needs'],
  [{ enforceNodeAllocatable: ['none', 'pods'] }, 'enforceNodeAllocatable: kubelet-needs'],
  [{ reservedSystemCPUs: '0-1', kubeReservedCgroup: '/k' }, 'reservedSystemCPUs: kubelet-needs'],
  [{ reservedSystemCPUs: '0-x' }, 'reservedSystemCPUs: kubelet-needs'],
  [{ shutdownGracePeriodCriticalPods: '30s' }, 'shutdownGracePeriodCriticalPods: kubelet-needs'],
  [{ shutdownGracePeriod: '500ms' }, 'shutdownGracePeriod: kubelet-needs'],
  [{ cpuCFSQuotaPeriod: '5ms' }, 'cpuCFSQuotaPeriod: kubelet-needs'],
  [{ memorySwap: { swapBehavior: 'UnlimitedSwap' } }, 'memorySwap.swapBehavior: kubelet-needs'],
  [{ evictionHard: { 'mem.available': '1Gi' } }, 'evictionHard["mem.available"]: eviction-signal-unknown'],
  [{ evictionHard: { 'memory.available': '110%' } }, 'evictionHard["memory.available"]: eviction-percentage'],
  [{ evictionSoft: { 'memory.available': '1Gi' } }, 'evictionSoft["memory.available"]: eviction-without-grace'],
  [
    { evictionSoft: { 'pid.available': '1k' }, evictionSoftGracePeriod: { 'pid.available': '90' } },
    'evictionSoftGracePeriod["pid.available"]: eviction-grace-invalid',
  ],
  [{ systemReserved: { ram: '1Gi' } }, 'systemReserved.ram: reserved-resource-unknown'],
  [{ kubeReserved: { cpu: '-1' } }, 'kubeReserved.cpu: field-out-of-range'],
  [{ address: 'node01' }, 'address: listener-address-invalid'],
  [{ featureGates: { EphemeralContainers: true } }, 'featureGates.EphemeralContainers: gate-removed'],
])('a kubelet with %j is refused', (settings, problem) => {
  expect(kubelet(settings)).toEqual([`kubeletConfiguration.${problem}`]);
});

test('settings that a kubelet starts with are accepted', () => {
  const settings = {
    ...{ imageGCHighThresholdPercent: 75, imageGCLowThresholdPercent: 60, maxPods: 0, podPidsLimit: -1 },
    ...{ imageMinimumGCAge: '30s', imageMaximumGCAge: '1m', cpuCFSQuotaPeriod: '100ms' },
    ...{ cpuManagerPolicy: 'static', kubeReserved: { cpu: '500m', 'hugepages-2Mi': '2Mi' } },
    ...{ shutdownGracePeriod: '30s', shutdownGracePeriodCriticalPods: '10s' },
    ...{
      maxParallelImagePulls: 5,
      reservedSystemCPUs: '0,2-3',
      enforceNodeAllocatable: ['none'],
      cgroupsPerQOS: false,
    },
    evictionSoft: { 'memory.available': '5%' },
    evictionSoftGracePeriod: { 'memory.available': '1m30s' },
    memorySwap: { swapBehavior: 'LimitedSwap' },
    featureGates: { GracefulNodeShutdown: true },
  };
  expect(kubelet(settings)).toEqual([]);
});

test('what an argument of the kubelet replaces is not judged', () => {
  const components = (kubeletExtraArgs: object, settings: object) => ({
    kubeletConfiguration: settings,
    joinConfiguration: { nodeRegistration: { kubeletExtraArgs } },
  });
  const judged = (args: object, settings: object) => judge(components(args, settings), '1.34.1');
  expect(judged({ 'reserved-cpus': '0' }, { cpuManagerPolicy: 'static' })).toEqual([]);
  expect(
    judged({ 'eviction-soft-grace-period': 'pid.available=1m' }, { evictionSoft: { 'pid.available': '1k' } }),
  ).toEqual([]);
  expect(judged({ v: '2' }, { cpuManagerPolicy: 'static' })).toEqual([
    'kubeletConfiguration.cpuManagerPolicy: kubelet-needs',
  ]);
});

test('a file that kubeadm wrote on a host is accepted', () => {
  const zero = Object.fromEntries(
    ['shutdownGracePeriod', 'shutdownGracePeriodCriticalPods'].map((field) => [field, '0s'] as const),
  );
  expect(kubelet({ ...zero, healthzBindAddress: '127.0.0.1' }, '1.20.2')).toEqual([]);
  expect(kubelet({ ...zero, imageMaximumGCAge: '0s', imageMinimumGCAge: '0s', memorySwap: {} }, '1.29.0')).toEqual([]);
});

test.each([
  ['1.20.2', { shutdownGracePeriod: '30s' }, ['kubeletConfiguration.shutdownGracePeriod: kubelet-needs']],
  ['1.20.2', { shutdownGracePeriod: '30s', featureGates: { GracefulNodeShutdown: true } }, []],
  ['1.21.0', { shutdownGracePeriod: '30s' }, []],
  [
    '1.29.0',
    { memorySwap: { swapBehavior: 'LimitedSwap' } },
    ['kubeletConfiguration.memorySwap.swapBehavior: kubelet-needs'],
  ],
  ['1.29.0', { memorySwap: { swapBehavior: 'UnlimitedSwap' }, featureGates: { NodeSwap: true } }, []],
  ['1.26.0', { featureGates: { EphemeralContainers: true } }, []],
])('in %s, %j needs its feature gate: %j', (version, settings, problems) => {
  expect(kubelet(settings, version)).toEqual(problems);
});

test.each([
  [{ bindAddress: 'node01' }, 'bindAddress: listener-address-invalid'],
  [{ metricsBindAddress: '10249' }, 'metricsBindAddress: listener-invalid'],
  [{ metricsBindAddress: ':10249' }, 'metricsBindAddress: listener-invalid'],
  [{ metricsBindAddress: 'http://0.0.0.0:10249' }, 'metricsBindAddress: listener-invalid'],
  [{ nodePortAddresses: ['192.168.0.1'] }, 'nodePortAddresses[0]: field-not-subnet'],
  [{ mode: 'ipvs', ipvs: { excludeCIDRs: ['10.0.0.1'] } }, 'ipvs.excludeCIDRs[0]: field-not-subnet'],
  [{ mode: 'ipvs', ipvs: { minSyncPeriod: '60s' } }, 'ipvs.minSyncPeriod: sync-period-too-long'],
  [{ conntrack: { maxPerCore: -1 } }, 'conntrack.maxPerCore: field-out-of-range'],
  [{ iptables: { masqueradeBit: 40 } }, 'iptables.masqueradeBit: field-out-of-range'],
  [{ iptables: { minSyncPeriod: '60s' } }, 'iptables.minSyncPeriod: sync-period-too-long'],
  [{ featureGates: { SupportIPVSProxyMode: true } }, 'featureGates.SupportIPVSProxyMode: gate-removed'],
])('a kube-proxy with %j is refused', (settings, problem) => {
  expect(proxy(settings)).toEqual([`kubeProxyConfiguration.${problem}`]);
});

test('addresses that kube-proxy reads are accepted', () => {
  const settings = {
    ...{ bindAddress: '::', metricsBindAddress: '0.0.0.0:10249', healthzBindAddress: '[::1]:10256' },
    nodePortAddresses: ['192.168.0.0/24', 'primary'],
    iptables: { syncPeriod: '1m', minSyncPeriod: '45s' },
    // Of another mode.
    ipvs: { excludeCIDRs: ['10.0.0.1'], minSyncPeriod: '60s' },
  };
  expect(proxy(settings)).toEqual([]);
  expect(proxy({ metricsBindAddress: '::1' })).toEqual([]);
});

test.each([
  [{ apiServer: { certSANs: ['10.0.0.300'] } }, 'apiServer.certSANs[0]: certificate-name-invalid'],
  [
    { apiServer: { extraArgs: { 'enable-admission-plugins': 'NodeRestriction, PodSecurity' } } },
    'apiServer.extraArgs.enable-admission-plugins: admission-plugin-unknown',
  ],
  [
    { apiServer: { extraArgs: { 'feature-gates': 'TTLAfterFinished=true' } } },
    'apiServer.extraArgs.feature-gates: gate-removed',
  ],
  [
    { scheduler: { extraArgs: { 'feature-gates': 'A=true,B' } } },
    'scheduler.extraArgs.feature-gates: gates-unreadable',
  ],
  [{ apiServer: { extraArgs: { 'audit-log-pth': '/x' } } }, 'apiServer.extraArgs.audit-log-pth: argument-misspelt'],
  [{ apiServer: { extraArgs: { profiling: 'no' } } }, 'apiServer.extraArgs.profiling: argument-not-boolean'],
  [{ scheduler: { extraArgs: { profiling: 'Off' } } }, 'scheduler.extraArgs.profiling: argument-not-boolean'],
  [
    { controllerManager: { extraArgs: { 'node-monitor-grace-period': 20 } } },
    'controllerManager.extraArgs.node-monitor-grace-period: argument-without-unit',
  ],
  [
    { apiServer: { extraArgs: { 'tls-min-version': 'TLS1.2' } } },
    'apiServer.extraArgs.tls-min-version: argument-choice',
  ],
  [
    { apiServer: { extraArgs: { 'audit-policy-file': '/etc/kubernetes/audit.yaml' } } },
    'apiServer.extraArgs.audit-policy-file: argument-file-unmounted',
  ],
  [
    { scheduler: { extraArgs: { config: '/etc/kubernetes/scheduler.yaml' } } },
    'scheduler.extraArgs.config: argument-file-unmounted',
  ],
  [
    { apiServer: { extraArgs: { 'service-node-port-range': '30000-' } } },
    'apiServer.extraArgs.service-node-port-range: port-range-invalid',
  ],
  [
    { apiServer: { extraArgs: { 'service-node-port-range': '2000-3000' } } },
    'apiServer.extraArgs.service-node-port-range: port-range-overlaps',
  ],
  [
    { apiServer: { extraVolumes: [{ name: 'A_b', hostPath: '/a', mountPath: '/a' }] } },
    'apiServer.extraVolumes[0].name: volume-name-invalid',
  ],
  [
    { apiServer: { extraVolumes: [{ name: 'a', hostPath: 'a', mountPath: '/a' }] } },
    'apiServer.extraVolumes[0].hostPath: volume-path-invalid',
  ],
  [
    { scheduler: { extraVolumes: [{ name: 'a', hostPath: '/a' }] } },
    'scheduler.extraVolumes[0].mountPath: volume-path-invalid',
  ],
  [
    {
      controllerManager: {
        extraVolumes: [
          { name: 'a', hostPath: '/a', mountPath: '/a' },
          { name: 'a', hostPath: '/b', mountPath: '/b' },
        ],
      },
    },
    'controllerManager.extraVolumes[1].name: volume-repeated',
  ],
])('a control plane with %j is refused', (settings, problem) => {
  expect(cluster(settings)).toEqual([`clusterConfiguration.${problem}`]);
});

test('arguments that components read are accepted', () => {
  const extraVolumes = [{ name: 'audit', hostPath: '/etc/audit', mountPath: '/etc/audit' }];
  const extraArgs = {
    ...{ 'audit-policy-file': '/etc/audit/policy.yaml', 'audit-log-path': '/var/log/audit.log', profiling: false },
    ...{ 'oidc-ca-file': '/etc/kubernetes/pki/oidc.crt', 'service-node-port-range': '30000-32767' },
    ...{ 'min-request-timeout': 1800, 'request-timeout': '2m', 'event-ttl': 0, 'feature-gates': '' },
  };
  expect(cluster({ apiServer: { extraArgs, extraVolumes } })).toEqual([]);
  expect(cluster({ apiServer: { extraArgs: { 'feature-gates': 'kube:AllAlpha=true' } } })).toEqual([]);
  const patched = {
    clusterConfiguration: { apiServer: { extraArgs: { 'audit-policy-file': '/etc/audit.yaml' } } },
    initConfiguration: { patches: { directory: '/etc/patches' } },
  };
  expect(judge(patched, '1.34.1')).toEqual([]);
  expect(init({ nodeRegistration: { kubeletExtraArgs: { 'fail-swap-on': 'no' } } })).toEqual([
    'initConfiguration.nodeRegistration.kubeletExtraArgs.fail-swap-on: argument-not-boolean',
  ]);
  for (const labels of ['', 'a=b, c=d'])
    expect(init({ nodeRegistration: { kubeletExtraArgs: { 'node-labels': labels } } })).toEqual([]);
});

test.each([
  [{ skipPhases: ['addon/kubeproxy'] }, 'skipPhases[0]: phase-unknown'],
  [{ patches: { directory: 'patches' } }, 'patches.directory: patches-folder-relative'],
  [
    { nodeRegistration: { taints: [{ key: 'a b', effect: 'NoSchedule' }] } },
    'nodeRegistration.taints[0]: label-key-invalid',
  ],
  [{ nodeRegistration: { taints: [{ effect: 'NoSchedule' }] } }, 'nodeRegistration.taints[0]: label-key-invalid'],
  [
    { nodeRegistration: { kubeletExtraArgs: { 'node-labels': 'a=b c' } } },
    'nodeRegistration.kubeletExtraArgs.node-labels: label-value-invalid',
  ],
  [
    { nodeRegistration: { ignorePreflightErrors: ['Mem', 'NumCPU'] } },
    'nodeRegistration.ignorePreflightErrors[0]: ignored-error-blocks',
  ],
])('with %j in the init configuration, the plan says so', (settings, problem) => {
  const more = { preflight: { lower: { 'cpu-count': { reason: 'lab' } } } };
  expect(init(settings, more)).toEqual([`initConfiguration.${problem}`]);
});

test('phases that kubeadm has may be skipped', () => {
  expect(init({ skipPhases: ['addon/kube-proxy', 'certs/ca', 'preflight'] })).toEqual([]);
  expect(judge({ joinConfiguration: { skipPhases: ['check-etcd'] } }, '1.34.1')).toEqual([]);
});
