import { anywhere, output } from '../clue.ts';
import type { Failure } from '../failure.ts';

const etcdctl =
  'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system exec etcd-$(hostname) -- etcdctl --endpoints https://127.0.0.1:2379 --cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key';

/** etcd, where several control planes have one. */
export const etcd: readonly Failure[] = [
  {
    id: 'etcd-ghost-member',
    title: { en: 'etcd has a member that is gone', zh: 'etcd 中存在已失效的成员' },
    cause: {
      en: 'A control plane was taken away without leaving etcd, and kubeadm waits for it.',
      zh: '某个控制平面未退出 etcd 就被移除，kubeadm 仍在等待它。',
    },
    remedy: {
      en: 'Remove that member (member list shows its id, member remove takes it out), then the join goes on.',
      zh: '请移除该成员（member list 查看其 ID，member remove 移除），之后即可继续加入。',
    },
    command: `${etcdctl} member list`,
    where: 'control-plane',
    clues: [output(/etcd cluster is not healthy: failed to dial endpoint/)],
  },
  {
    id: 'etcd-quorum',
    title: { en: 'etcd has too few members that run', zh: 'etcd 可用成员不足' },
    cause: {
      en: 'etcd takes no new member, because not enough of those it has are started.',
      zh: 'etcd 现有成员中启动的数量不足，因此拒绝新成员。',
    },
    remedy: {
      en: 'Start the control planes that are down, or remove their members.',
      zh: '请启动停机的控制平面，或移除其成员。',
    },
    command: `${etcdctl} member list`,
    where: 'control-plane',
    clues: [anywhere(/re-configuration failed due to not enough started members|etcdserver: no leader/)],
  },
  {
    id: 'etcd-learner-behind',
    title: { en: 'The new etcd member can’t catch up', zh: '新 etcd 成员无法同步' },
    cause: {
      en: 'The new member never got in sync: its etcd does not run, or the disk or the network is too slow.',
      zh: '新成员始终未能同步：其 etcd 未运行，或磁盘、网络过慢。',
    },
    remedy: {
      en: 'See why etcd is behind on this host; use a faster disk.',
      zh: '请查明该主机 etcd 落后的原因；使用更快的磁盘。',
    },
    command: 'tail -n 20 /var/log/pods/kube-system_etcd-*/etcd/*.log',
    where: 'host',
    clues: [anywhere(/can only promote a learner member which is in sync with leader/)],
  },
  {
    id: 'etcd-peer-exists',
    title: { en: 'etcd knows this host already', zh: 'etcd 中已存在该主机' },
    cause: {
      en: 'A half-done join has left this host’s address in etcd.',
      zh: '未完成的加入在 etcd 中留下了该主机的地址。',
    },
    remedy: { en: 'Remove that member, then the join goes on.', zh: '请移除该成员，之后即可继续加入。' },
    command: `${etcdctl} member list`,
    where: 'control-plane',
    clues: [anywhere(/etcdserver: Peer URLs already exists/)],
  },
  {
    id: 'etcd-slow-disk',
    title: { en: 'etcd’s disk is too slow', zh: 'etcd 磁盘过慢' },
    cause: {
      en: 'etcd’s writes take so long that requests to the API server run out of time.',
      zh: 'etcd 写入耗时过长，导致 API 服务器请求超时。',
    },
    remedy: {
      en: 'Give the control plane a faster disk, or take other load off it.',
      zh: '请为控制平面使用更快的磁盘，或减少其他负载。',
    },
    command: 'iostat -x 1 3 2>/dev/null || vmstat 1 3',
    where: 'control-plane',
    clues: [anywhere(/etcdserver: request timed out|slow fdatasync|leader failed to send out heartbeat on time/)],
  },
];
