import type { FieldType } from './field.ts';
import { kubeProxyConfiguration } from './kube-proxy.ts';
import { clusterConfiguration, initConfiguration, joinConfiguration } from './kubeadm.ts';
import { kubeletConfiguration } from './kubelet.ts';

/** The newest minor version whose fields these tables list. */
export const newestListed = 36;

/** The type of each section of `kubernetes.components`, without apiVersion and kind. */
export const sections = {
  initConfiguration,
  clusterConfiguration,
  joinConfiguration,
  kubeletConfiguration,
  kubeProxyConfiguration,
} as const satisfies Readonly<Record<string, FieldType>>;
