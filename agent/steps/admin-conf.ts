import { hostFiles } from '../../shared/steps/content/files.ts';
import type { Host } from '../host/host.ts';
import { readKubeconfig, adminConf as source } from '../kube/kubeconfig.ts';
import { adminClient } from './api-server.ts';
import { executeChanges } from './declared.ts';
import type { Step } from './step.ts';

const target = hostFiles.rootKubeconfig;

/** Keeps root's kubeconfig equal to admin.conf. A kubeconfig for another cluster is the operator's and is kept. */
export const adminConf: Step = {
  id: 'admin-conf',

  async check({ host }) {
    const [wanted, current] = await Promise.all([host.readFile(source), host.readFile(target)]);
    if (wanted !== null && current === wanted) return { state: 'done' };
    if (current !== null && !(await isForSameServer(host))) {
      return {
        state: 'done',
        message: {
          en: `${target} is for another cluster and is kept; use kubectl --kubeconfig ${source}`,
          zh: `${target} 属于另一个集群，予以保留；请使用 kubectl --kubeconfig ${source}`,
        },
      };
    }
    return {
      state: 'todo',
      message: { en: `${target}: not a copy of ${source}`, zh: `${target}：不是 ${source} 的副本` },
    };
  },

  async apply(context) {
    await adminClient(context.host);
    await executeChanges('admin-conf', context);
  },
};

async function isForSameServer(host: Host): Promise<boolean> {
  try {
    const [wanted, current] = await Promise.all([readKubeconfig(host, source), readKubeconfig(host, target)]);
    return wanted?.server === current?.server;
  } catch {
    // Not in kubeadm's format, so not a copy of admin.conf.
    return false;
  }
}
