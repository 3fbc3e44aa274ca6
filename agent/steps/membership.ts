import { X509Certificate } from 'node:crypto';
import { MusterError, messageOf } from '../../shared/errors/errors.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { caFingerprint } from '../kube/ca.ts';
import { kubeClient } from '../kube/client.ts';
import { type Kubeconfig, kubeletConf, readKubeconfig } from '../kube/kubeconfig.ts';
import { readNode } from '../kube/node.ts';
import { readKubeletFlags } from '../machine/kubelet.ts';
import type { StepContext } from './step.ts';

type Known = Pick<StepContext, 'host' | 'facts' | 'assignment'>;

/**
 * `member`: as far as can be seen; an API server that does not answer is no reason to leave a cluster. `none`: it has to join.
 * `elsewhere`: it is in another cluster than it was assigned to, and that one is alive.
 */
export type Membership =
  | { state: 'member'; message?: string }
  | { state: 'none' | 'elsewhere'; message: string; code?: string };

export async function membership({ host, facts, assignment }: Known): Promise<Membership> {
  const { host: self, cluster } = assignment;
  try {
    const kubeconfig = await readKubeconfig(host, kubeletConf);
    if (kubeconfig === null) return { state: 'none', message: 'this host has not joined yet' };
    const flaw = flawOf(kubeconfig, self.name, host.now());
    if (flaw !== null) return { state: 'none', message: flaw };
    if (cluster !== null && caFingerprint(kubeconfig.caPem) !== cluster.caSha256) {
      return await leaveOrStay(host);
    }
    const stranded = await strandedAddress(host, facts);
    if (stranded !== null) {
      return {
        state: 'none',
        message: `the kubelet is set up for ${stranded}, which is no address of this host any more`,
      };
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

/** A cluster whose API server still answers, however it answers, is not left: whoever says that it was replaced is wrong. */
async function leaveOrStay(host: Host): Promise<Membership> {
  try {
    await (await kubeClient(host, kubeletConf))?.get('/version');
  } catch (error) {
    if (error instanceof MusterError && error.code === 'kube-unreachable') {
      return {
        state: 'none',
        code: 'other-cluster',
        message: 'this host belongs to a cluster with another CA, which does not answer any more',
      };
    }
    if (!(error instanceof MusterError)) throw error;
  }
  return {
    state: 'elsewhere',
    message: 'this host belongs to a cluster with another CA, and the API server of that cluster still answers',
  };
}

/** The address that kubeadm gave the kubelet, where this host does not have it any more; null: all is well. */
async function strandedAddress(host: Host, { addresses }: Facts): Promise<string | null> {
  const nodeIp = (await readKubeletFlags(host))?.nodeIp ?? null;
  if (nodeIp === null || addresses.length === 0) return null;
  return addresses.some(({ address }) => address === nodeIp) ? null : nodeIp;
}

async function askApiServer(host: Host, name: string): Promise<Membership> {
  try {
    const client = await kubeClient(host, kubeletConf);
    if (client === null || (await readNode(client, name)) !== null) return { state: 'member' };
    // A Node that is made again has another range of pod addresses, in which the pods that run here have none.
    return { state: 'none', message: `the cluster has no Node ${name} any more` };
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    if (error.status === 401)
      return {
        state: 'none',
        code: 'kubelet-certificate-unknown',
        message: 'the API server does not know the kubelet’s certificate',
      };
    return { state: 'member', message: `joined; ${error.message}` };
  }
}
