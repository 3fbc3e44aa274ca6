import { refuses } from '../../plan-text.ts';

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
]);
