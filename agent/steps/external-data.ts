import { MusterError } from '../../shared/errors/errors.ts';
import { externalEtcd } from '../../shared/plan/etcd.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import { externalClient } from '../etcd/external/access.ts';
import { prefixOf, registryIn } from '../etcd/external/registry.ts';
import type { Host } from '../host/host.ts';
import { forgetPki, keepPki, keptCa, restorePki } from './kept-pki.ts';
import type { StepContext } from './step.ts';

interface Known {
  host: Host;
  assignment: Assignment;
}

/**
 * An external etcd outlives every reset of the control planes. Invariant: kubeadm init runs only on one that is empty,
 * or that holds the cluster whose PKI is kept on this host.
 */
export async function useExternalEtcd({ host, assignment, say }: Pick<StepContext, 'say'> & Known): Promise<void> {
  const external = externalEtcd(assignment.settings);
  if (external === null) return;
  const client = await externalClient(host, external);
  const { caFile, certFile, keyFile } = external;
  if (client === null) {
    throw new MusterError('etcd-client-files-missing', { files: [caFile, certFile, keyFile].join(', ') });
  }
  const registry = await registryIn(client, assignment.settings);
  const kept = await keptCa(host);
  if (registry.isEmpty) return forgetPki(host);
  const prefix = prefixOf(assignment.settings);
  // An init that was cut short early has published no CA.
  if (kept === null || (registry.caSha256s.length > 0 && !registry.caSha256s.includes(kept))) {
    const command = `etcdctl --endpoints ${client.endpoint} --cacert ${caFile} --cert ${certFile} --key ${keyFile} del --prefix ${prefix}/`;
    throw new MusterError('etcd-holds-cluster', { url: client.endpoint, prefix, command });
  }
  say({
    en: `etcd at ${client.endpoint} holds this cluster: restoring its PKI`,
    zh: `${client.endpoint} 上的 etcd 存有本集群：正在恢复其 PKI`,
  });
  await restorePki(host);
}

/** Before a reset deletes it: an init that was cut short may have written to etcd with this PKI. */
export async function keepUnfinishedPki({ host, assignment }: Known): Promise<void> {
  if (externalEtcd(assignment.settings) !== null) await keepPki(host);
}

/**
 * Whether a cluster that this host no longer runs can be continued: its PKI is kept here, and its data is in etcd.
 * Throws what the client throws.
 */
export async function isKeptInExternalEtcd({ host, assignment }: Known): Promise<boolean> {
  const external = externalEtcd(assignment.settings);
  const kept = external === null ? null : await keptCa(host);
  const client = external === null || kept === null ? null : await externalClient(host, external);
  if (kept === null || client === null) return false;
  return (await registryIn(client, assignment.settings)).caSha256s.includes(kept);
}
