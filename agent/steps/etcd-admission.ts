import { etcdManifest } from '../etcd/pod.ts';
import type { Host } from '../host/host.ts';
import { withoutStorageRequest } from '../machine/static-pod.ts';
import { isVotingMember } from './own-etcd.ts';
import type { StepContext } from './step.ts';

/** The kubelet starts a static pod within 20 s. */
const startMs = 60_000;

/** The manifest of etcd if it requests storage; null: it does not, or there is none. */
async function asking(host: Host): Promise<{ allowed: string } | null> {
  const manifest = (await host.readFile(etcdManifest)) ?? '';
  const allowed = withoutStorageRequest(manifest);
  return allowed === manifest ? null : { allowed };
}

/**
 * Whether the kubelet may have refused to run etcd: up to Kubernetes 1.21.1 its pod requests storage, of which a
 * kubelet that has just registered its Node knows nothing yet, and it does not try again (kubernetes#99305).
 */
export const mayBeRefused = async (host: Host): Promise<boolean> =>
  (await asking(host)) !== null && (await host.run('pgrep', ['--exact', 'etcd'])).exitCode === 1;

/** Has etcd ask for no storage, as kubeadm does since 1.21.2. The kubelet takes the changed pod for a new one. */
export async function askForNoStorage(host: Host): Promise<void> {
  const found = await asking(host);
  if (found !== null) await host.writeFile(etcdManifest, found.allowed);
}

/** Waits until this host's etcd votes, or for a minute. */
export async function untilVoting({ host, etcdAt, signal }: StepContext): Promise<void> {
  const end = host.now().getTime() + startMs;
  while (!(await isVotingMember(etcdAt)) && host.now().getTime() < end) {
    await host.sleep(1000, signal);
    signal.throwIfAborted();
  }
}
