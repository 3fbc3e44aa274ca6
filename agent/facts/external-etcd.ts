import { createPrivateKey, X509Certificate } from 'node:crypto';
import { MusterError, messageOf } from '../../shared/errors/errors.ts';
import { externalEtcd } from '../../shared/plan/etcd.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { ExternalEtcdFacts } from '../../shared/protocol/facts.ts';
import { etcdClient } from '../etcd/client.ts';
import type { EtcdCredentials } from '../etcd/credentials.ts';
import { externalClient, externalCredentials } from '../etcd/external/access.ts';
import { registryIn } from '../etcd/external/registry.ts';
import type { Host } from '../host/host.ts';
import { keptCa } from '../steps/kept-pki.ts';

/** Longest wait for one endpoint, in ms; all are asked at once. A busy host that installs is no error. */
const patience = { node: 3000, other: 15_000 };

/** The planned external etcd as this control plane sees it; null: none is planned. */
export async function externalEtcdFacts(
  host: Host,
  { host: self, settings }: Assignment,
  { isNode }: { isNode: boolean },
): Promise<ExternalEtcdFacts | null> {
  const external = externalEtcd(settings);
  if (external === null || self.role === 'worker') return null;
  const paths = [external.caFile, external.certFile, external.keyFile];
  const [there, credentials, keptCaSha256] = await Promise.all([
    Promise.all(paths.map((path) => host.exists(path))),
    externalCredentials(host, external),
    keptCa(host),
  ]);
  const client = isNode ? null : await externalClient(host, external);
  return {
    missing: paths.filter((_, index) => !there[index]),
    certificate: credentials === null ? null : certificateFault(credentials, host.now()),
    endpoints: await Promise.all(
      external.endpoints.map((url) => endpointFacts(url, credentials, isNode ? patience.node : patience.other)),
    ),
    registry: client === null ? null : await known(registryIn(client, settings)),
    keptCaSha256,
  };
}

async function endpointFacts(url: string, credentials: EtcdCredentials | null, waitMs: number) {
  if (credentials === null) return { url, failure: null, version: null, cluster: null };
  try {
    const { version, cluster } = await etcdClient(credentials, url).status(undefined, waitMs);
    return { url, failure: null, version, cluster: BigInt(cluster).toString(16) };
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    return { url, failure: messageOf(error).slice(0, 256), version: null, cluster: null };
  }
}

function certificateFault({ certPem, keyPem }: EtcdCredentials, now: Date): ExternalEtcdFacts['certificate'] {
  try {
    const [certificate, key] = [new X509Certificate(certPem), createPrivateKey(keyPem)];
    if (!certificate.checkPrivateKey(key)) return 'other-key';
    if (certificate.validToDate < now) return 'expired';
    // kubeadm's ParsePublicKeysPEM, through which a join takes the key, reads no EC key in PKCS#8.
    const isKnown = key.asymmetricKeyType === 'rsa' || keyPem.includes('-----BEGIN EC PRIVATE KEY-----');
    return isKnown ? null : 'key-format';
  } catch {
    return 'unreadable';
  }
}

/** null: the call failed in a way that the catalogue knows. */
async function known<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof MusterError) return null;
    throw error;
  }
}
