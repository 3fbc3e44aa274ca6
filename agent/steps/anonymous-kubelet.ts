import { MusterError } from '../../shared/errors/errors.ts';
import type { Host } from '../host/host.ts';
import { kubeClient } from '../kube/client.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { readNode } from '../kube/node.ts';
import { readJournal } from '../machine/journal.ts';
import type { StepContext } from './step.ts';

/** Interval between looks, in ms. */
const interval = 500;

/**
 * Until the signal fires: restarts a kubelet that connected to the API server before its certificate was signed. It would
 * use that connection as system:anonymous for up to 10 s more and retry what was refused after up to 30 s
 * (kubernetes/pkg/kubelet/certificate/transport.go, client-go's reflectors); a restarted one registers at once.
 */
export async function restartAnonymousKubelet(
  { host, assignment, say }: Pick<StepContext, 'host' | 'assignment' | 'say'>,
  signal: AbortSignal,
): Promise<void> {
  const started = host.now();
  while (!(await isAnonymous(host, assignment.host.name, started))) {
    await host.sleep(interval, signal);
    if (signal.aborted) return;
  }
  say({
    en: 'restarting the kubelet, which connected before its certificate was signed',
    zh: '正在重启在其证书签发之前就已建立连接的 kubelet',
  });
  // If it fails, kubeadm gives its own reason.
  await host.run('systemctl', ['restart', 'kubelet'], { timeoutMs: 180_000 });
}

/** Whether the kubelet has its certificate, for which it writes kubelet.conf, and still connects without one. */
const isAnonymous = async (host: Host, name: string, since: Date): Promise<boolean> =>
  (await host.exists(kubeletConf)) && (await wasRefused(host, since)) && (await lacksNode(host, name));

const wasRefused = async (host: Host, since: Date): Promise<boolean> =>
  (await readJournal(host, ['kubelet'], since)).some((line) => line.includes('User "system:anonymous" cannot'));

/** false also if the API server does not answer: kubeadm then fails with its own reason. */
async function lacksNode(host: Host, name: string): Promise<boolean> {
  try {
    const client = await kubeClient(host, kubeletConf);
    return client !== null && (await readNode(client, name)) === null;
  } catch (error) {
    if (error instanceof MusterError) return false;
    throw error;
  }
}
