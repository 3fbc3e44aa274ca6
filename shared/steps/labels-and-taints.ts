import { defineStep } from './definition.ts';

export const labelsAndTaints = defineStep({
  id: 'labels-and-taints',
  title: { en: 'Wait for the planned labels and taints', zh: '等待计划中的标签和污点' },
  activity: { en: 'waiting for its labels and taints', zh: '等待其标签和污点' },
  bootstrap: 'all',
  part: 'ready',
  needs: ['kubeadm-init', 'kubeadm-join'],
  changes: ({ host: { labels, taints } }) =>
    Object.keys(labels).length + taints.length === 0 ? [] : [{ kind: 'node-properties', labels, taints }],
});
