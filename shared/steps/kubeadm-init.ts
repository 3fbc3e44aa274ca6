import { initDocuments } from '../kubeadm/config.ts';
import { criSocket } from '../kubeadm/runtime.ts';
import { placeholders } from './change.ts';
import { beforeNode, defineStep } from './definition.ts';

export const kubeadmInit = defineStep({
  id: 'kubeadm-init',
  title: { en: 'Create the cluster with kubeadm init', zh: '用 kubeadm init 创建集群' },
  activity: { en: 'creating the cluster', zh: '创建集群' },
  bootstrap: 'init',
  part: 'cluster',
  needs: beforeNode,
  long: true,
  makesNode: true,
  waitsFor: 'itself',
  opensJoin: true,
  changes: (assignment, { resolvConf }) => [
    { kind: 'leftovers-removed', criSocket: criSocket(assignment.settings) },
    { kind: 'service-packets', range: assignment.settings.network.serviceSubnet },
    {
      kind: 'kubeadm',
      verb: 'init',
      flags: ['--skip-token-print'],
      documents: initDocuments(assignment, { token: placeholders.ownToken, resolvConf }),
    },
  ],
});
