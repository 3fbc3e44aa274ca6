import { MusterError } from '../../shared/errors/errors.ts';
import type { NodeFacts } from '../../shared/protocol/facts.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { kubeClient } from '../kube/client.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { readNode } from '../kube/node.ts';
import { readJournal } from '../machine/journal.ts';
import { freshNetworkConfiguration } from '../machine/pod-network.ts';
import { changeOf } from './declared.ts';
import type { StepContext } from './step.ts';

/** Interval between looks, in ms. */
const interval = 500;

/**
 * Until the signal fires: restarts a kubelet that would act late on what it needs to become Ready. If a restart fails,
 * kubeadm gives its own reason.
 */
export async function restartLateKubelet(
  context: Pick<StepContext, 'host' | 'assignment' | 'facts' | 'say'>,
  signal: AbortSignal,
): Promise<void> {
  const { host, assignment, say } = context;
  let started = host.now();
  while (!signal.aborted) {
    const node = await ownNode(host, assignment.host.name);
    const reason = node === null ? await anonymity(host, started) : node && (await unreadNetwork(context, node));
    if (reason) {
      say({ en: `${reason.en}; restarting it`, zh: `${reason.zh}；正在重启` });
      started = host.now();
      await host.run('systemctl', ['restart', 'kubelet'], { timeoutMs: 180_000 });
    }
    await host.sleep(interval, signal);
  }
}

/** undefined: the kubelet has no certificate yet, for which it writes kubelet.conf, or the API server does not answer. */
async function ownNode(host: Host, name: string): Promise<NodeFacts | null | undefined> {
  try {
    const client = await kubeClient(host, kubeletConf);
    return client === null ? undefined : await readNode(client, name);
  } catch (error) {
    if (error instanceof MusterError) return undefined;
    throw error;
  }
}

/**
 * A kubelet that connected to the API server before its certificate was signed uses that connection as system:anonymous
 * for up to 10 s more, and retries what was refused after up to 30 s (kubernetes/pkg/kubelet/certificate/transport.go,
 * client-go's reflectors).
 */
async function anonymity(host: Host, since: Date): Promise<LocalText | null> {
  const lines = await readJournal(host, ['kubelet'], since);
  if (!lines.some((line) => line.includes('User "system:anonymous" cannot'))) return null;
  return {
    en: 'the kubelet connected before its certificate was signed',
    zh: 'kubelet 在其证书签发之前就已建立连接',
  };
}

/** How kubelets of all versions report a missing network configuration, which is normal for a node's first seconds. */
export const lacksNetwork = ({ reason }: NodeFacts): boolean =>
  /NetworkPluginNotReady|cni config uninitialized|cni plugin not initialized/.test(reason);

/** An older kubelet looks for a network configuration every 5 s, and reports every 10 s; null: it is not late. */
export async function unreadNetwork(
  context: Pick<StepContext, 'host' | 'assignment' | 'facts'>,
  node: NodeFacts,
): Promise<LocalText | null> {
  if (node.ready || !lacksNetwork(node) || !changeOf('node-ready', 'node-ready', context).isLate) return null;
  const path = await freshNetworkConfiguration(context.host);
  if (path === null) return null;
  return {
    en: `the kubelet has not read ${path}, which was written since it started`,
    zh: `kubelet 尚未读取在其启动之后写入的 ${path}`,
  };
}
