import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, unknown, warning } from '../check.ts';

const key = 'net.ipv4.ip_forward';

export const ipForward: Check = {
  id: 'ip-forward',
  group: 'kernel',
  level: 'warning',
  title: { en: 'Kernel forwards IPv4', zh: '内核已开启 IPv4 转发' },
  reason: {
    en: 'Pods reach other nodes only through the kernel’s forwarding; kubeadm refuses a host without it.',
    zh: 'Pod 依靠内核转发访问其他节点；未开启时 kubeadm 会拒绝继续。',
  },
  needed: verbatim(`${key} = 1`),
  remedy: { en: 'Set it now and at each boot', zh: '立即设置并在每次启动时生效' },
  command: `sudo sysctl -w ${key}=1`,
  step: 'sysctls',
  judge({ facts }) {
    const value = facts.sysctls[key];
    if (value == null) return unknown({ en: `${key} could not be read`, zh: `无法读取 ${key}` });
    const seen = verbatim(`${key} = ${value}`);
    return value === '1' ? ok(seen) : warning(seen);
  },
};
