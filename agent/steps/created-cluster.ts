import { agentPaths } from '../../shared/paths.ts';
import type { Host } from '../host.ts';
import { caFingerprint } from '../kube/ca.ts';

/**
 * Invariant: a cluster that kubeadm init has finished is never reset by muster, whatever else is broken on its control plane; its etcd is
 * all there is. What tells a finished init from a half-done one is this record, written when kubeadm has succeeded.
 */
const record = `${agentPaths.state}/created-cluster`;
export const caFile = '/etc/kubernetes/pki/ca.crt';
export const etcdMember = '/var/lib/etcd/member';

export async function recordCreatedCluster(host: Host): Promise<void> {
  await host.writeFile(record, `${await currentCa(host)}\n`, { mode: 0o600 });
}

/** Whether this host holds a cluster that was finished here. The operator's own `kubeadm reset` takes CA and etcd away, and so ends it. */
export async function holdsCreatedCluster(host: Host): Promise<boolean> {
  const recorded = (await host.readFile(record))?.trim();
  if (recorded === undefined) return false;
  return (await host.exists(etcdMember)) || recorded === (await currentCa(host));
}

/** The operator gave up the cluster that was created here: from now on its left-overs are like those of any node. */
export async function giveUpCluster(host: Host): Promise<void> {
  await host.removeFile(record);
}

async function currentCa(host: Host): Promise<string | null> {
  const pem = await host.readFile(caFile);
  try {
    return pem === null ? null : caFingerprint(pem);
  } catch {
    // Cut off in the middle: whatever it was, it is not the recorded one any more.
    return null;
  }
}
