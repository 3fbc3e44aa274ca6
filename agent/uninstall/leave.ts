import { basename } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import { runningExternalEtcd } from '../etcd/external/access.ts';
import type { Host } from '../host/host.ts';
import { adminConf } from '../kube/kubeconfig.ts';
import { containerdSocket } from '../machine/containerd.ts';
import { readKubeletFlags } from '../machine/kubelet.ts';
import { releaseServicePackets } from '../machine/service-packets.ts';
import { changeUnit } from '../machine/unit.ts';
import { forgetCreatedCluster, holdsCreatedCluster } from '../steps/created-cluster.ts';
import { removeClientFiles } from '../steps/etcd-client-files.ts';
import { forgetPki } from '../steps/kept-pki.ts';
import { removeNetworkLeftovers } from '../steps/network-leftovers.ts';
import { resetKubernetes } from '../steps/reset.ts';

const giveUp = {
  en: 'to give up the cluster: sudo muster-agent uninstall --give-up-cluster',
  zh: '若要放弃该集群：sudo muster-agent uninstall --give-up-cluster',
};

/** Transient slice that holds the kubelet's pod cgroups. */
const podSlice = '/run/systemd/transient/kubepods.slice';

interface LeaveOptions {
  giveUpCluster: boolean;
  /** Whether the cluster goes on without this control plane; absent: not known. */
  isRemoved?: () => Promise<boolean>;
  say(line: LocalText): void;
}

/**
 * Takes this host out of its cluster: stops the kubelet, unmounts its volumes and resets what kubeadm created. Does
 * nothing on a host without Kubernetes state. Throws MusterError `cluster-kept` if that would destroy a cluster without
 * `giveUpCluster`, `still-mounted` before anything is deleted.
 */
export async function leaveCluster(
  host: Host,
  { giveUpCluster, isRemoved = async () => false, say }: LeaveOptions,
): Promise<void> {
  if (!giveUpCluster && (await holdsCreatedCluster(host))) {
    if (!(await isRemoved())) throw new MusterError('cluster-kept', { fix: giveUp });
    // A reset that is cut short has deleted the certificates with which etcd was asked.
    await forgetCreatedCluster(host);
  }
  await removeAdminAccess(host);
  await resetKubernetes({
    host,
    say,
    isExternal: (await runningExternalEtcd(host)) !== null,
    socket: await criSocketInUse(host),
    owned: true,
    runReset: (program, args) =>
      host.runUnit('uninstall-reset', program, args, { onLine: (line) => say(verbatim(line)) }),
  });
  // Empty slices would stay until the next boot; stopping this one removes those below it.
  if (await host.exists(podSlice)) await changeUnit(host, 'stop', basename(podSlice));
  await removeNetworkLeftovers(host, say);
  await releaseServicePackets(host);
  await Promise.all([forgetCreatedCluster(host), forgetPki(host), removeClientFiles(host)]);
}

/** root's copy of admin.conf would stay valid after the host has left. */
async function removeAdminAccess(host: Host): Promise<void> {
  const [admin, copy] = await Promise.all([host.readFile(adminConf), host.readFile(hostFiles.rootKubeconfig)]);
  if (admin !== null && copy === admin) await host.removeFile(hostFiles.rootKubeconfig);
}

/** kubeadm writes the socket to the kubelet's flags, except for dockershim. */
async function criSocketInUse(host: Host): Promise<string> {
  const flags = await readKubeletFlags(host);
  if (flags?.runtimeSocket != null) return flags.runtimeSocket;
  return flags === null && (await host.exists(containerdSocket)) ? containerdSocket : '/var/run/dockershim.sock';
}
