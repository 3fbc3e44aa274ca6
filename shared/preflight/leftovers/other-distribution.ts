import { type Check, error, notLooked, ok, warning } from '../check.ts';

/** Their own uninstallers. */
const removal = {
  k3s: { command: 'sudo /usr/local/bin/k3s-uninstall.sh' },
  rke2: { command: 'sudo /usr/local/bin/rke2-uninstall.sh' },
  microk8s: { command: 'sudo snap remove --purge microk8s' },
  k0s: { command: 'sudo k0s stop && sudo k0s reset' },
};

export const otherDistribution: Check = {
  id: 'other-distribution',
  group: 'leftovers',
  level: 'error',
  depends: { en: 'Warning on an existing node.', zh: '现有节点为警告。' },
  title: { en: 'No other Kubernetes distribution is installed', zh: '没有安装其他 Kubernetes 发行版' },
  reason: {
    en: 'Two kubelets on one host compete for ports, cgroups and firewall rules.',
    zh: '同一主机上的两个 kubelet 会争用端口、cgroup 与防火墙规则。',
  },
  needed: { en: 'no k3s, rke2, microk8s or k0s', zh: '没有 k3s、rke2、microk8s 或 k0s' },
  remedy: {
    en: 'Remove it with its own uninstaller, or use another host',
    zh: '使用其自带的卸载程序移除，或换用其他主机',
  },
  command: '',
  cases: removal,
  judge({ facts: { software }, owns }) {
    if (software.distributions === null) return notLooked;
    const [first] = software.distributions;
    if (first === undefined)
      return ok({ en: 'none of k3s, rke2, microk8s, k0s found', zh: '未发现 k3s、rke2、microk8s、k0s' });
    const seen = {
      en: `installed: ${software.distributions.join(', ')}`,
      zh: `已安装：${software.distributions.join('、')}`,
    };
    return owns ? warning(seen, { case: first }) : error(seen, { case: first });
  },
};
