import { createHash, X509Certificate } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { ClusterFacts } from '../../shared/protocol/facts.ts';
import type { Store } from '../store/store.ts';

export interface ClusterView {
  /** The control plane whose agent performs the duties; null: the plan has none. */
  dutyHost: string | null;
  /** What that control plane last reported; null: nothing, or its API server did not answer. */
  facts: ClusterFacts | null;
}

/** The cluster as its control planes report it; what workers report is ignored. */
export function clusterView(store: Store, plan: Plan): ClusterView {
  const seen = store.observations.ofKind('cluster');
  const host = dutyHost(plan, (name) => Boolean(seen.get(name)?.value));
  return { dutyHost: host, facts: host === null ? null : (seen.get(host)?.value ?? null) };
}

/** The control plane that performs the duties: the first that sees the cluster, otherwise the plan's first. */
export function dutyHost(plan: Plan, seesCluster: (host: string) => boolean): string | null {
  const planes = controlPlanesOf(plan).map(({ name }) => name);
  return planes.find(seesCluster) ?? planes[0] ?? null;
}

const noCertificate = { en: 'cluster.caPem is not a certificate', zh: 'cluster.caPem 不是证书' };

/**
 * Throws MusterError 422 `cluster-ca-invalid` unless the reported hash matches the reported certificate: hosts will
 * trust it.
 */
export function checkIdentity({ caPem, caSha256 }: ClusterFacts): void {
  let seen: string;
  try {
    seen = createHash('sha256').update(new X509Certificate(caPem).raw).digest('hex');
  } catch (cause) {
    throw new MusterError('cluster-ca-invalid', { seen: noCertificate }, { cause });
  }
  if (seen === caSha256) return;
  throw new MusterError('cluster-ca-invalid', {
    seen: {
      en: `cluster.caSha256 is ${caSha256}; the SHA-256 of cluster.caPem is ${seen}`,
      zh: `cluster.caSha256 为 ${caSha256}，而 cluster.caPem 的 SHA-256 为 ${seen}`,
    },
  });
}
