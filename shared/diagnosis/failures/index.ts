import type { Failure } from '../failure.ts';
import { apiAccess } from './api-access.ts';
import { cluster } from './cluster.ts';
import { confinement } from './confinement.ts';
import { disks } from './disks.ts';
import { etcd } from './etcd.ts';
import { etcdData } from './etcd-data.ts';
import { images } from './images.ts';
import { join } from './join.ts';
import { kernel } from './kernel.ts';
import { kubelet } from './kubelet.ts';
import { kubeletSettings } from './kubelet-settings.ts';
import { limits } from './limits.ts';
import { machine } from './machine.ts';
import { network } from './network.ts';
import { networkAccess } from './network-access.ts';
import { packageAccess } from './package-access.ts';
import { packageDatabase } from './package-database.ts';
import { packageSources } from './package-sources.ts';
import { packages } from './packages.ts';
import { pki } from './pki.ts';
import { plan } from './plan.ts';
import { registries } from './registries.ts';
import { runtime } from './runtime.ts';
import { runtimeData } from './runtime-data.ts';
import { services } from './services.ts';
import { units } from './units.ts';

/** The known failures. Of two equal matches, the first counts as the cause. */
export const failureGroups: readonly { title: { en: string; zh: string }; failures: readonly Failure[] }[] = [
  { title: { en: 'Waiting for an operator', zh: '等待操作员决定' }, failures: cluster },
  { title: { en: 'Host', zh: '主机' }, failures: [...disks, ...machine, ...kernel, ...confinement, ...units] },
  { title: { en: 'Kernel limits', zh: '内核限制' }, failures: limits },
  {
    title: { en: 'Packages', zh: '软件包' },
    failures: [...packages, ...packageDatabase, ...packageAccess, ...packageSources],
  },
  { title: { en: 'Images', zh: '镜像' }, failures: [...registries, ...images] },
  { title: { en: 'Container runtime', zh: '容器运行时' }, failures: [...runtimeData, ...runtime] },
  { title: { en: 'kubelet', zh: 'kubelet' }, failures: [...kubeletSettings, ...kubelet] },
  { title: { en: 'Plan', zh: '计划' }, failures: [...plan, ...services] },
  { title: { en: 'Joining', zh: '加入集群' }, failures: [...pki, ...join, ...apiAccess] },
  { title: { en: 'etcd', zh: 'etcd' }, failures: [...etcdData, ...etcd] },
  { title: { en: 'Pod network', zh: 'Pod 网络' }, failures: [...networkAccess, ...network] },
];

export const failures: readonly Failure[] = failureGroups.flatMap((group) => group.failures);
