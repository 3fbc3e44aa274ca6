import type { LocalText } from '../../shared/text/local-text.ts';

type Text = LocalText | ((...facts: never[]) => LocalText);

/** What `muster` says of its own accord, but for the help, which stands beside each command. */
export const words = {
  time: { en: 'TIME', zh: '时间' },
  actor: { en: 'WHO', zh: '谁' },
  from: { en: 'FROM', zh: '来自' },
  action: { en: 'WHAT', zh: '做了什么' },
  subject: { en: 'ABOUT', zh: '对象' },
  outcome: { en: 'OUTCOME', zh: '结果' },
  metricsAt: (url: string) => ({
    en: `Prometheus reads ${url}/metrics with this bearer token; whatever it used before ends now:`,
    zh: `Prometheus 使用此 bearer 令牌读取 ${url}/metrics；之前的令牌现已失效：`,
  }),
  coordinator: { en: 'coordinator', zh: '协调器' },
  plan: { en: 'plan', zh: '计划' },
  planStays: { en: 'The last good plan stays in force.', zh: '沿用上一份正确的计划。' },
  unplannedNode: { en: 'unplanned node', zh: '计划外的节点' },
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
  needed: (needed: string) => ({ en: `; needed: ${needed}`, zh: `；需要：${needed}` }),
  noHostYet: {
    en: 'No host has enrolled yet. Print the line to paste on the workers, and one for each control plane:',
    zh: '还没有主机接入。请打印要粘贴到工作节点上的那一行，并为每个控制平面各打印一行：',
  },
  openOnce: (until: string) => ({
    en: `Open this once, until ${until}:`,
    zh: `在 ${until} 之前打开下面的链接，只能使用一次：`,
  }),
  fingerprintFollows: {
    en: 'The browser does not know the certificate and warns. It is the right one if its SHA-256 fingerprint is',
    zh: '浏览器不认识该证书，会发出警告。若其 SHA-256 指纹如下，就是正确的证书：',
  },
  pasteOn: (hosts: string, each: boolean, until: string) => ({
    en: `Paste this once on ${each ? 'each of ' : ''}${hosts}, until ${until}:`,
    zh: `在 ${until} 之前，${each ? '在以下每台主机上各粘贴一次' : '在该主机上粘贴一次'}（${hosts}）：`,
  }),
  userDataFor: (hosts: string, until: string) => ({
    en: `User data for ${hosts}, good until ${until}:`,
    zh: `${hosts} 的 cloud-init 用户数据，有效期至 ${until}：`,
  }),
  nothingChanges: { en: 'nothing changes', zh: '没有变化' },
  planWritten: { en: 'written; it is in force within seconds', zh: '计划已写入，数秒内生效' },
  putPlanInForce: { en: 'Put this plan in force?', zh: '让该计划生效？' },
  withoutSudo: {
    en: 'In a root shell on a host without sudo:',
    zh: '若主机上没有 sudo，请在 root shell 中运行：',
  },
  createsAnew: (host: string) => ({
    en: `${host} creates the cluster anew, and every worker leaves the lost one and joins it.`,
    zh: `${host} 将重新创建集群，所有工作节点将离开已丢失的集群并加入新集群。`,
  }),
  lostCluster: (ca: string) => ({ en: `Lost: the cluster with the CA ${ca}`, zh: `已丢失：CA 为 ${ca} 的集群` }),
  watchIt: { en: 'Watch: muster status --watch', zh: '查看进展：muster status --watch' },
  planFine: (file: string, summary: string) => ({
    en: `${file}: fine: ${summary}`,
    zh: `${file}：没有问题：${summary}`,
  }),
} satisfies Record<string, Text>;
