import type { StepId } from '../../shared/steps/catalogue.ts';
import { adminConf } from './admin-conf.ts';
import { approval } from './approval.ts';
import { proxy, serviceLimits } from './drop-ins.ts';
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
import { networkManager } from './network-manager.ts';
import { networkPlugin } from './network-plugin.ts';
import { nodeReady } from './node-ready.ts';
import { packageSource } from './package-source.ts';
import { packages } from './packages.ts';
import { runtime } from './runtime.ts';
import { runtimeConfig } from './runtime-config.ts';
import { selinux } from './selinux.ts';
import type { Step } from './step.ts';
import { swap } from './swap.ts';
import { sysctls } from './sysctls.ts';
import { timeDaemon } from './time-daemon.ts';

/** What each step of the catalogue does. */
export const steps: Record<StepId, Step> = {
  'host-name': hostName,
  'hosts-file': hostsFile,
  swap,
  'kernel-modules': kernelModules,
  sysctls,
  selinux,
  firewall,
  'network-manager': networkManager,
  'time-daemon': timeDaemon,
  journal,
  'package-source': packageSource,
  'runtime-config': runtimeConfig,
  'service-limits': serviceLimits,
  proxy,
  'kubelet-environment': kubeletEnvironment,
  packages,
  runtime,
  'kubelet-enabled': kubeletEnabled,
  images,
  'kubeadm-init': kubeadmInit,
  'admin-conf': adminConf,
  approval,
  'network-plugin': networkPlugin,
  'kubeadm-join': kubeadmJoin,
  'labels-and-taints': labelsAndTaints,
  'node-ready': nodeReady,
};
