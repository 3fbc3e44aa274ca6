import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const staleCni: Check = {
  id: 'stale-cni',
  group: 'leftovers',
  level: 'warning',
  title: { en: 'No CNI configuration of another cluster', zh: '没有其他集群的 CNI 配置' },
  reason: {
    en: 'kubeadm reset keeps these files: the node becomes Ready at once and its pods call a plugin that no longer exists.',
    zh: 'kubeadm reset 会保留这些文件：节点立即变为 Ready，而其 Pod 调用的插件已不存在。',
  },
  needed: { en: '/etc/cni/net.d is empty before the host becomes a node', zh: '成为节点之前 /etc/cni/net.d 为空' },
  remedy: { en: 'Delete the files', zh: '删除这些文件' },
  command: 'sudo rm {files}',
  judge({ facts: { software }, owns }) {
    if (owns) return null;
    if (software.cniFiles === null) return notLooked;
    // A runtime's package may install one for its own use, which the kubelet would use as well.
    return software.cniFiles.length === 0
      ? ok({ en: '/etc/cni/net.d is empty', zh: '/etc/cni/net.d 为空' })
      : warning(verbatim(`/etc/cni/net.d: ${software.cniFiles.join(', ')}`), {
          values: { files: software.cniFiles.map((name) => `/etc/cni/net.d/${name}`) },
        });
  },
};
