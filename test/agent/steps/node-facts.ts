import type { NodeFacts } from '../../../shared/protocol/facts.ts';

/** A Ready Node of this host, with other fields. */
export const node = (fields: Partial<NodeFacts>): NodeFacts => ({
  name: 'node01',
  ready: true,
  reason: '',
  kubeletVersion: 'v1.20.2',
  runtimeVersion: 'docker://20',
  labels: {},
  taints: [],
  ...fields,
});
