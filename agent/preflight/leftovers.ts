import { type Check, error, ok } from './check.ts';

export const leftovers: Check = {
  id: 'left-overs',
  title: 'No left-overs of another cluster',
  judge({ facts, owns }) {
    const needed = 'nothing of a cluster that muster did not make on this host';
    if (facts.leftovers.length === 0) return ok({ seen: 'none', needed });
    const seen = facts.leftovers.join(', ');
    if (owns) return ok({ seen: `this cluster’s own: ${seen}`, needed });
    return error({
      seen,
      needed,
      remedy: 'If nothing of it is needed any more: sudo kubeadm reset, then sudo rm -rf /etc/kubernetes /var/lib/etcd',
    });
  },
};
