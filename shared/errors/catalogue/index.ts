import type { ErrorDefinition } from '../definition.ts';
import { actionErrors } from './actions.ts';
import { agentErrors } from './agent.ts';
import { backupErrors } from './backup.ts';
import { buildErrors } from './build.ts';
import { coordinatorErrors } from './coordinator.ts';
import { enrolmentErrors } from './enrolment.ts';
import { etcdErrors } from './etcd.ts';
import { joiningErrors } from './joining.ts';
import { kubeErrors } from './kube.ts';
import { planErrors } from './plan.ts';
import { requestErrors } from './requests.ts';
import { stepErrors } from './steps.ts';
import { usageErrors } from './usage.ts';

/** All user-visible errors, by area. */
export const areas = {
  usage: usageErrors,
  plan: planErrors,
  requests: requestErrors,
  enrolment: enrolmentErrors,
  joining: joiningErrors,
  actions: actionErrors,
  coordinator: coordinatorErrors,
  backup: backupErrors,
  agent: agentErrors,
  steps: stepErrors,
  kube: kubeErrors,
  etcd: etcdErrors,
  build: buildErrors,
};

export const catalogue = {
  ...usageErrors,
  ...planErrors,
  ...requestErrors,
  ...enrolmentErrors,
  ...joiningErrors,
  ...actionErrors,
  ...coordinatorErrors,
  ...backupErrors,
  ...agentErrors,
  ...stepErrors,
  ...kubeErrors,
  ...etcdErrors,
  ...buildErrors,
} satisfies Record<string, ErrorDefinition>;

export type Catalogue = typeof catalogue;
export type ErrorCode = keyof Catalogue;
