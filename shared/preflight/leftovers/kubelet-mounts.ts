import { type Check, error, notLooked, ok } from '../check.ts';

export const kubeletMounts: Check = {
  id: 'kubelet-mounts',
  group: 'leftovers',
  level: 'error',
  fixed: true,
  title: { en: 'No volumes of old pods are mounted', zh: '没有挂载旧 Pod 的卷' },
  reason: {
    en: 'Whoever deletes /var/lib/kubelet while a volume is mounted below it deletes what is on the volume.',
    zh: '在卷仍挂载时删除 /var/lib/kubelet，会把卷中的数据一并删除。',
  },
  needed: {
    en: 'nothing mounted below /var/lib/kubelet before the host is a node',
    zh: '成为节点之前 /var/lib/kubelet 下没有挂载',
  },
  remedy: { en: 'Stop what uses them and unmount them, or reboot', zh: '停止使用者并卸载，或重启' },
  command: 'findmnt -rno TARGET | grep ^/var/lib/kubelet/ | sort -r | xargs -r sudo umount',
  judge({ facts: { software }, owns }) {
    if (owns) return null;
    if (software.kubeletMounts === null) return notLooked;
    const { length } = software.kubeletMounts;
    return length === 0
      ? ok({ en: 'none', zh: '无' })
      : error({
          en: `${length}, such as ${software.kubeletMounts[0]}`,
          zh: `${length} 个，如 ${software.kubeletMounts[0]}`,
        });
  },
};
