import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const staleCni: Check = {
  id: 'stale-cni',
  group: 'leftovers',
  level: 'warning',
  title: { en: 'No network configuration of another cluster', zh: '没有其他集群的网络配置' },
  reason: {
    en: 'kubeadm reset leaves it: the node turns Ready at once and its pods call a plugin that is gone.',
    zh: 'kubeadm reset 会保留它：节点会立即显示 Ready，而 Pod 调用的插件已不存在。',
  },
  needed: { en: '/etc/cni/net.d empty before the host is a node', zh: '成为节点之前 /etc/cni/net.d 为空' },
  remedy: { en: 'Take the files away', zh: '删除这些文件' },
  command: 'sudo rm /etc/cni/net.d/*',
  judge({ facts: { software }, owns }) {
    if (owns) return null;
    if (software.cniFiles === null) return notLooked;
    // A runtime's own package may bring one for its own use, which the kubelet would take as well.
    return software.cniFiles.length === 0
      ? ok({ en: 'none', zh: '无' })
      : warning(verbatim(software.cniFiles.join(', ')), {
          command: `sudo rm ${software.cniFiles.map((name) => `/etc/cni/net.d/${name}`).join(' ')}`,
        });
  },
};
