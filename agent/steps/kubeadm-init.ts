import type { DecisionId } from '../../shared/diagnosis/failures/cluster.ts';
import { kubeadmFile, placeholders } from '../../shared/steps/change.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { randomToken } from '../kube/bootstrap-tokens.ts';
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
import { isKeptInExternalEtcd, keepUnfinishedPki, useExternalEtcd } from './external-data.ts';
import { checkHeldCluster } from './held-cluster.ts';
import { kubeadmFailure, runKubeadm, writeKubeadmFile } from './kubeadm-run.ts';
import { cleanUpNode, resetNode } from './reset.ts';
import { personAtWork } from './running-kubeadm.ts';
import type { CheckResult, Step, StepContext } from './step.ts';

const noCluster: LocalText = { en: 'no cluster exists on this host', zh: '该主机上没有集群' };
const unfinished: LocalText = { en: 'kubeadm init did not finish', zh: 'kubeadm init 未完成' };
const lostForGood: LocalText = {
  en: 'the cluster is lost: its CA and etcd’s data were on this host and no longer exist; muster re-creates it only after confirmation',
  zh: '集群已丢失：其 CA 和 etcd 数据曾在该主机上，现已不存在；muster 仅在确认后重新创建',
};
const recover: LocalText = {
  en: 'to create an empty cluster: sudo muster recover',
  zh: '创建一个空集群：sudo muster recover',
};

export const kubeadmInit: Step = {
  id: 'kubeadm-init',

  async check(context) {
    const { host } = context;
    if (await holdsCreatedCluster(host)) return checkHeldCluster(context);
    const person = await personAtWork(host);
    if (person !== null) return person;
    const lost = await lostCluster(context);
    if (lost !== null) return lost;
    const cutShort = await host.exists(adminConf);
    return {
      state: 'todo',
      message: cutShort ? unfinished : noCluster,
    };
  },

  async apply(context) {
    const { host, assignment, signal } = context;
    if ((await host.unitState('kubeadm-init')) === 'none') {
      await rememberBeforeKubernetes(host, assignment.settings);
      await forgetCreatedCluster(host);
      await keepUnfinishedPki(context);
      await resetNode(context);
      await useExternalEtcd(context);
      await executeChanges('kubeadm-init', context);
      // Without it, kubeadm would create a token valid for a day. The step `approval` deletes this one.
      const { id, secret } = randomToken();
      await writeKubeadmFile(context, 'init', { [placeholders.ownToken]: `${id}.${secret}` });
    }
    const result = await runKubeadm(context, 'init');
    if (!signal.aborted) await host.removeFile(kubeadmFile('init'));
    if (result.exitCode !== 0) throw kubeadmFailure('init', result);
    await recordCreatedCluster(host, assignment.settings);
  },

  async cleanUp(context) {
    await keepUnfinishedPki(context);
    await cleanUpNode(context);
  },
};

/**
 * Whether this host's cluster existed and is lost; null: no, or it may be recreated. The coordinator names a cluster
 * only once it can be joined, so an interrupted init does not count.
 */
async function lostCluster({ host, assignment }: StepContext): Promise<CheckResult | null> {
  const trace = await traceOfCreatedCluster(host);
  if (trace !== null) {
    return {
      ...trace,
      state: 'waiting',
      code: 'cluster-loss-unconfirmed' satisfies DecisionId,
      message: {
        en: `the cluster is missing, but its loss is not confirmed: ${trace.message.en}`,
        zh: `集群缺失，但不能确定已丢失：${trace.message.zh}`,
      },
    };
  }
  if (await isKeptInExternalEtcd({ host, assignment })) return null;
  const lost = assignment.cluster !== null || (await createdCluster(host)) === 'lost';
  if (!lost || assignment.recreate === true) return null;
  return { state: 'waiting', code: 'cluster-lost' satisfies DecisionId, message: lostForGood, remedy: recover };
}
