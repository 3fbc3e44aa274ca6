import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok, warning } from '../check.ts';

/** How each is taken away, by its own means. */
const removal: Record<string, string> = {
  k3s: 'sudo /usr/local/bin/k3s-uninstall.sh',
  rke2: 'sudo /usr/local/bin/rke2-uninstall.sh',
  microk8s: 'sudo snap remove --purge microk8s',
  k0s: 'sudo k0s stop && sudo k0s reset',
};

export const otherDistribution: Check = {
  id: 'other-distribution',
  group: 'leftovers',
  level: 'error',
  depends: { en: 'Warning on a node that stands.', zh: '已建成的节点为警告。' },
  title: { en: 'No other Kubernetes is installed', zh: '没有安装其他 Kubernetes 发行版' },
  reason: {
    en: 'Two kubelets on one host fight for ports, cgroups and the firewall’s rules.',
    zh: '同一主机上的两个 kubelet 会争用端口、cgroup 与防火墙规则。',
  },
  needed: { en: 'no k3s, rke2, microk8s or k0s', zh: '没有 k3s、rke2、microk8s 或 k0s' },
  remedy: { en: 'Remove it by its own means, or take another host', zh: '用其自带方式卸载，或换用其他主机' },
  command: 'sudo /usr/local/bin/k3s-uninstall.sh',
  judge({ facts: { software }, owns }) {
    if (software.distributions === null) return notLooked;
    const [first] = software.distributions;
    if (first === undefined) return ok({ en: 'none', zh: '无' });
    const seen = verbatim(software.distributions.join(', '));
    const command = removal[first] ?? '';
    return owns ? warning(seen, { command }) : error(seen, { command });
  },
};
