import { X509Certificate } from 'node:crypto';
import { MusterError, messageOf } from '../../shared/errors/errors.ts';
import type { Kubeconfig } from '../../shared/kube/kubeconfig.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { caFingerprint } from '../kube/ca.ts';
import { kubeClient } from '../kube/client.ts';
import { kubeletConf, readKubeconfig } from '../kube/kubeconfig.ts';
import { readNode } from '../kube/node.ts';
import { readKubeletFlags } from '../machine/kubelet.ts';
import type { StepContext } from './step.ts';

type Known = Pick<StepContext, 'host' | 'facts' | 'assignment'>;

/**
 * `member`: a member as far as can be determined; an API server that does not answer is no reason to leave. `none`: has
 * to join. `elsewhere`: in another cluster than assigned, and that one still answers.
 */
export type Membership =
  | { state: 'member'; message?: LocalText }
  | { state: 'none' | 'elsewhere'; message: LocalText; code?: string };

export async function membership({ host, facts, assignment }: Known): Promise<Membership> {
  const { host: self, cluster } = assignment;
  try {
    const kubeconfig = await readKubeconfig(host, kubeletConf);
    if (kubeconfig === null)
      return { state: 'none', message: { en: 'this host has not joined', zh: '该主机尚未加入' } };
    const flaw = flawOf(kubeconfig, self.name, host.now());
    if (flaw !== null) return { state: 'none', message: flaw };
    if (cluster !== null && caFingerprint(kubeconfig.caPem) !== cluster.caSha256) {
      return await leaveOrStay(host);
    }
    const stranded = await strandedAddress(host, facts);
    if (stranded !== null) {
      return {
        state: 'none',
        message: {
          en: `the kubelet is configured for ${stranded}, which is not an address of this host`,
          zh: `kubelet 配置的地址 ${stranded} 不是该主机的地址`,
        },
      };
    }
    return await askApiServer(host, self.name);
  } catch (error) {
    if (error instanceof MusterError && error.code === 'kubeconfig-invalid')
      return { state: 'none', message: error.text };
    throw error;
  }
}

/** What is wrong with the kubelet's credential; null: nothing. */
function flawOf({ caPem, client }: Kubeconfig, name: string, now: Date): LocalText | null {
  if (client === undefined)
    return { en: 'the kubelet’s client certificate is missing', zh: '缺少 kubelet 的客户端证书' };
  try {
    caFingerprint(caPem);
    const certificate = new X509Certificate(client.certPem);
    if (certificate.validToDate <= now) {
      const end = certificate.validTo;
      return { en: `the kubelet’s client certificate expired on ${end}`, zh: `kubelet 的客户端证书已于 ${end} 过期` };
    }
    if (certificate.subject.split('\n').includes(`CN=system:node:${name}`)) return null;
    const subject = certificate.subject.replaceAll('\n', ', ');
    return {
      en: `the kubelet’s client certificate is for ${subject}, not for ${name}`,
      zh: `kubelet 的客户端证书属于 ${subject}，而不是 ${name}`,
    };
  } catch (error) {
    const reason = messageOf(error);
    return {
      en: `cannot read a certificate in ${kubeletConf}: ${reason}`,
      zh: `无法读取 ${kubeletConf} 中的证书：${reason}`,
    };
  }
}

/** A host never leaves a cluster whose API server answers, whatever the assignment says. */
async function leaveOrStay(host: Host): Promise<Membership> {
  try {
    await (await kubeClient(host, kubeletConf))?.get('/version');
  } catch (error) {
    if (error instanceof MusterError && error.code === 'kube-unreachable') {
      return {
        state: 'none',
        code: 'other-cluster',
        message: {
          en: 'this host belongs to a cluster with another CA, which does not answer',
          zh: '该主机属于另一个 CA 的集群，该集群没有应答',
        },
      };
    }
    if (!(error instanceof MusterError)) throw error;
  }
  return {
    state: 'elsewhere',
    message: {
      en: 'this host belongs to a cluster with another CA, whose API server still answers',
      zh: '该主机属于另一个 CA 的集群，且该集群的 API 服务器仍有应答',
    },
  };
}

/** The kubelet's configured address if this host no longer has it; null: no problem. */
async function strandedAddress(host: Host, { addresses }: Facts): Promise<string | null> {
  const nodeIp = (await readKubeletFlags(host))?.nodeIp ?? null;
  if (nodeIp === null || addresses.length === 0) return null;
  return addresses.some(({ address }) => address === nodeIp) ? null : nodeIp;
}

async function askApiServer(host: Host, name: string): Promise<Membership> {
  try {
    const client = await kubeClient(host, kubeletConf);
    if (client === null || (await readNode(client, name)) !== null) return { state: 'member' };
    // A recreated Node gets another pod range, so the pods running here would lose their addresses.
    return { state: 'none', message: { en: `the cluster has no Node ${name}`, zh: `集群中没有 Node ${name}` } };
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    if (error.status === 401)
      return {
        state: 'none',
        code: 'kubelet-certificate-unknown',
        message: { en: 'the API server rejects the kubelet’s certificate', zh: 'API 服务器拒绝 kubelet 的证书' },
      };
    return { state: 'member', message: { en: `joined; ${error.text.en}`, zh: `已加入；${error.text.zh}` } };
  }
}
