import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';

const clientCertificate = '/var/lib/kubelet/pki/kubelet-client-current.pem';
const folders = ['/etc/kubernetes', '/var/lib/kubelet/pki'];
/** What the kernel does not tell of, the host's address, is looked at this often, in ms. */
const lookMs = 15_000;

interface Means {
  host: Pick<Host, 'watch' | 'readFile' | 'sleep'>;
  /** Where the plan has this host; null: not known. */
  address(): string | null;
  /** What makes this host a node has gone or is another than before. */
  onChange(): void;
}

/**
 * Tells within moments when the kubelet's credential has been removed or changed, as by `kubeadm reset`, or the host has lost its address.
 * It judges nothing: the loop looks at everything then, as it always does.
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
  /** One after the other, so that no change is compared with a state older than the last. */
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

/** The kernel's own list of local addresses: no program is started. */
async function isLocal(host: Pick<Host, 'readFile'>, address: string): Promise<boolean> {
  const lines = ((await host.readFile('/proc/net/fib_trie')) ?? '').split('\n');
  return lines.some((line, index) => line.endsWith(`-- ${address}`) && /host LOCAL/.test(lines[index + 1] ?? ''));
}
