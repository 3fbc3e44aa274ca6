import { expect, test } from 'vitest';
import { planText, problemsOf, refuses } from '../../plan-text.ts';

const with_ = (version: string, components: unknown) => ({
  kubernetes: { version, packages: 'aliyun', components },
});
const apiServer = (extraArgs: unknown) => with_('1.30.2', { clusterConfiguration: { apiServer: { extraArgs } } });
const at = (path: string) => `kubernetes.components.${path}`;

refuses([
  [
    'an API server without anonymous access',
    apiServer({ 'anonymous-auth': false }),
    at('clusterConfiguration.apiServer.extraArgs.anonymous-auth: api-server-unusable'),
  ],
  [
    'an API server without anonymous access, as a list',
    apiServer([{ name: 'anonymous-auth', value: 'false' }]),
    at('clusterConfiguration.apiServer.extraArgs[0]: api-server-unusable'),
  ],
  [
    'an API server without Node authorisation',
    apiServer({ 'authorization-mode': 'RBAC' }),
    at('clusterConfiguration.apiServer.extraArgs.authorization-mode: authorization-mode'),
  ],
  [
    'a DNS address outside the service subnet',
    with_('1.30.2', { kubeletConfiguration: { clusterDNS: ['10.200.0.10'] } }),
    at('kubeletConfiguration.clusterDNS[0]: cluster-dns-outside'),
  ],
  [
    'a DNS address outside the service subnet as an argument',
    with_('1.30.2', {
      joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { 'cluster-dns': '169.254.20.10,10.200.0.10' } } },
    }),
    at('joinConfiguration.nodeRegistration.kubeletExtraArgs.cluster-dns: cluster-dns-outside'),
  ],
  [
    'nftables before 1.29',
    with_('1.26.0', { kubeProxyConfiguration: { mode: 'nftables' } }),
    at('kubeProxyConfiguration.mode: proxy-mode-too-new'),
  ],
  [
    'nftables in 1.29 without its feature gate',
    with_('1.29.4', { kubeProxyConfiguration: { mode: 'nftables' } }),
    at('kubeProxyConfiguration.mode: proxy-mode-needs-gate'),
  ],
  [
    'userspace since 1.26',
    with_('1.26.0', { kubeProxyConfiguration: { mode: 'userspace' } }),
    at('kubeProxyConfiguration.mode: proxy-mode-removed'),
  ],
  [
    'ignoring all errors',
    with_('1.30.2', { initConfiguration: { nodeRegistration: { ignorePreflightErrors: ['all'] } } }),
    at('initConfiguration.nodeRegistration.ignorePreflightErrors: ignored-errors-all'),
  ],
  [
    'an argument that was removed',
    with_('1.26.0', { joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { logtostderr: true } } } }),
    at('joinConfiguration.nodeRegistration.kubeletExtraArgs.logtostderr: argument-removed'),
  ],
  [
    'an admission plugin that was removed',
    apiServer({ 'enable-admission-plugins': 'NodeRestriction,PodSecurityPolicy' }),
    at('clusterConfiguration.apiServer.extraArgs.enable-admission-plugins: admission-plugin-removed'),
  ],
  [
    'a feature gate of a component as kubeadm’s',
    with_('1.23.0', { clusterConfiguration: { featureGates: { EphemeralContainers: true } } }),
    at('clusterConfiguration.featureGates.EphemeralContainers: gate-not-of-kubeadm'),
  ],
  [
    'a label that the kubelet may not set',
    with_('1.30.2', {
      joinConfiguration: {
        nodeRegistration: { kubeletExtraArgs: { 'node-labels': 'disk=ssd,node-role.kubernetes.io/worker=' } },
      },
    }),
    at('joinConfiguration.nodeRegistration.kubeletExtraArgs.node-labels: node-label-refused'),
  ],
  [
    'taints of all workers in the join configuration',
    with_('1.30.2', { joinConfiguration: { nodeRegistration: { taints: [{ key: 'a', effect: 'NoSchedule' }] } } }),
    at('joinConfiguration.nodeRegistration.taints: field-set-by-plan'),
  ],
  [
    'a second taint of one key and effect in the init configuration',
    with_('1.30.2', {
      initConfiguration: {
        nodeRegistration: {
          taints: [
            { key: 'a', value: '1', effect: 'NoSchedule' },
            { key: 'a', value: '2', effect: 'NoSchedule' },
          ],
        },
      },
    }),
    at('initConfiguration.nodeRegistration.taints[1]: taint-duplicate'),
  ],
  [
    'a certificate name with a port',
    with_('1.30.2', { clusterConfiguration: { apiServer: { certSANs: ['10.1.0.5', 'k8s.example.com:6443'] } } }),
    at('clusterConfiguration.apiServer.certSANs[1]: certificate-name-invalid'),
  ],
]);

test.each([
  ['1.25.0', { joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { logtostderr: true } } } }],
  [
    '1.24.0',
    { clusterConfiguration: { apiServer: { extraArgs: { 'enable-admission-plugins': 'PodSecurityPolicy' } } } },
  ],
  ['1.31.0', { clusterConfiguration: { featureGates: { WaitForAllControlPlaneComponents: true } } }],
  [
    '1.30.2',
    { joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { 'node-labels': 'node.kubernetes.io/pool=a' } } } },
  ],
  ['1.30.2', { kubeletConfiguration: { clusterDNS: ['169.254.20.10'] } }],
  ['1.29.4', { kubeProxyConfiguration: { mode: 'nftables', featureGates: { NFTablesProxyMode: true } } }],
  ['1.31.0', { kubeProxyConfiguration: { mode: 'nftables' } }],
  ['1.30.2', { initConfiguration: { nodeRegistration: { taints: [] } } }],
])('with %s, %j is accepted', (version, components) => {
  expect(problemsOf(planText(with_(version, components)))).toEqual([]);
});
