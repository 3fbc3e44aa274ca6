import { basename } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Host } from '../host/host.ts';
import { containerdSocket } from '../machine/containerd.ts';
import { readKubeletFlags } from '../machine/kubelet.ts';
import { releaseServicePackets } from '../machine/service-packets.ts';
import { changeUnit } from '../machine/unit.ts';
import { holdsCreatedCluster } from '../steps/created-cluster.ts';
import { removeNetworkLeftovers } from '../steps/network-leftovers.ts';
import { resetKubernetes } from '../steps/reset.ts';

const giveUp = {
  en: 'to give up the cluster: sudo muster-agent uninstall --give-up-cluster',
  zh: '若要放弃该集群：sudo muster-agent uninstall --give-up-cluster',
};

/** The unit that systemd made for the kubelet's groups of pods. */
const podSlice = '/run/systemd/transient/kubepods.slice';

/**
 * Takes this host out of its cluster: ends the kubelet, unmounts its volumes, and resets what kubeadm made. Nothing is run where there is
 * nothing of that. Throws MusterError `cluster-kept` where that would end a cluster without `giveUpCluster`, and `still-mounted` before
 * anything is deleted.
 */
export async function leaveCluster(
  host: Host,
  { giveUpCluster, say }: { giveUpCluster: boolean; say(line: string): void },
): Promise<void> {
  if (!giveUpCluster && (await holdsCreatedCluster(host))) {
    throw new MusterError('cluster-kept', { fix: giveUp });
  }
  await resetKubernetes({
    host,
    say,
    socket: await criSocketInUse(host),
    owned: true,
    runReset: (program, args) => host.runUnit('uninstall-reset', program, args, { onLine: say }),
  });
  // No pod is left in them, and still they would stay until the next boot. With this one go those below it.
  if (await host.exists(podSlice)) await changeUnit(host, 'stop', basename(podSlice));
  await removeNetworkLeftovers(host, say);
  await releaseServicePackets(host);
  if (giveUpCluster) await host.removeFile(`${agentPaths.state}/created-cluster`);
}

/** As kubeadm told the kubelet: only one other than dockershim is named. */
async function criSocketInUse(host: Host): Promise<string> {
  const flags = await readKubeletFlags(host);
  if (flags?.runtimeSocket != null) return flags.runtimeSocket;
  return flags === null && (await host.exists(containerdSocket)) ? containerdSocket : '/var/run/dockershim.sock';
}
