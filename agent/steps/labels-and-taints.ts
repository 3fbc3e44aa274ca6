import type { PlannedHost } from '../../shared/plan/schema.ts';
import type { NodeFacts } from '../../shared/protocol/facts.ts';
import type { Step } from './step.ts';

/**
 * A kubelet may not set these labels on its own Node. A control plane's agent does; this step only waits for the
 * result.
 */
export const labelsAndTaints: Step = {
  id: 'labels-and-taints',

  async check({ assignment, node }) {
    const seen = await node();
    if (seen === null) {
      return {
        state: 'waiting',
        message: { en: 'the Node of this host cannot be read yet', zh: '尚无法读取该主机的 Node' },
      };
    }
    const missing = missingFrom(seen, assignment.host);
    if (missing.length === 0) return { state: 'done' };
    const all = missing.join(', ');
    return {
      state: 'waiting',
      message: { en: `waiting for the control plane to set ${all}`, zh: `等待控制平面设置 ${all}` },
    };
  },

  async apply() {},
};

function missingFrom(node: NodeFacts, { labels, taints }: PlannedHost): string[] {
  const missingLabels = Object.entries(labels).filter(([key, value]) => node.labels[key] !== value);
  const missingTaints = taints.filter(
    ({ key, value = '', effect }) =>
      !node.taints.some((taint) => taint.key === key && (taint.value ?? '') === value && taint.effect === effect),
  );
  return [
    ...missingLabels.map(([key, value]) => `${key}=${value}`),
    ...missingTaints.map(({ key, value = '', effect }) => `${key}=${value}:${effect}`),
  ];
}
