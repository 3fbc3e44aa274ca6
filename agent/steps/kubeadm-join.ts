import { MusterError } from '../../shared/errors/errors.ts';
import { kubeadmFile, placeholders } from '../../shared/steps/change.ts';
import { caFingerprint, caPin } from '../kube/ca.ts';
import { rememberBeforeKubernetes } from '../prior/kubernetes.ts';
import { checkHolder, checkPartialMember, checkUnfinished, correctControlPlane } from './control-plane-join.ts';
import { holdsCreatedCluster, recordCreatedCluster } from './created-cluster.ts';
import { executeChanges } from './declared.ts';
import { noteClientFiles } from './etcd-client-files.ts';
import { kubeadmFailure, runKubeadm, writeKubeadmFile } from './kubeadm-run.ts';
import { restartLateKubelet } from './late-kubelet.ts';
import { membership } from './membership.ts';
import { cleanUpNode, resetNode } from './reset.ts';
import { personAtWork } from './running-kubeadm.ts';
import type { Step, StepContext } from './step.ts';

export const kubeadmJoin: Step = {
  id: 'kubeadm-join',

  async check(context) {
    const { host, assignment } = context;
    const isControlPlane = assignment.host.role === 'control-plane';
    if (isControlPlane && (await holdsCreatedCluster(host))) return checkHolder(context);
    const person = await personAtWork(host);
    if (person !== null) return person;
    const left = isControlPlane ? await checkUnfinished(context) : null;
    if (left !== null) return left;
    const found = await membership(context);
    if (found.state === 'member') return isControlPlane ? checkPartialMember(context) : { ...found, state: 'done' };
    if (assignment.cluster === null)
      return { state: 'waiting', message: { en: 'waiting for the control plane', zh: '等待控制平面' } };
    if (found.state === 'elsewhere') {
      const remedy = {
        en: 'to leave that cluster, run on this host: kubeadm reset --force',
        zh: '若要离开该集群，在该主机上运行：kubeadm reset --force',
      };
      return { state: 'waiting', message: found.message, remedy };
    }
    return { ...found, state: 'todo' };
  },

  async apply(context) {
    const { host, assignment, say } = context;
    if ((await host.unitState('kubeadm-join')) !== 'none') return join(context);
    await rememberBeforeKubernetes(host, assignment.settings);
    // Records why the host joins again, before the reset removes the evidence.
    const found = await membership(context);
    if (found.message !== undefined) say(found.message);
    if (assignment.host.role === 'control-plane' && (await correctControlPlane(context))) return;
    await resetNode(context);
    await writeConfiguration(context);
    if (assignment.host.role === 'control-plane') await noteClientFiles(host, assignment.settings);
    await executeChanges('kubeadm-join', context);
    await join(context);
  },

  async cleanUp(context) {
    // The next attempt looks first whether etcd needs what is there.
    if (context.assignment.host.role === 'worker') await cleanUpNode(context);
  },
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
  const { host, signal } = context;
  const isControlPlane = await joinsControlPlane(context);
  const ended = new AbortController();
  const restarting = restartLateKubelet(context, AbortSignal.any([signal, ended.signal]));
  const running = runKubeadm(context, 'join').finally(() => ended.abort());
  const [result] = await Promise.all([running, restarting]);
  if (!signal.aborted) await host.removeFile(kubeadmFile('join'));
  if (result.exitCode !== 0) throw kubeadmFailure('join', result);
  if (isControlPlane) await recordCreatedCluster(host, context.assignment.settings);
}

/** Whether this run makes the host a control plane: an adopted one may have begun before its role changed. */
async function joinsControlPlane({ host, assignment }: StepContext): Promise<boolean> {
  const configuration = await host.readFile(kubeadmFile('join'));
  return assignment.host.role === 'control-plane' && (configuration === null || /^controlPlane:/m.test(configuration));
}
