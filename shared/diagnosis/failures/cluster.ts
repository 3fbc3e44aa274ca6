import type { Failure } from '../failure.ts';

const untilDecided = {
  en: 'nothing until an operator decides.',
  zh: '在操作员作出决定之前，不会有任何操作。',
};

/** What all hosts wait for, although nothing is wrong on them; the coordinator finds these (view/decision.ts). */
export const cluster = [
  {
    id: 'cluster-lost',
    title: { en: 'Cluster is lost', zh: '集群已丢失' },
    cause: {
      en: 'The CA and etcd’s data, which were on {founder} only, no longer exist. Hosts cannot rejoin the cluster.',
      zh: '仅存于 {founder} 的 CA 和 etcd 数据已不存在。主机无法重新加入该集群。',
    },
    remedy: {
      en: 'Allow {founder} to create a new, empty cluster, which all hosts join; or restore etcd’s data on {founder}.',
      zh: '允许 {founder} 创建新的空集群，所有主机都会加入；或在 {founder} 上恢复 etcd 的数据。',
    },
    next: untilDecided,
    command: 'sudo muster recover',
    where: 'coordinator',
    clues: [],
  },
  {
    id: 'cluster-loss-unconfirmed',
    title: { en: 'Cluster’s data is missing', zh: '集群数据缺失' },
    cause: {
      en: 'The cluster’s files are missing on {founder}, but its data may still exist: {seen}.',
      zh: '{founder} 上缺少集群文件，但其数据可能仍然存在：{seen}。',
    },
    remedy: {
      en: 'On {founder}, mount the file system of /var/lib/etcd. If the data is permanently lost, empty /var/lib/etcd and remove /var/lib/muster-agent/created-cluster there, then run muster recover.',
      zh: '在 {founder} 上挂载 /var/lib/etcd 的文件系统。如果数据已永久丢失，请在该主机上清空 /var/lib/etcd 并删除 /var/lib/muster-agent/created-cluster，然后运行 muster recover。',
    },
    next: untilDecided,
    command: '',
    where: 'host',
    clues: [],
  },
  {
    id: 'coordinator-restored',
    title: { en: 'Coordinator’s database was restored', zh: '协调器的数据库由备份恢复' },
    cause: {
      en: 'The coordinator’s database comes from a backup, so hosts get no targets until an operator confirms it.',
      zh: '协调器的数据库来自备份；在操作员确认之前，主机不会获得新目标。',
    },
    remedy: { en: 'Check what becomes valid again, and confirm.', zh: '检查将重新生效的内容并确认。' },
    next: untilDecided,
    command: 'sudo muster recover --restored',
    where: 'coordinator',
    clues: [],
  },
] as const satisfies readonly Failure[];

export type DecisionId = (typeof cluster)[number]['id'];

/** Whether a diagnosis waits for an operator's decision, which explains every other cause. */
export const isDecision = (id: string): id is DecisionId => cluster.some((one) => one.id === id);
