import { type StepId, stepIds } from '../../shared/steps/catalogue.ts';
import { adminConf } from './admin-conf.ts';
import { apiProxy } from './api-proxy.ts';
import { approval } from './approval.ts';
import { coordinatorAccess } from './coordinator-access.ts';
import { coordinatorInstall } from './coordinator-install.ts';
import { criDockerd } from './cri-dockerd.ts';
import { declaredStep } from './declared.ts';
import { endpoint } from './endpoint.ts';
import { images } from './images.ts';
import { kubeadmInit } from './kubeadm-init.ts';
import { kubeadmJoin } from './kubeadm-join.ts';
import { kubeletEnabled } from './kubelet-enabled.ts';
import { labelsAndTaints } from './labels-and-taints.ts';
import { loadBalancer } from './load-balancer.ts';
import { networkPlugin } from './network-plugin.ts';
import { nodeReady } from './node-ready.ts';
import { packageSource } from './package-source.ts';
import { packages } from './packages.ts';
import { runtime } from './runtime.ts';
import type { Step } from './step.ts';

/** Steps that need more than their changes: a credential, a long program, or something outside this host. */
const own = [
  packageSource,
  packages,
  criDockerd,
  runtime,
  kubeletEnabled,
  apiProxy,
  images,
  kubeadmInit,
  adminConf,
  approval,
  networkPlugin,
  kubeadmJoin,
  endpoint,
  labelsAndTaints,
  loadBalancer,
  nodeReady,
  coordinatorInstall,
  coordinatorAccess,
];

/** The implementation of each step in the catalogue. */
export const steps = Object.fromEntries(
  stepIds.map((id) => [id, own.find((step) => step.id === id) ?? declaredStep(id)]),
) as Record<StepId, Step>;
