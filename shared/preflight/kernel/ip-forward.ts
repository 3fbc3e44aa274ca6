import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, unknown, warning } from '../check.ts';

const key = 'net.ipv4.ip_forward';

export const ipForward: Check = {
  id: 'ip-forward',
  group: 'kernel',
  level: 'warning',
  title: { en: 'IPv4 forwarding is on', zh: 'IPv4 转发已开启' },
  reason: {
    en: 'Pods reach other nodes only through kernel forwarding; kubeadm refuses a host without it.',
    zh: 'Pod 只能通过内核转发访问其他节点；未开启时 kubeadm 会拒绝该主机。',
  },
  needed: verbatim(`${key} = 1`),
  remedy: { en: 'Turn on IPv4 forwarding', zh: '开启 IPv4 转发' },
  command: `sudo sysctl -w ${key}=1`,
  step: 'sysctls',
  judge({ facts }) {
    const value = facts.sysctls[key];
    if (value == null) return unknown({ en: `${key} could not be read`, zh: `无法读取 ${key}` });
    const seen = verbatim(`${key} = ${value}`);
    return value === '1' ? ok(seen) : warning(seen);
  },
};
