import { X509Certificate } from 'node:crypto';
import { MusterError, messageOf } from '../../shared/errors.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Host } from '../host.ts';
import { caFingerprint } from '../kube/ca.ts';
import { kubeClient } from '../kube/client.ts';
import { type Kubeconfig, kubeletConf, readKubeconfig } from '../kube/kubeconfig.ts';
import { readNode } from '../kube/node.ts';

/**
 * `member`: as far as can be seen; an API server that does not answer is no reason to leave a cluster. `no-node`: the credential is
 * good, but the Node was deleted; the kubelet registers it again when it starts. `none`: it has to join.
 */
export type Membership = { state: 'member'; message?: string } | { state: 'no-node' | 'none'; message: string };

export async function membership(host: Host, { host: self, cluster }: Assignment): Promise<Membership> {
  try {
    const kubeconfig = await readKubeconfig(host, kubeletConf);
    if (kubeconfig === null) return { state: 'none', message: 'this host has not joined yet' };
    const flaw = flawOf(kubeconfig, self.name, host.now());
    if (flaw !== null) return { state: 'none', message: flaw };
    if (cluster !== null && caFingerprint(kubeconfig.caPem) !== cluster.caSha256) {
      return { state: 'none', message: 'this host belongs to a cluster with another CA' };
    }
    return await askApiServer(host, self.name);
  } catch (error) {
    if (error instanceof MusterError && error.code === 'kubeconfig-invalid')
      return { state: 'none', message: error.message };
    throw error;
  }
}

/** What is wrong with the kubelet's credential by itself; null: nothing. */
function flawOf({ caPem, client }: Kubeconfig, name: string, now: Date): string | null {
  if (client === undefined) return 'the kubelet’s client certificate is gone';
  try {
    caFingerprint(caPem);
    const certificate = new X509Certificate(client.certPem);
    if (certificate.validToDate <= now) return `the kubelet’s client certificate expired on ${certificate.validTo}`;
    if (certificate.subject.split('\n').includes(`CN=system:node:${name}`)) return null;
    return `the kubelet’s client certificate is ${certificate.subject.replaceAll('\n', ', ')}, not ${name}’s`;
  } catch (error) {
    return `a certificate in ${kubeletConf} can’t be read: ${messageOf(error)}`;
  }
}

async function askApiServer(host: Host, name: string): Promise<Membership> {
  try {
    const client = await kubeClient(host, kubeletConf);
    if (client === null || (await readNode(client, name)) !== null) return { state: 'member' };
    return { state: 'no-node', message: `the cluster has no Node ${name} any more` };
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    if (error.status === 401)
      return { state: 'none', message: 'the API server does not know the kubelet’s certificate' };
    return { state: 'member', message: `joined; ${error.message}` };
  }
}
