import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';

const clientCertificate = '/var/lib/kubelet/pki/kubelet-client-current.pem';
const folders = ['/etc/kubernetes', '/var/lib/kubelet/pki'];
/** How often state is polled, in ms: no file event announces a lost address. */
const lookMs = 15_000;

interface Means {
  host: Pick<Host, 'watch' | 'readFile' | 'sleep'>;
  /** This host's planned address; null: unknown. */
  address(): string | null;
  /** Called when the node's credential or address was lost or changed. */
  onChange(): void;
}

/**
 * Notices quickly when the kubelet's credential is removed or changed, as by `kubeadm reset`, or when the host loses
 * its address. It only wakes the loop, which then checks everything.
 */
export async function watchOverNode({ host, address, onChange }: Means, signal: AbortSignal): Promise<void> {
  let before: string | null = null;
  let looking = Promise.resolve();

  async function look(): Promise<void> {
    const credential = await host.readFile(kubeletConf);
    const planned = address();
    const now = [
      credential,
      credential && (await host.readFile(clientCertificate)),
      planned !== null && (await isLocal(host, planned)),
    ];
    const seen = credential === null ? null : JSON.stringify(now);
    const changed = before !== null && seen !== before;
    before = seen;
    if (changed) onChange();
  }
  /** Sequential, so that each look compares with the previous one. */
  const lookNext = () => {
    looking = looking.then(look).catch(() => undefined);
    return looking;
  };

  host.watch(folders, lookNext, signal);
  while (!signal.aborted) {
    await lookNext();
    await host.sleep(lookMs, signal);
  }
}

/** Reads the kernel's list of local addresses instead of starting a program. */
async function isLocal(host: Pick<Host, 'readFile'>, address: string): Promise<boolean> {
  const lines = ((await host.readFile('/proc/net/fib_trie')) ?? '').split('\n');
  return lines.some((line, index) => line.endsWith(`-- ${address}`) && /host LOCAL/.test(lines[index + 1] ?? ''));
}
