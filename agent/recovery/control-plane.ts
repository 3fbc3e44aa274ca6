import { MusterError } from '../../shared/errors/errors.ts';
import { type EtcdPod, etcdManifest, etcdPod } from '../etcd/pod.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';
import { manifestsAside } from './folders.ts';

const manifests = '/etc/kubernetes/manifests';
/** Names of the static pods of a control plane, etcd first. */
const pods = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;
type Pod = (typeof pods)[number];

/** The kubelet looks at its manifests every 20 s, and a pod may take 30 s to end. In seconds. */
const patience = 120;
const lookMs = 1000;

/**
 * Takes the static pods from the kubelet and waits until no etcd with this data, and no API server, runs. Throws
 * MusterError `etcd-still-running`.
 */
export async function stopControlPlane(host: Host, id: string, dataFolder: string): Promise<void> {
  const aside = manifestsAside(id);
  await output(host, 'mkdir', ['-p', '-m', '0700', aside]);
  for (const pod of pods) await moveFile(host, `${manifests}/${pod}.yaml`, `${aside}/${pod}.yaml`);
  for (let second = 0; second < patience; second += lookMs / 1000) {
    if ((await running(host, dataFolder)).length === 0) return;
    await host.sleep(lookMs);
  }
  throw new MusterError('etcd-still-running', { seconds: patience, programs: await running(host, dataFolder) });
}

/** Restores static pods' manifests, from which the kubelet starts them. */
export async function startPods(host: Host, id: string, which: (pod: Pod) => boolean): Promise<void> {
  for (const pod of pods.filter(which)) {
    await moveFile(host, `${manifestsAside(id)}/${pod}.yaml`, `${manifests}/${pod}.yaml`);
  }
}

/** The member as its manifest describes it, wherever the manifest is. Throws MusterError `etcd-data-missing`. */
export async function podOf(host: Host, id: string): Promise<EtcdPod> {
  const pod = (await etcdPod(host)) ?? (await etcdPod(host, `${manifestsAside(id)}/etcd.yaml`));
  if (pod === null) throw new MusterError('etcd-data-missing', { path: etcdManifest });
  return pod;
}

async function moveFile(host: Host, from: string, to: string): Promise<void> {
  if (await host.exists(from)) await output(host, 'mv', ['--no-target-directory', from, to]);
}

/** The processes that hold or change etcd's data. Another etcd on this machine has another data folder. */
async function running(host: Host, dataFolder: string): Promise<string[]> {
  const ids = (await host.list('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map(async (id) => (await host.readFile(`/proc/${id}/cmdline`)) ?? ''));
  return lines.flatMap((line) => {
    const [program = '', ...args] = line.split('\0');
    const name = program.split('/').at(-1) ?? '';
    const isOwn = args.some((arg) => arg.replace(/\/$/, '') === `--data-dir=${dataFolder}`);
    return name === 'kube-apiserver' || (name === 'etcd' && isOwn) ? [name] : [];
  });
}
