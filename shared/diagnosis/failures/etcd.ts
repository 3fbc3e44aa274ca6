import { anywhere, container, output } from '../clue.ts';
import type { Failure } from '../failure.ts';

const etcdctl =
  'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system exec etcd-$(hostname) -- etcdctl --endpoints https://127.0.0.1:2379 --cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key';

const unreachable =
  /dial tcp (?<member>(?<address>\d{1,3}(?:\.\d{1,3}){3}):(?:2379|2380)): (?:connect: )?(?:i\/o timeout|connection timed out|no route to host)/;

/** etcd with several control planes. */
export const etcd: readonly Failure[] = [
  {
    id: 'etcd-port-blocked',
    title: { en: 'etcd of another control plane is unreachable', zh: '另一控制平面的 etcd 不可达' },
    cause: {
      en: 'This host does not reach etcd at {member}: control planes need TCP 2379 and 2380 among them.',
      zh: '该主机无法访问 {member} 上的 etcd：控制平面之间需要 TCP 2379 和 2380。',
    },
    remedy: {
      en: 'Allow TCP 2379 and 2380 between all control planes, and start the control plane at that address.',
      zh: '在所有控制平面之间放行 TCP 2379 和 2380，并启动该地址上的控制平面。',
    },
    command: 'curl -kv -m 3 https://{address}:2379; curl -kv -m 3 https://{address}:2380',
    where: 'host',
    explains: ['etcd-ghost-member', 'etcd-not-started'],
    clues: [output(unreachable), container(unreachable, { when: ({ step }) => step === 'kubeadm-join' })],
  },
  {
    id: 'etcd-certificate-untrusted',
    title: { en: 'etcd’s certificate is not trusted', zh: 'etcd 的证书不受信任' },
    cause: {
      en: 'The API server of this host does not trust the certificate of etcd: {what}. Files in /etc/kubernetes/pki belong to another cluster, or to another address.',
      zh: '该主机的 API 服务器不信任 etcd 的证书：{what}。/etc/kubernetes/pki 中的文件属于其他集群或其他地址。',
    },
    remedy: {
      en: 'If other control planes exist, reset this host, which then joins with the cluster’s files. If it is the only one, restore /etc/kubernetes/pki from a backup of this cluster.',
      zh: '若存在其他控制平面，请重置该主机，它随后会使用集群的文件重新加入。若只有这一个，请从该集群的备份恢复 /etc/kubernetes/pki。',
    },
    next: { en: 'muster joins a reset host again.', zh: 'muster 会将重置后的主机重新加入。' },
    command: 'ls -l /etc/kubernetes/pki /etc/kubernetes/pki/etcd; cksum /etc/kubernetes/pki/etcd/ca.crt',
    where: 'host',
    explains: ['control-plane-timeout', 'api-unreachable', 'node-pod-crashing', 'certificate-wrong-address'],
    clues: [
      container(
        /:2379\b.{0,300}?authentication handshake failed: (?:tls: failed to verify certificate: )?(?<what>x509: (?!certificate has expired)[^"(]{1,100})/,
      ),
    ],
  },
  {
    id: 'etcd-ghost-member',
    title: { en: 'etcd has an unreachable member', zh: 'etcd 有不可达的成员' },
    cause: {
      en: 'etcd’s member {member} does not answer, and kubeadm waits for all members.',
      zh: 'etcd 的成员 {member} 没有应答，而 kubeadm 会等待所有成员。',
    },
    remedy: {
      en: 'Start that control plane. If it is permanently lost, retire it: muster retire HOST.',
      zh: '启动该控制平面。如果已永久丢失，请将其退役：muster retire HOST。',
    },
    next: { en: 'the join continues.', zh: '加入过程会继续。' },
    command: `${etcdctl} member list`,
    where: 'control-plane',
    clues: [output(/etcd cluster is not healthy: failed to dial endpoint (?<member>https?:\/\/[\w.:[\]-]{1,253})/)],
  },
  {
    id: 'etcd-not-started',
    title: { en: 'etcd did not start on the new control plane', zh: '新控制平面上的 etcd 未启动' },
    cause: {
      en: 'etcd lists this host as a member, but the member did not answer in time. Possible causes: its image, its disk, port 2380.',
      zh: 'etcd 中已有该主机的成员，但该成员未及时应答。可能的原因：镜像、磁盘、2380 端口。',
    },
    remedy: {
      en: 'Check etcd’s log on this host.',
      zh: '检查该主机上的 etcd 日志。',
    },
    next: {
      en: 'muster completes the join once etcd runs, or removes the member and repeats the join.',
      zh: 'etcd 运行后 muster 完成加入，否则移除该成员并重新加入。',
    },
    command: 'tail -n 20 /var/log/pods/kube-system_etcd-*/etcd/*.log',
    where: 'host',
    clues: [output(/timeout waiting for etcd cluster to be available/)],
  },
  {
    id: 'etcd-quorum',
    title: { en: 'etcd has too few running members', zh: 'etcd 运行中的成员不足' },
    cause: {
      en: 'etcd accepts no new member because too few of its members are running.',
      zh: 'etcd 运行中的成员不足，因此拒绝新成员。',
    },
    remedy: {
      en: 'Start the stopped control planes. If most are permanently lost: sudo muster recover.',
      zh: '启动已停止的控制平面。如果多数已永久丢失：sudo muster recover。',
    },
    command: `${etcdctl} member list`,
    where: 'control-plane',
    clues: [
      anywhere(/re-configuration failed due to not enough started members|etcdserver: (?:no leader|unhealthy cluster)/),
    ],
  },
  {
    id: 'etcd-learner-behind',
    title: { en: 'New etcd member does not catch up', zh: '新 etcd 成员无法同步' },
    cause: {
      en: 'The new member did not get in sync: its etcd is not running, or the disk or network is too slow.',
      zh: '新成员未能同步：其 etcd 未运行，或磁盘、网络过慢。',
    },
    remedy: {
      en: 'Check etcd’s log on this host, and use a faster disk.',
      zh: '检查该主机上的 etcd 日志，并使用更快的磁盘。',
    },
    command: 'tail -n 20 /var/log/pods/kube-system_etcd-*/etcd/*.log',
    where: 'host',
    clues: [
      anywhere(/can only promote a learner member which is in sync with leader|etcdserver: too many learner members/),
    ],
  },
  {
    id: 'etcd-peer-exists',
    title: { en: 'etcd already has this host as a member', zh: 'etcd 中已有该主机的成员' },
    cause: {
      en: 'An unfinished join left this host’s address in etcd.',
      zh: '未完成的加入在 etcd 中留下了该主机的地址。',
    },
    remedy: { en: 'No action needed.', zh: '无需操作。' },
    next: {
      en: 'muster removes the member while the others are a majority, and repeats the join.',
      zh: 'muster 会在其他成员构成多数时移除该成员，并重新加入。',
    },
    command: `${etcdctl} member list`,
    where: 'control-plane',
    clues: [anywhere(/etcdserver: (?:Peer URLs already exists|member ID already exist)/)],
  },
  {
    id: 'etcd-space-used-up',
    title: { en: 'etcd’s database is full', zh: 'etcd 数据库已满' },
    cause: {
      en: 'etcd’s database has reached its size limit (quota-backend-bytes): it accepts no writes. The disk is not full.',
      zh: 'etcd 数据库已达大小上限（quota-backend-bytes）：不再接受写入。磁盘并未满。',
    },
    remedy: {
      en: 'Compact and defragment etcd, then clear the alarm.',
      zh: '压缩并整理 etcd 碎片，然后清除告警。',
    },
    command: `for verb in defrag 'alarm disarm'; do ${etcdctl} $verb; done`,
    where: 'control-plane',
    explains: ['api-unreachable'],
    clues: [anywhere(/mvcc: database space exceeded|alarm:NOSPACE/)],
  },
  {
    id: 'etcd-slow-disk',
    title: { en: 'Disk is too slow for etcd', zh: '磁盘速度无法满足 etcd' },
    cause: {
      en: 'Writes of etcd take so long that requests to the API server time out.',
      zh: 'etcd 写入耗时过长，导致 API 服务器请求超时。',
    },
    remedy: {
      en: 'Use a faster disk for the control plane, or reduce its load.',
      zh: '为控制平面使用更快的磁盘，或减少其负载。',
    },
    command: 'vmstat 1 3',
    where: 'control-plane',
    explains: ['api-unreachable'],
    clues: [
      anywhere(/etcdserver: request timed out/),
      output(/etcdserver: leader changed/),
      // A busy host prints them now and then.
      anywhere(/slow fdatasync|leader failed to send out heartbeat on time/, { symptom: true }),
    ],
  },
];
