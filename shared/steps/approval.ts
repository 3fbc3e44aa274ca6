import { verbatim } from '../text/local-text.ts';
import { defineStep } from './definition.ts';

export const approval = defineStep({
  id: 'approval',
  title: { en: 'Restrict the approval of nodes to muster', zh: '仅由 muster 批准节点' },
  activity: { en: 'restricting the approval of nodes', zh: '限制节点的批准' },
  bootstrap: 'init',
  part: 'cluster',
  needs: ['kubeadm-init'],
  opensJoin: true,
  changes: () => [
    {
      kind: 'cluster-objects',
      remove: [
        verbatim('ClusterRoleBinding kubeadm:node-autoapprove-bootstrap'),
        { en: 'bootstrap tokens that muster did not mint', zh: '不是由 muster 签发的引导令牌' },
      ],
    },
  ],
});
