import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const cloudInitHosts: Check = {
  id: 'cloud-init-hosts',
  group: 'identity',
  level: 'warning',
  title: { en: 'cloud-init leaves /etc/hosts alone', zh: 'cloud-init 不改写 /etc/hosts' },
  reason: {
    en: 'With manage_etc_hosts it writes the file anew at each boot, without the cluster’s names.',
    zh: '启用 manage_etc_hosts 时，它每次启动都会重写该文件，集群名称随之丢失。',
  },
  needed: verbatim('manage_etc_hosts: false'),
  remedy: { en: 'Tell cloud-init so', zh: '关闭 cloud-init 的此项功能' },
  command: "echo 'manage_etc_hosts: false' | sudo tee /etc/cloud/cloud.cfg.d/99-hosts.cfg",
  judge({ facts: { machine } }) {
    if (machine.cloudInit === null) return notLooked;
    if (machine.cloudInit.writesHostsFile) return warning(verbatim('manage_etc_hosts: true'));
    return ok({ en: 'it does', zh: '不改写' });
  },
};
