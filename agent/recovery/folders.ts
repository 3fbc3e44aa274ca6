import type { EtcdPod } from '../etcd/pod.ts';

/** Where orders keep the manifests of the control plane; `id`: of the first that is not done. */
export const manifestsAside = (id: string): string => `/etc/kubernetes/manifests-aside-${id}`;

/** Where they keep the data that etcd had before. */
export const dataAside = ({ dataFolder }: Pick<EtcdPod, 'dataFolder'>, id: string): string =>
  `${dataFolder}-before-${id}`;

export const databaseOf = (dataFolder: string): string => `${dataFolder}/member/snap/db`;
