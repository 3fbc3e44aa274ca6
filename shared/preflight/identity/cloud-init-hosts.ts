import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const cloudInitHosts: Check = {
  id: 'cloud-init-hosts',
  group: 'identity',
  level: 'warning',
  title: { en: 'cloud-init does not manage /etc/hosts', zh: 'cloud-init 不管理 /etc/hosts' },
  reason: {
    en: 'With manage_etc_hosts, cloud-init rewrites /etc/hosts at each boot and drops the cluster’s names.',
    zh: '启用 manage_etc_hosts 时，cloud-init 每次启动都会重写 /etc/hosts，集群中的名称随之丢失。',
  },
  needed: verbatim('manage_etc_hosts: false'),
  remedy: {
    en: 'Set manage_etc_hosts: false in cloud-init’s configuration',
    zh: '在 cloud-init 配置中设置 manage_etc_hosts: false',
  },
  command: "echo 'manage_etc_hosts: false' | sudo tee /etc/cloud/cloud.cfg.d/99-hosts.cfg",
  judge({ facts: { machine } }) {
    if (machine.cloudInit === null) return notLooked;
    if (machine.cloudInit.writesHostsFile) return warning(verbatim('manage_etc_hosts: true'));
    return ok(verbatim('manage_etc_hosts: false'));
  },
};
