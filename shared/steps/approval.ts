import { defineStep } from './definition.ts';

/** kubeadm's rule that approves the certificate of any bootstrap token. */
export const automaticApproval = {
  kind: 'ClusterRoleBinding',
  name: 'kubeadm:node-autoapprove-bootstrap',
  path: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/kubeadm:node-autoapprove-bootstrap',
} as const;

export const approval = defineStep({
  id: 'approval',
  title: { en: 'Restrict the approval of nodes to muster', zh: '仅由 muster 批准节点' },
  activity: { en: 'restricting the approval of nodes', zh: '限制节点的批准' },
  bootstrap: 'control-plane',
  part: 'cluster',
  needs: ['kubeadm-init', 'kubeadm-join'],
  opensJoin: true,
  changes: () => [
    {
      kind: 'cluster-objects',
      remove: [automaticApproval, { kind: 'foreign-tokens' }],
    },
  ],
});
