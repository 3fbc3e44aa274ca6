import { MusterError } from '../../shared/errors.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Host } from '../host.ts';
import { holdsCreatedCluster } from '../steps/created-cluster.ts';
import { mountPoints, resetKubernetes } from '../steps/reset.ts';

const kubeletFolder = '/var/lib/kubelet';
const containerdSocket = '/run/containerd/containerd.sock';

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
    throw new MusterError('cluster-kept', 'this host holds the cluster itself: its API server and its etcd', {
      remedy: 'to give that cluster up for good: muster-agent uninstall --give-up-cluster',
    });
  }
  // A host that has no kubelet has none to stop.
  await host.run('systemctl', ['stop', 'kubelet']);
  await unmountVolumes(host, say);
  await resetKubernetes({
    host,
    say,
    socket: await criSocketInUse(host),
    runReset: (program, args) => host.runUnit('uninstall-reset', program, args, { onLine: say }),
  });
  await host.removeFile(`${agentPaths.state}/created-cluster`);
}

/** As kubeadm told the kubelet: only one other than dockershim is named. */
async function criSocketInUse(host: Host): Promise<string> {
  const flags = (await host.readFile(`${kubeletFolder}/kubeadm-flags.env`)) ?? '';
  const named = /--container-runtime-endpoint=(?:unix:\/\/)?([^\s"]+)/.exec(flags)?.[1];
  if (named !== undefined) return named;
  return flags === '' && (await host.exists(containerdSocket)) ? containerdSocket : '/var/run/dockershim.sock';
}

/** The deepest first. kubeadm deletes what is below the kubelet's folder, so nothing may be left that leads elsewhere. */
async function unmountVolumes(host: Host, say: (line: string) => void): Promise<void> {
  const below = async () => (await mountPoints(host)).filter((mount) => mount.startsWith(`${kubeletFolder}/`));
  for (const mount of (await below()).sort().reverse()) {
    say(`unmounting ${mount}`);
    await host.run('umount', [mount]);
  }
  const left = await below();
  if (left.length === 0) return;
  throw new MusterError('still-mounted', `${left.join(', ')} can't be unmounted, so nothing is deleted there`, {
    remedy: `end what uses it (fuser -vm ${left[0]}), then try again`,
  });
}
