import { type Check, notLooked, ok, warning } from '../check.ts';

export const nftablesService: Check = {
  id: 'nftables-service',
  group: 'network',
  level: 'warning',
  title: { en: 'nftables.service does not flush Kubernetes’ rules', zh: 'nftables.service 不会清空 Kubernetes 规则' },
  reason: {
    en: 'Debian’s /etc/nftables.conf begins with "flush ruleset": each start takes away kube-proxy’s and the plugin’s rules.',
    zh: 'Debian 的 /etc/nftables.conf 以 “flush ruleset” 开头，每次启动都会清除 kube-proxy 与插件的规则。',
  },
  needed: { en: 'not running', zh: '未运行' },
  remedy: {
    en: 'Switch it off, or take "flush ruleset" out and open the cluster’s ports there',
    zh: '停用它，或去掉 “flush ruleset” 并在其中放行集群端口',
  },
  command: 'sudo systemctl disable --now nftables',
  judge({ facts: { machine } }) {
    if (machine.units === null) return notLooked;
    return machine.units.nftables?.active === true
      ? warning({ en: 'it is on', zh: '正在运行' })
      : ok({ en: 'off', zh: '未运行' });
  },
};
