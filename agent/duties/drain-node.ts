import { coerce, lt } from 'semver';
import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { DutyProgress } from '../../shared/protocol/duty.ts';
import type { Host } from '../host/host.ts';
import type { KubeClient } from '../kube/client.ts';
import { nodePath, nodeSchema, readyCondition } from '../kube/objects.ts';
import { isMirror, type Pod, podPath, podsOn } from '../kube/pods.ts';

/** `major` and `minor` are empty in some builds. */
const versionSchema = z.object({ gitVersion: z.string() });

/** Pause between two rounds, in ms. */
const pauseMs = 1000;

export interface DrainSetting {
  host: Pick<Host, 'sleep'>;
  client: KubeClient;
  signal: AbortSignal;
  tell(progress: DutyProgress): Promise<void>;
}

/**
 * Evicts the Node's pods and returns when they are gone. The API server enforces disruption budgets; refused evictions
 * are retried. Pods of DaemonSets and mirror pods stay. No time limit: abort the signal to stop. Throws MusterError
 * `kube-unreachable` or `kube-refused`.
 */
export async function drainNode({ host, client, signal, tell }: DrainSetting, node: string): Promise<void> {
  const evict = await evictor(client);
  let total = 0;
  let told = '';
  for (;;) {
    signal.throwIfAborted();
    const pods = (await podsOn(client, node)).filter(isToGo);
    const refusals = await Promise.all(
      pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).map(evict),
    );
    const blocked = refusals.filter((refusal) => refusal !== null);
    total = Math.max(total, pods.length);
    if (pods.length === 0 || (blocked.length === 0 && !(await canEnd(client, node, pods)))) return;
    const progress: DutyProgress = {
      outcome: 'progress',
      done: total - pods.length,
      total,
      blocked: blocked.slice(0, 20),
    };
    if (JSON.stringify(progress) !== told) await tell(progress);
    told = JSON.stringify(progress);
    await host.sleep(pauseMs, signal);
  }
}

/** A kubelet that is down ends no pods, so there is nothing to wait for once all of them are marked for deletion. */
async function canEnd(client: KubeClient, node: string, pods: readonly Pod[]): Promise<boolean> {
  if (pods.some(({ metadata }) => metadata.deletionTimestamp === undefined)) return true;
  const found = await client.get(nodePath(node));
  return found !== null && readyCondition(nodeSchema.parse(found))?.status === 'True';
}

function isToGo(pod: Pod): boolean {
  const { metadata, status } = pod;
  if (isMirror(pod) || status.phase === 'Succeeded' || status.phase === 'Failed') return false;
  return !metadata.ownerReferences.some(({ kind, controller }) => kind === 'DaemonSet' && controller === true);
}

/**
 * Evicts one pod; returns null, or the API server's reason for refusing. policy/v1 has evictions since Kubernetes 1.22.
 */
async function evictor(client: KubeClient): Promise<(pod: Pod) => Promise<string | null>> {
  const { gitVersion } = versionSchema.parse(await client.get('/version'));
  const isOld = lt(coerce(gitVersion) ?? '99.0.0', '1.22.0');
  const apiVersion = isOld ? 'policy/v1beta1' : 'policy/v1';
  return async (pod) => {
    const { name, namespace, uid } = pod.metadata;
    try {
      await client.create(`${podPath(pod)}/eviction`, {
        apiVersion,
        kind: 'Eviction',
        metadata: { name, namespace },
        deleteOptions: { preconditions: { uid } },
      });
      return null;
    } catch (error) {
      // 404: the pod is gone; 409: another pod has the same name.
      if (!(error instanceof MusterError) || error.code !== 'kube-refused') throw error;
      if (error.status === 404 || error.status === 409) return null;
      return `${namespace}/${name}: ${error.message.replace(/^.*?eviction: \d+ /, '')}`;
    }
  };
}
