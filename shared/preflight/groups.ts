import type { LocalText } from '../text/local-text.ts';

/** Topics of the checks, in display order; each has a folder of the same name. */
export const groupTitles = {
  host: { en: 'Host', zh: '主机' },
  kernel: { en: 'Kernel', zh: '内核' },
  storage: { en: 'Disk', zh: '磁盘' },
  time: { en: 'Time', zh: '时间' },
  identity: { en: 'Identity', zh: '主机标识' },
  network: { en: 'Network', zh: '网络' },
  programs: { en: 'Programs and packages', zh: '程序与软件包' },
  sources: { en: 'Package sources and registries', zh: '软件源与镜像仓库' },
  runtime: { en: 'Container runtime', zh: '容器运行时' },
  leftovers: { en: 'Leftovers', zh: '残留' },
  etcd: { en: 'etcd', zh: 'etcd' },
  plan: { en: 'Plan', zh: '计划' },
  fleet: { en: 'Across hosts', zh: '主机之间' },
} as const satisfies Record<string, LocalText>;

export type Group = keyof typeof groupTitles;
