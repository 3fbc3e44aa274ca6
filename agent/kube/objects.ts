import { z } from 'zod';
import { taintSchema } from '../../shared/plan/schema.ts';

/** Schemas of the parts of Kubernetes objects that the agent reads. */

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});

export const nodeSchema = z.object({
  metadata: z.object({
    name: z.string(),
    resourceVersion: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  /** Loose: a patch would drop taint fields that are not in the schema. */
  spec: z.object({ taints: z.array(z.looseObject(taintSchema.shape)).default([]) }).prefault({}),
  status: z.object({
    conditions: z.array(conditionSchema).default([]),
    nodeInfo: z.object({ kubeletVersion: z.string(), containerRuntimeVersion: z.string() }),
  }),
});
export type Node = z.infer<typeof nodeSchema>;

export function readyCondition(node: Node): z.infer<typeof conditionSchema> | undefined {
  return node.status.conditions.find(({ type }) => type === 'Ready');
}

export const nodePath = (name: string) => `/api/v1/nodes/${encodeURIComponent(name)}`;

export const clusterInfoPath = '/api/v1/namespaces/kube-public/configmaps/cluster-info';

/** Kubernetes up to 1.23 sets both on a control plane's Node, before 1.20 only the second. */
export const controlPlaneLabels = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];
