import { MusterError, textOf } from '../../shared/errors/errors.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import { replacedData } from '../etcd/data-identity.ts';
import { kubeClient } from '../kube/client.ts';
import { adminConf } from '../kube/kubeconfig.ts';
import type { CheckResult, StepContext } from './step.ts';

/**
 * A control plane that holds the cluster's data waits for its API server and is never reset, even if nothing answers.
 */
export async function checkHeldCluster(context: StepContext): Promise<CheckResult> {
  const { host, assignment } = context;
  const { host: endpoint, port } = assignment.settings.endpoint;
  const renew = `kubeadm init phase kubeconfig admin --apiserver-advertise-address ${assignment.host.address} --control-plane-endpoint ${endpoint}:${port}`;
  try {
    const client = await kubeClient(host, adminConf);
    if (client === null) {
      return {
        state: 'waiting',
        message: {
          en: `${adminConf}: missing; the cluster of this host is kept`,
          zh: `${adminConf}：缺失；该主机的集群予以保留`,
        },
        remedy: { en: `run on this host: ${renew}`, zh: `在该主机上运行：${renew}` },
      };
    }
    // Any read from etcd proves that both etcd and the API server work.
    await client.get('/api/v1/namespaces/kube-system');
    return (await waitForData(context)) ?? { state: 'done' };
  } catch (error) {
    return { state: 'waiting', message: textOf(error), remedy: verbatim('journalctl -u kubelet -n 50') };
  }
}

/** Nothing is set up in data that replaced the cluster's. null: it was not replaced, or that is not known. */
async function waitForData({ host, assignment, etcdAt }: StepContext): Promise<CheckResult | null> {
  const client = await etcdAt(assignment.host.address);
  const replaced = client && (await replacedData(host, client).catch(() => null));
  if (replaced === null) return null;
  const { text, remedy } = new MusterError('etcd-data-replaced', replaced);
  return { state: 'waiting', message: text, ...(remedy === undefined ? {} : { remedy }) };
}
