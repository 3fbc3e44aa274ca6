import { MusterError, textOf } from '../../shared/errors/errors.ts';
import { createEtcdClient } from '../etcd/client.ts';
import type { Host } from '../host/host.ts';
import { kubeClient } from '../kube/client.ts';
import { adminConf } from '../kube/kubeconfig.ts';

/** The kubelet starts a static pod within 20 s; a large database is read before etcd answers. In seconds. */
const patience = 300;
const lookMs = 1000;

/** Waits until etcd has a leader. Throws MusterError `etcd-not-started`. */
export const waitForEtcd = (host: Host, endpoint?: string): Promise<void> =>
  until(host, 'etcd', async () => {
    const client = await createEtcdClient(host, endpoint === undefined ? {} : { endpoint });
    await client?.members({ quorum: true });
    return client !== null;
  });

/** Waits until the API server reads from etcd. Throws MusterError `etcd-not-started`. */
export const waitForApiServer = (host: Host): Promise<void> =>
  until(host, 'kube-apiserver', async () => {
    const client = await kubeClient(host, adminConf);
    return client !== null && (await client.get('/api/v1/namespaces/kube-system')) !== null;
  });

async function until(host: Host, what: string, answers: () => Promise<boolean>): Promise<void> {
  let last: unknown = new Error('');
  for (let second = 0; second < patience; second += lookMs / 1000) {
    try {
      if (await answers()) return;
    } catch (error) {
      if (!(error instanceof MusterError)) throw error;
      last = error;
    }
    await host.sleep(lookMs);
  }
  throw new MusterError('etcd-not-started', { what, seconds: patience, reason: textOf(last) });
}
