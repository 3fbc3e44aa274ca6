import { initDocuments } from '../kubeadm/config.ts';
import { placeholders } from './change.ts';
import { defineStep } from './definition.ts';

export const kubeadmInit = defineStep({
  id: 'kubeadm-init',
  title: { en: 'Create the cluster with kubeadm init', zh: '用 kubeadm init 创建集群' },
  activity: { en: 'creating the cluster', zh: '创建集群' },
  bootstrap: 'init',
  part: 'cluster',
  long: true,
  makesNode: true,
  waitsFor: 'itself',
  opensJoin: true,
  changes: (assignment) => [
    { kind: 'service-packets', range: assignment.settings.network.serviceSubnet },
    { kind: 'kubeadm', verb: 'init', documents: initDocuments(assignment, { token: placeholders.ownToken }) },
  ],
});
