import { textOf } from '../../shared/errors/errors.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import { kubeClient } from '../kube/client.ts';
import { adminConf } from '../kube/kubeconfig.ts';
import type { CheckResult, StepContext } from './step.ts';

/** A control plane that holds the cluster's data waits for its API server and is never reset, even if nothing answers. */
export async function checkHeldCluster({ host, assignment }: StepContext): Promise<CheckResult> {
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
    return { state: 'done' };
  } catch (error) {
    return { state: 'waiting', message: textOf(error), remedy: verbatim('journalctl -u kubelet -n 50') };
  }
}
