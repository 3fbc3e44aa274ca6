import type { LocalText } from '../../../shared/text/local-text.ts';

type Text = LocalText | ((...facts: never[]) => LocalText);

/** The texts of `muster`'s output; help texts are next to each command. */
export const words = {
  time: { en: 'TIME', zh: '时间' },
  actor: { en: 'ACTOR', zh: '执行者' },
  from: { en: 'FROM', zh: '来源' },
  action: { en: 'ACTION', zh: '操作' },
  subject: { en: 'SUBJECT', zh: '对象' },
  outcome: { en: 'OUTCOME', zh: '结果' },
  metricsAt: (url: string) => ({
    en: `Bearer token for ${url}/metrics; the previous token no longer works:`,
    zh: `${url}/metrics 的 bearer 令牌；之前的令牌已失效：`,
  }),
  coordinator: { en: 'coordinator', zh: '协调器' },
  plan: { en: 'plan', zh: '计划' },
  planStays: { en: 'The last valid plan stays in force.', zh: '上一份有效的计划继续生效。' },
  unplannedNode: { en: 'unplanned node', zh: '计划外的节点' },
  hostsByPhase: (total: number, phases: LocalText) => ({
    en: `${total} hosts: ${phases.en}`,
    zh: `${total} 台主机：${phases.zh}`,
  }),
  matching: (count: number, total: number) => ({
    en: `${count} of ${total} hosts match`,
    zh: `${total} 台主机中有 ${count} 台匹配`,
  }),
  notShown: (shown: number, more: number) => ({
    en: `Shown: the ${shown} most urgent hosts; ${more} more are not shown. To show all:`,
    zh: `已显示最紧急的 ${shown} 台主机；另有 ${more} 台未显示。全部显示：`,
  }),
  andMore: (count: number) => ({ en: `… and ${count} more`, zh: `…… 另有 ${count} 项` }),
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
  noHostYet: {
    en: 'No host has enrolled yet. Print the install command of the workers and of each control plane:',
    zh: '尚无主机接入。请打印工作节点以及各控制平面的安装命令：',
  },
  openOnce: (until: string) => ({
    en: `Open this link once before ${until}:`,
    zh: `请在 ${until} 之前打开此链接（一次有效）：`,
  }),
  fingerprintFollows: {
    en: 'The browser warns about an unknown certificate. Accept it only if its SHA-256 fingerprint is',
    zh: '浏览器会警告证书未知。仅当其 SHA-256 指纹如下时才接受：',
  },
  pasteOn: (hosts: string, each: boolean, until: string) => ({
    en: `Run this command once on ${each ? 'each of ' : ''}${hosts} before ${until}:`,
    zh: `请在 ${until} 之前，在${each ? '以下每台主机' : '该主机'}上运行一次此命令（${hosts}）：`,
  }),
  userDataFor: (hosts: string, until: string) => ({
    en: `cloud-init user data for ${hosts}, valid until ${until}:`,
    zh: `${hosts} 的 cloud-init 用户数据，有效期至 ${until}：`,
  }),
  nothingChanges: { en: 'no changes', zh: '没有更改' },
  planWritten: { en: 'plan written; it takes effect within seconds', zh: '计划已写入，数秒内生效' },
  putPlanInForce: { en: 'Put this plan in force?', zh: '使该计划生效？' },
  withoutSudo: {
    en: 'On a host without sudo, in a root shell:',
    zh: '若主机没有 sudo，请在 root shell 中运行：',
  },
  recoverEffects: (cluster: string) => ({
    en: `The cluster ${cluster} is given up: its workloads, Secrets and other objects are lost. Its first control plane creates a new, empty cluster, and all hosts leave the old one and join it.`,
    zh: `放弃集群 ${cluster}：其工作负载、Secret 和其他对象都会丢失。第一个控制平面创建新的空集群，所有主机离开旧集群并加入新集群。`,
  }),
  restoreSeen: (host: string, others: readonly string[]) => ({
    en: `etcd has no quorum. Reachable control planes that hold its data: ${[host, ...others].join(', ')}.`,
    zh: `etcd 没有法定人数。可联系且持有其数据的控制平面：${[host, ...others].join('、')}。`,
  }),
  replacedSeen: (hosts: readonly string[]) => ({
    en: `etcd’s data was replaced: the cluster’s objects are gone. Reachable control planes that hold its keys: ${hosts.join(', ')}.`,
    zh: `etcd 的数据已被替换：集群的对象已丢失。可联系且持有其密钥的控制平面：${hosts.join('、')}。`,
  }),
  restoreMember: (host: string) => ({
    en: `${host} restores etcd from its own data. Changes that only other control planes had are lost.`,
    zh: `${host} 用自身的数据恢复 etcd。只存在于其他控制平面的变更会丢失。`,
  }),
  restoreBackup: (host: string, name: string, at: string) => ({
    en: `${host} restores etcd from ${name}. All changes of the cluster since ${at} are lost.`,
    zh: `${host} 从 ${name} 恢复 etcd。集群自 ${at} 以来的所有变更都会丢失。`,
  }),
  restoreEffects: (host: string) => ({
    en: `Every control plane stops etcd and the API server and keeps the old data on disk. ${host} becomes the only member; the others are reset and join again. Running pods continue.`,
    zh: `所有控制平面停止 etcd 和 API 服务器，并在磁盘上保留旧数据。${host} 成为唯一成员；其他控制平面被重置后重新加入。运行中的 Pod 不受影响。`,
  }),
  restoreQuestion: { en: 'Are the other control planes permanently lost?', zh: '其他控制平面是否已永久丢失？' },
  replacedQuestion: { en: 'Restore etcd?', zh: '是否恢复 etcd？' },
  restores: (host: string) => ({
    en: `Next: ${host} restores etcd; the other control planes join it again.`,
    zh: `之后 ${host} 会恢复 etcd；其他控制平面会重新加入。`,
  }),
  recoverQuestion: { en: 'Give up the lost cluster?', zh: '放弃已丢失的集群？' },
  createsAnew: (host: string) => ({
    en: `Next: ${host} creates a new cluster; all workers leave the lost cluster and join the new one.`,
    zh: `之后 ${host} 会创建新集群；所有工作节点会离开已丢失的集群并加入新集群。`,
  }),
  lostCluster: (ca: string) => ({ en: `Lost cluster: CA ${ca}`, zh: `已丢失的集群：CA ${ca}` }),
  watchIt: { en: 'Watch the progress: muster status --watch', zh: '查看进度：muster status --watch' },
  planFine: (file: string, summary: string) => ({
    en: `${file}: valid: ${summary}`,
    zh: `${file}：有效：${summary}`,
  }),
} satisfies Record<string, Text>;
