import { MusterError } from '../../shared/errors/errors.ts';
import type { Host } from '../host/host.ts';
import { type KubeClient, kubeClient } from '../kube/client.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { nodePath } from '../kube/objects.ts';
import { isMirror, podPath, podsOn } from '../kube/pods.ts';
import { changeUnit } from '../machine/unit.ts';
import { askForNoStorage } from './etcd-admission.ts';
import { runInitPhase } from './init-phase.ts';
import { removeNetworkLeftovers } from './network-leftovers.ts';
import type { StepContext } from './step.ts';

/** Time limit for the kubelet to register, in seconds. */
const registerSeconds = 60;

/**
 * Recreates a control plane's Node without a join: it holds the cluster's CA, so it signs the kubelet's certificate
 * itself, and etcd stays as it is. Throws MusterError `no-node` or that of kubeadm.
 */
export async function restoreNode(context: StepContext, client: KubeClient): Promise<void> {
  const { host, assignment } = context;
  const { name } = assignment.host;
  const [isGone, isKnown] = [(await client.get(nodePath(name))) === null, await isKubeletKnown(host, name)];
  if (isGone) await endPods(context, client);
  if (!isKnown) {
    // kubeadm keeps a file that is there.
    await host.removeFile(kubeletConf);
    await runInitPhase({ host, client, assignment }, ['kubeconfig', 'kubelet']);
  }
  if (isGone || !isKnown) {
    // A kubelet registers only when it starts.
    await changeUnit(host, 'restart', 'kubelet');
    await untilRegistered(context, client);
  }
  await runInitPhase({ host, client, assignment }, ['mark-control-plane']);
}

/**
 * Without the etcd of this host, which may start again meanwhile, the API may be silent. Throws MusterError `no-node`.
 */
async function untilRegistered({ host, assignment, signal }: StepContext, client: KubeClient): Promise<void> {
  const { name } = assignment.host;
  const end = host.now().getTime() + registerSeconds * 1000;
  const isThere = () => client.get(nodePath(name)).then((node) => node !== null, temporarily);
  while (!(await isThere())) {
    if (host.now().getTime() > end) throw new MusterError('no-node', { host: name });
    await host.sleep(1000, signal);
    signal.throwIfAborted();
  }
}

function temporarily(error: unknown): false {
  if (error instanceof MusterError) return false;
  throw error;
}

/**
 * Ends the pods of a Node that was deleted, as Kubernetes does after 40 s: the new Node has another pod range, which
 * also the network plugin's own pod reads only when it starts. Static pods stay.
 */
async function endPods({ host, assignment, say }: StepContext, client: KubeClient): Promise<void> {
  // It would start the recreated pods in the old network.
  await changeUnit(host, 'stop', 'kubelet');
  await askForNoStorage(host);
  const pods = (await podsOn(client, assignment.host.name)).filter((pod) => !isMirror(pod));
  for (const pod of pods) await client.remove(`${podPath(pod)}?gracePeriodSeconds=0`);
  await removeNetworkLeftovers(host, say);
}

/** Whether the API server accepts the kubelet's credential for this node. */
async function isKubeletKnown(host: Host, name: string): Promise<boolean> {
  try {
    const kubelet = await kubeClient(host, kubeletConf);
    await kubelet?.get(nodePath(name));
    return kubelet !== null;
  } catch (error) {
    if (error instanceof MusterError) return false;
    throw error;
  }
}
