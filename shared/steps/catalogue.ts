import type { Role } from '../plan/schema.ts';
import type { LocalText } from '../text/local-text.ts';
import { adminConf } from './admin-conf.ts';
import { apiProxyStep } from './api-proxy.ts';
import { approval } from './approval.ts';
import { coordinatorAccess } from './coordinator-access.ts';
import { coordinatorInstall } from './coordinator-install.ts';
import { criDockerd } from './cri-dockerd.ts';
import type { StepDefinition } from './definition.ts';
import { endpoint } from './endpoint.ts';
import { firewall } from './firewall.ts';
import { hostName } from './host-name.ts';
import { hostsFile } from './hosts-file.ts';
import { images } from './images.ts';
import { journal } from './journal.ts';
import { kernelModules } from './kernel-modules.ts';
import { kubeadmInit } from './kubeadm-init.ts';
import { kubeadmJoin } from './kubeadm-join.ts';
import { kubeletEnabled } from './kubelet-enabled.ts';
import { kubeletEnvironment } from './kubelet-environment.ts';
import { labelsAndTaints } from './labels-and-taints.ts';
import { loadBalancer } from './load-balancer.ts';
import { networkManager } from './network-manager.ts';
import { networkPlugin } from './network-plugin.ts';
import { nodeReady } from './node-ready.ts';
import { packageSource } from './package-source.ts';
import { packages } from './packages.ts';
import { proxy } from './proxy.ts';
import { runtime } from './runtime.ts';
import { runtimeConfig } from './runtime-config.ts';
import { selinux } from './selinux.ts';
import { serviceLimits } from './service-limits.ts';
import { swap } from './swap.ts';
import { sysctls } from './sysctls.ts';
import { timeDaemon } from './time-daemon.ts';

/**
 * All steps, in execution order. A step that waits for something outside the host ends the round; all earlier steps are
 * done by then.
 */
export const catalogue = [
  hostName,
  hostsFile,
  swap,
  kernelModules,
  sysctls,
  selinux,
  firewall,
  networkManager,
  timeDaemon,
  journal,
  packageSource,
  runtimeConfig,
  serviceLimits,
  proxy,
  kubeletEnvironment,
  packages,
  criDockerd,
  runtime,
  kubeletEnabled,
  apiProxyStep,
  images,
  kubeadmInit,
  kubeadmJoin,
  adminConf,
  approval,
  networkPlugin,
  endpoint,
  labelsAndTaints,
  loadBalancer,
  nodeReady,
  coordinatorInstall,
  coordinatorAccess,
] as const;

export type StepId = (typeof catalogue)[number]['id'];

export const stepIds = catalogue.map(({ id }) => id) as [StepId, ...StepId[]];

export const definitionOf = Object.fromEntries(catalogue.map((step) => [step.id, step])) as Record<
  StepId,
  StepDefinition<StepId>
>;

/** The steps of a host, in order. */
export function stepsOf(bootstrap: 'init' | 'join', role: Role): readonly StepDefinition<StepId>[] {
  return catalogue.filter((step) => ['all', bootstrap, role].includes(step.bootstrap));
}

export const roleTitle: Record<Role, LocalText> = {
  'control-plane': { en: 'control plane', zh: '控制平面' },
  worker: { en: 'worker', zh: '工作节点' },
};
