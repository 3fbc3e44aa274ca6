import { parse } from 'yaml';
import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { HostView } from '../host/host.ts';

/** The static pod that kubeadm made of etcd. */
export const etcdManifest = '/etc/kubernetes/manifests/etcd.yaml';

/** What the manifest says of this host's member. */
export interface EtcdPod {
  image: string;
  name: string;
  /** Such as https://192.168.0.130:2380 */
  peerUrl: string;
  dataFolder: string;
}

const podSchema = z.object({
  spec: z.object({ containers: z.array(z.object({ image: z.string(), command: z.array(z.string()) })).min(1) }),
});

/** Flags of the first container of a static pod; '' for one it lacks. null: no such manifest, or another format. */
export async function podFlags(host: HostView, path: string): Promise<((name: string) => string) | null> {
  const container = containerOf((await host.readFile(path)) ?? '');
  return container && ((name) => flagOf(container.command, name));
}

function containerOf(text: string) {
  try {
    return podSchema.safeParse(parse(text)).data?.spec.containers[0] ?? null;
  } catch {
    return null;
  }
}

const flagOf = (command: readonly string[], name: string): string =>
  command.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';

/** Reads a manifest of etcd. null: it does not exist. Throws MusterError `etcd-manifest-invalid`. */
export async function etcdPod(host: HostView, path = etcdManifest): Promise<EtcdPod | null> {
  const text = await host.readFile(path);
  if (text === null) return null;
  const container = containerOf(text);
  const [name = '', peerUrl = '', dataFolder = ''] = ['name', 'initial-advertise-peer-urls', 'data-dir'].map((flag) =>
    flagOf(container?.command ?? [], flag),
  );
  if (container === null || name === '' || peerUrl === '' || dataFolder === '') {
    throw new MusterError('etcd-manifest-invalid', { path });
  }
  return { image: container.image, name, peerUrl, dataFolder };
}
