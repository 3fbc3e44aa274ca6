import { MusterError } from '../../shared/errors/errors.ts';
import { joinDocuments } from '../../shared/kubeadm/config.ts';
import { kubeadmYaml } from '../../shared/kubeadm/yaml.ts';
import { agentPaths } from '../../shared/paths.ts';
import { caFingerprint, caPin } from '../kube/ca.ts';
import { rememberBeforeKubernetes } from './before-kubernetes.ts';
import { kubeadmFailure } from './kubeadm-run.ts';
import { membership } from './membership.ts';
import { cleanUpNode, resetNode } from './reset.ts';
import { personAtWork } from './running-kubeadm.ts';
import { holdServicePackets } from './service-packets.ts';
import type { Step, StepContext } from './step.ts';

const configFile = `${agentPaths.volatile}/kubeadm-join.yaml`;

export const kubeadmJoin: Step = {
  id: 'kubeadm-join',

  async check(context) {
    const person = await personAtWork(context.host);
    if (person !== null) return person;
    const found = await membership(context);
    if (found.state === 'member') return { ...found, state: 'done' };
    if (context.assignment.cluster === null)
      return { state: 'waiting', message: 'waiting for the control plane', zh: { message: '正在等待控制平面' } };
    if (found.state === 'elsewhere') {
      const remedy = 'to give that cluster up, on this host: kubeadm reset --force';
      const zh = {
        message: '该主机属于另一个 CA 的集群，且该集群的 API server 仍有应答',
        remedy: '若要放弃那个集群，在该主机上：kubeadm reset --force',
      };
      return { state: 'waiting', message: found.message, remedy, zh };
    }
    return { ...found, state: 'todo' };
  },

  async apply(context) {
    const { host, assignment, say } = context;
    if ((await host.unitState('kubeadm-join')) !== 'none') return join(context);
    await rememberBeforeKubernetes(host, assignment.settings.runtime.name);
    const found = await membership(context);
    // What it was before is gone in a moment: who asks later why it joined anew finds it here.
    if (found.message !== undefined) say(found.message);
    await resetNode(context);
    await writeConfiguration(context);
    await holdServicePackets(host, assignment.settings.network.serviceSubnet);
    await join(context);
  },

  cleanUp: cleanUpNode,
};

async function writeConfiguration({ host, assignment, requestJoinCredential }: StepContext): Promise<void> {
  const { token, caPem, caSha256 } = await requestJoinCredential();
  if (caFingerprint(caPem) !== caSha256 || caSha256 !== assignment.cluster?.caSha256) {
    throw new MusterError('cluster-changed');
  }
  await host.writeFile(configFile, kubeadmYaml(joinDocuments(assignment, { token, caPin: caPin(caPem) })), {
    mode: 0o600,
  });
}

/** Starts kubeadm, or adopts the run that an earlier agent started. */
async function join({ host, runLong, signal }: StepContext): Promise<void> {
  // At this level it says what it waits for, which may be in vain.
  const result = await runLong('kubeadm', ['join', '--config', configFile, '--v=1']);
  if (!signal.aborted) await host.removeFile(configFile);
  if (result.exitCode !== 0) throw kubeadmFailure('join', result);
}
