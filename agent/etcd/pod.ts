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

/** Reads a manifest of etcd. null: it does not exist. Throws MusterError `etcd-manifest-invalid`. */
export async function etcdPod(host: HostView, path = etcdManifest): Promise<EtcdPod | null> {
  const text = await host.readFile(path);
  if (text === null) return null;
  const invalid = (cause?: unknown) => new MusterError('etcd-manifest-invalid', { path }, { cause });
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    throw invalid(cause);
  }
  const [container] = podSchema.safeParse(document).data?.spec.containers ?? [];
  const flag = (name: string) =>
    container?.command.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
  const [name, peerUrl, dataFolder] = [flag('name'), flag('initial-advertise-peer-urls'), flag('data-dir')];
  if (container === undefined || name === '' || peerUrl === '' || dataFolder === '') throw invalid();
  return { image: container.image, name, peerUrl, dataFolder };
}
