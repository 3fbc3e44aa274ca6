import { type Check, error, notLooked, ok } from '../check.ts';

export const kubeletMounts: Check = {
  id: 'kubelet-mounts',
  group: 'leftovers',
  level: 'error',
  fixed: true,
  title: { en: 'No volumes are mounted below /var/lib/kubelet', zh: '/var/lib/kubelet 下没有挂载卷' },
  reason: {
    en: 'Deleting /var/lib/kubelet while a volume is mounted below it deletes the volume’s data.',
    zh: '在其下仍挂载卷时删除 /var/lib/kubelet，会删除卷中的数据。',
  },
  needed: {
    en: 'no mounts below /var/lib/kubelet before the host becomes a node',
    zh: '成为节点之前 /var/lib/kubelet 下没有挂载',
  },
  remedy: { en: 'Stop what uses the volumes and unmount them, or reboot', zh: '停止使用这些卷的程序并卸载，或重启' },
  command: 'findmnt -rno TARGET | grep ^/var/lib/kubelet/ | sort -r | xargs -r sudo umount',
  judge({ facts: { software }, owns }) {
    if (owns) return null;
    if (software.kubeletMounts === null) return notLooked;
    const { length } = software.kubeletMounts;
    return length === 0
      ? ok({ en: 'no mounts below /var/lib/kubelet', zh: '/var/lib/kubelet 下没有挂载' })
      : error({
          en: `${length} mounted, such as ${software.kubeletMounts[0]}`,
          zh: `已挂载 ${length} 个，例如 ${software.kubeletMounts[0]}`,
        });
  },
};
