import { MusterError } from '../../shared/errors/errors.ts';
import { kubeadmFile, placeholders } from '../../shared/steps/change.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { caFingerprint, caPin } from '../kube/ca.ts';
import { rememberBeforeKubernetes } from '../prior/kubernetes.ts';
import { forgetLostCluster, holdsCreatedCluster, recordCreatedCluster } from './created-cluster.ts';
import { executeChanges } from './declared.ts';
import { checkHeldCluster } from './held-cluster.ts';
import { kubeadmFailure, runKubeadm, writeKubeadmFile } from './kubeadm-run.ts';
import { membership } from './membership.ts';
import { cleanUpNode, resetNode } from './reset.ts';
import { personAtWork } from './running-kubeadm.ts';
import type { Step, StepContext } from './step.ts';

const notControlPlane: LocalText = {
  en: 'this host has not joined as a control plane',
  zh: '该主机尚未作为控制平面加入',
};

export const kubeadmJoin: Step = {
  id: 'kubeadm-join',

  async check(context) {
    const { host, assignment } = context;
    const isControlPlane = assignment.host.role === 'control-plane';
    if (isControlPlane && (await holdsCreatedCluster(host))) return checkHeldCluster(context);
    const person = await personAtWork(host);
    if (person !== null) return person;
    const found = await membership(context);
    if (found.state === 'member' && !isControlPlane) return { ...found, state: 'done' };
    if (assignment.cluster === null)
      return { state: 'waiting', message: { en: 'waiting for the control plane', zh: '等待控制平面' } };
    if (found.state === 'elsewhere') {
      const remedy = {
        en: 'to leave that cluster, run on this host: kubeadm reset --force',
        zh: '若要离开该集群，在该主机上运行：kubeadm reset --force',
      };
      return { state: 'waiting', message: found.message, remedy };
    }
    return found.state === 'member' ? { state: 'todo', message: notControlPlane } : { ...found, state: 'todo' };
  },

  async apply(context) {
    const { host, assignment, say } = context;
    if ((await host.unitState('kubeadm-join')) !== 'none') return join(context);
    await rememberBeforeKubernetes(host, assignment.settings);
    await forgetLostCluster(host);
    const found = await membership(context);
    // Records why the host joins again, before the reset removes the evidence.
    if (found.message !== undefined) say(found.message.en);
    await resetNode(context);
    await writeConfiguration(context);
    await executeChanges('kubeadm-join', context);
    await join(context);
  },

  cleanUp: cleanUpNode,
};

async function writeConfiguration(context: StepContext): Promise<void> {
  const { assignment, requestJoinCredential } = context;
  const { token, caPem, caSha256, certificateKey = '' } = await requestJoinCredential();
  if (caFingerprint(caPem) !== caSha256 || caSha256 !== assignment.cluster?.caSha256) {
    throw new MusterError('cluster-changed');
  }
  await writeKubeadmFile(context, 'join', {
    [placeholders.joinToken]: token,
    [placeholders.caPin]: caPin(caPem),
    [placeholders.certificateKey]: certificateKey,
  });
}

/** Starts kubeadm, or adopts a run that an earlier agent started. */
async function join(context: StepContext): Promise<void> {
  const { host, assignment, signal } = context;
  const result = await runKubeadm(context, 'join');
  if (!signal.aborted) await host.removeFile(kubeadmFile('join'));
  if (result.exitCode !== 0) throw kubeadmFailure('join', result);
  if (assignment.host.role === 'control-plane') await recordCreatedCluster(host);
}
