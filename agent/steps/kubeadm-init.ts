import { messageOf } from '../../shared/errors/errors.ts';
import { kubeadmFile, placeholders } from '../../shared/steps/change.ts';
import { randomToken } from '../kube/bootstrap-tokens.ts';
import { kubeClient } from '../kube/client.ts';
import { adminConf } from '../kube/kubeconfig.ts';
import { rememberBeforeKubernetes } from '../prior/kubernetes.ts';
import {
  createdCluster,
  forgetCreatedCluster,
  holdsCreatedCluster,
  recordCreatedCluster,
  traceOfCreatedCluster,
} from './created-cluster.ts';
import { executeChanges } from './declared.ts';
import { kubeadmFailure, runKubeadm, writeKubeadmFile } from './kubeadm-run.ts';
import { cleanUpNode, resetNode } from './reset.ts';
import { personAtWork } from './running-kubeadm.ts';
import type { CheckResult, Step, StepContext } from './step.ts';

export const kubeadmInit: Step = {
  id: 'kubeadm-init',

  async check(context) {
    const { host } = context;
    if (await holdsCreatedCluster(host)) return checkCreated(context);
    const person = await personAtWork(host);
    if (person !== null) return person;
    const lost = await lostCluster(context);
    if (lost !== null) return lost;
    const cutShort = await host.exists(adminConf);
    return {
      state: 'todo',
      message: cutShort ? 'kubeadm init has not come to its end' : 'there is no cluster here yet',
    };
  },

  async apply(context) {
    const { host, assignment, signal } = context;
    if ((await host.unitState('kubeadm-init')) === 'none') {
      await rememberBeforeKubernetes(host, assignment.settings.runtime.name);
      await forgetCreatedCluster(host);
      await resetNode(context);
      await executeChanges('kubeadm-init', context);
      // The token is for kubeadm alone, which would make one that lives for a day; the step `approval` deletes it.
      const { id, secret } = randomToken();
      await writeKubeadmFile(context, 'init', { [placeholders.ownToken]: `${id}.${secret}` });
    }
    const result = await runKubeadm(context, 'init');
    if (!signal.aborted) await host.removeFile(kubeadmFile('init'));
    if (result.exitCode !== 0) throw kubeadmFailure('init', result);
    await recordCreatedCluster(host);
  },

  cleanUp: cleanUpNode,
};

/**
 * Whether the cluster that this host is to have was there and is lost; null: no, or another may be created in its place. The coordinator names a
 * cluster as soon as one could be joined, so an init that was cut short is none.
 */
async function lostCluster({ host, assignment }: StepContext): Promise<CheckResult | null> {
  const trace = await traceOfCreatedCluster(host);
  if (trace !== null) {
    return {
      ...trace,
      state: 'waiting',
      message: `the cluster is not here any more, but not gone for sure: ${trace.message}`,
    };
  }
  const lost = assignment.cluster !== null || (await createdCluster(host)) === 'lost';
  if (!lost || assignment.recreate === true) return null;
  return {
    state: 'waiting',
    message:
      'the cluster is gone: its CA and etcd’s data were on this host and are not any more. Creating it anew is for you to decide',
    remedy: 'to create it anew, without anything that ran in it: sudo muster recover',
    zh: {
      message: '集群已不存在：其 CA 和 etcd 数据曾在该主机上，现在都没有了。是否重新创建由您决定',
      remedy: '重新创建集群（其中运行过的内容不会恢复）：sudo muster recover',
    },
  };
}

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
        zh: { message: `该主机持有其集群，但 ${adminConf} 不见了` },
      };
    }
    // Anything that is read from etcd shows that both are alive.
    await client.get('/api/v1/namespaces/kube-system');
    return { state: 'done' };
  } catch (error) {
    return { state: 'waiting', message: messageOf(error), remedy: 'on this host: journalctl -u kubelet -n 50' };
  }
}
