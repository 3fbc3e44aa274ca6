import { createHash, X509Certificate } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { ClusterFacts } from '../../shared/protocol/facts.ts';
import { dutySilenceMs } from '../../shared/protocol/polling.ts';
import type { Store } from '../store/store.ts';

export interface ClusterView {
  /** The control plane whose agent performs the duties; null: the plan has none. */
  dutyHost: string | null;
  /** What that control plane last reported; null: nothing, or its API server did not answer. */
  facts: ClusterFacts | null;
}

interface Contacts {
  now: () => Date;
  /** A host's last contact, in milliseconds since the epoch. */
  lastContact: (host: string, stored: number) => number;
}

/** Whether a control plane can perform duties: it is heard, and it does not leave the cluster itself. */
export function createAvailability({
  store,
  now,
  lastContact,
}: Contacts & { store: Store }): (host: string) => boolean {
  return (host) => {
    const row = store.hosts.get(host);
    if (row === undefined || now().getTime() - lastContact(host, row.lastContactAt) > dutySilenceMs) return false;
    const intent = store.intents.get(host)?.kind;
    return store.operations.openOf(host) === undefined && intent !== 'retired' && intent !== 'leaving';
  };
}

export interface ClusterViewOptions {
  store: Store;
  plan: () => Plan;
  /** Whether a control plane can perform duties. */
  isAvailable: (host: string) => boolean;
}

/**
 * The cluster for those who give duties. The duty host stays the same while it is able, because a change aborts duties;
 * the next one performs them again, and late results of the former are refused.
 */
export function createClusterView({ store, plan, isAvailable }: ClusterViewOptions): () => ClusterView {
  let current: string | null = null;
  return () => {
    const view = clusterView(store, plan(), isAvailable, current);
    current = view.dutyHost;
    return view;
  };
}

/** The cluster as its control planes report it; what workers report is ignored. `first`: the preferred duty host. */
export function clusterView(
  store: Store,
  plan: Plan,
  isAvailable: (host: string) => boolean = () => true,
  first: string | null = null,
): ClusterView {
  const seen = store.observations.ofKind('cluster');
  const factsOf = (host: string) => seen.get(host)?.value ?? null;
  const planes = new Set([...store.cluster.members(), ...controlPlanesOf(plan).map(({ name }) => name)]);
  const before = first !== null && planes.has(first) ? [first] : [];
  const host = dutyHost([...before, ...planes], factsOf, isAvailable);
  return { dutyHost: host, facts: host === null ? null : factsOf(host) };
}

/**
 * The control plane that performs the duties: the first whose node is Ready and whose cluster can be joined, else one that
 * sees the cluster, else the first.
 */
export function dutyHost(
  planes: readonly string[],
  factsOf: (host: string) => ClusterFacts | null,
  isAvailable: (host: string) => boolean,
): string | null {
  const sees = (host: string) => factsOf(host) !== null && isAvailable(host);
  const isAble = (host: string) => sees(host) && factsOf(host)?.joinable === true && isReady(factsOf(host), host);
  return planes.find(isAble) ?? planes.find(sees) ?? planes.find((host) => factsOf(host) !== null) ?? planes[0] ?? null;
}

const isReady = (facts: ClusterFacts | null, host: string): boolean =>
  facts?.nodes.some(({ name, ready }) => name === host && ready) ?? false;

const noCertificate = { en: 'cluster.caPem is not a certificate', zh: 'cluster.caPem 不是证书' };

/**
 * The facts with the CA's certificate alone: agents refuse any text beside it. Throws MusterError 422 `cluster-ca-invalid`
 * unless the reported hash matches the certificate: hosts will trust it.
 */
export function checkedIdentity({ caPem, caSha256, ...facts }: ClusterFacts): ClusterFacts {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(caPem);
  } catch (cause) {
    throw new MusterError('cluster-ca-invalid', { seen: noCertificate }, { cause });
  }
  const seen = createHash('sha256').update(certificate.raw).digest('hex');
  if (seen === caSha256) return { caPem: certificate.toString(), caSha256, ...facts };
  throw new MusterError('cluster-ca-invalid', {
    seen: {
      en: `cluster.caSha256 is ${caSha256}; the SHA-256 of cluster.caPem is ${seen}`,
      zh: `cluster.caSha256 为 ${caSha256}，而 cluster.caPem 的 SHA-256 为 ${seen}`,
    },
  });
}
