import { type Check, notLooked, ok, warning } from '../check.ts';

export const nftablesService: Check = {
  id: 'nftables-service',
  group: 'network',
  level: 'warning',
  title: { en: 'nftables.service is not running', zh: 'nftables.service 未运行' },
  reason: {
    en: 'Debian’s /etc/nftables.conf starts with "flush ruleset": each start removes the rules of kube-proxy and of the network plugin.',
    zh: 'Debian 的 /etc/nftables.conf 以 “flush ruleset” 开头，每次启动都会清除 kube-proxy 与网络插件的规则。',
  },
  needed: { en: 'nftables.service not running', zh: 'nftables.service 未运行' },
  remedy: {
    en: 'Disable the service, or remove "flush ruleset" and open the cluster’s ports',
    zh: '停用该服务，或删除 “flush ruleset” 并放行集群端口',
  },
  command: 'sudo systemctl disable --now nftables',
  judge({ facts: { machine } }) {
    if (machine.units === null) return notLooked;
    return machine.units.nftables?.active === true
      ? warning({ en: 'nftables.service is running', zh: 'nftables.service 正在运行' })
      : ok({ en: 'nftables.service is not running', zh: 'nftables.service 未运行' });
  },
};
