import { messageOf } from '../../shared/errors.ts';
import { initConfig } from '../../shared/kubeadm/config.ts';
import { agentPaths } from '../../shared/paths.ts';
import { randomToken } from '../kube/bootstrap-tokens.ts';
import { kubeClient } from '../kube/client.ts';
import { adminConf } from '../kube/kubeconfig.ts';
import { holdsCreatedCluster, recordCreatedCluster } from './created-cluster.ts';
import { kubeadmFailure } from './kubeadm-run.ts';
import { cleanUpNode } from './reset.ts';
import type { CheckResult, Step, StepContext } from './step.ts';

const configFile = `${agentPaths.volatile}/kubeadm-init.yaml`;

export const kubeadmInit: Step = {
  id: 'kubeadm-init',

  async check(context) {
    const { host } = context;
    if (await holdsCreatedCluster(host)) return checkCreated(context);
    const cutShort = await host.exists(adminConf);
    return {
      state: 'todo',
      message: cutShort ? 'kubeadm init has not come to its end' : 'there is no cluster here yet',
    };
  },

  async apply(context) {
    const { host, assignment, signal } = context;
    if ((await host.unitState('kubeadm-init')) === 'none') {
      // The token is for kubeadm alone, which would make one that lives for a day; the step `approval` deletes it.
      const { id, secret } = randomToken();
      await host.writeFile(configFile, initConfig(assignment, { token: `${id}.${secret}` }), { mode: 0o600 });
    }
    const result = await context.runLong('kubeadm', ['init', '--config', configFile, '--skip-token-print']);
    if (!signal.aborted) await host.removeFile(configFile);
    if (result.exitCode !== 0) throw await kubeadmFailure(host, 'init', result);
    await recordCreatedCluster(host);
  },

  cleanUp: cleanUpNode,
};

/** A cluster that was finished here is waited for and never made anew, also while nothing of it answers. */
async function checkCreated({ host, assignment }: StepContext): Promise<CheckResult> {
  const { host: endpoint, port } = assignment.settings.endpoint;
  try {
    const client = await kubeClient(host, adminConf);
    if (client === null) {
      return {
        state: 'waiting',
        message: `this host holds its cluster, but ${adminConf} is gone`,
        remedy: `on this host: kubeadm init phase kubeconfig admin --apiserver-advertise-address ${assignment.host.address} --control-plane-endpoint ${endpoint}:${port}`,
      };
    }
    // Anything that is read from etcd shows that both are alive.
    await client.get('/api/v1/namespaces/kube-system');
    return { state: 'done' };
  } catch (error) {
    return { state: 'waiting', message: messageOf(error), remedy: 'on this host: journalctl -u kubelet -n 50' };
  }
}
