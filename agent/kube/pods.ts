import { z } from 'zod';
import type { KubeClient } from './client.ts';

const podSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    annotations: z.record(z.string(), z.string()).default({}),
    deletionTimestamp: z.string().optional(),
    ownerReferences: z.array(z.object({ kind: z.string(), controller: z.boolean().optional() })).default([]),
  }),
  status: z.object({ phase: z.string().optional() }).default({}),
});
export type Pod = z.infer<typeof podSchema>;

const listSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }),
  items: z.array(podSchema),
});

export const podPath = ({ metadata: { namespace, name } }: Pod): string =>
  `/api/v1/namespaces/${namespace}/pods/${name}`;

/** The copy in the API of a static pod, which only the kubelet ends. */
export const isMirror = ({ metadata }: Pod): boolean =>
  metadata.annotations['kubernetes.io/config.mirror'] !== undefined;

/** All pods that are bound to a Node. Throws MusterError `kube-unreachable` or `kube-refused`. */
export async function podsOn(client: Pick<KubeClient, 'get'>, node: string): Promise<Pod[]> {
  const selector = `fieldSelector=${encodeURIComponent(`spec.nodeName=${node}`)}`;
  const pods: Pod[] = [];
  let next: string | undefined;
  do {
    const from = next === undefined ? '' : `&continue=${encodeURIComponent(next)}`;
    const page = listSchema.parse(await client.get(`/api/v1/pods?limit=500&${selector}${from}`));
    pods.push(...page.items);
    next = page.metadata.continue || undefined;
  } while (next !== undefined);
  return pods;
}
