import { defineErrors } from '../../../errors/definition.ts';

/** Settings with which kube-proxy does not start. */
export const proxyRules = defineErrors({
  'sync-period-too-long': {
    message: {
      en: '{seen} is longer than syncPeriod ({most}); set a shorter one',
      zh: '{seen} 长于 syncPeriod（{most}）；请设为更短的时长',
    },
  },
  'proxy-mode-removed': {
    message: {
      en: 'kube-proxy {version} has no mode userspace; use iptables',
      zh: 'kube-proxy {version} 没有 userspace 模式；请使用 iptables',
    },
  },
  'proxy-mode-too-new': {
    message: {
      en: 'kube-proxy {version} has no mode nftables; it exists since {since}; use iptables or ipvs',
      zh: 'kube-proxy {version} 没有 nftables 模式，{since} 起才有；请使用 iptables 或 ipvs',
    },
  },
  'proxy-mode-needs-gate': {
    message: {
      en: 'kube-proxy {version} has mode nftables only with featureGates.NFTablesProxyMode: true; add it, or use iptables',
      zh: 'kube-proxy {version} 仅在 featureGates.NFTablesProxyMode: true 时支持 nftables 模式；请添加，或使用 iptables',
    },
  },
});
