import type { HostView } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';

export const kubeletFolder = '/var/lib/kubelet';
export const kubeletConfig = `${kubeletFolder}/config.yaml`;

/** What kubeadm told the kubelet on its command line. */
export interface KubeletFlags {
  /** The address that it registered with; null: kubeadm left that to the kubelet. */
  nodeIp: string | null;
  /** Path of the runtime's socket; null: the kubelet's own docker support. */
  runtimeSocket: string | null;
  /** `docker`: the kubelet's own support of it; null: not known. */
  runtime: 'docker' | 'containerd' | null;
}

/** null: kubeadm has written none. */
export async function readKubeletFlags(host: Pick<HostView, 'readFile'>): Promise<KubeletFlags | null> {
  const text = await host.readFile(`${kubeletFolder}/kubeadm-flags.env`);
  if (text === null || text === '') return null;
  const runtimeSocket = /--container-runtime-endpoint=(?:unix:\/\/)?([^\s"]+)/.exec(text)?.[1] ?? null;
  return {
    nodeIp: /--node-ip=([0-9a-f.:]+)/.exec(text)?.[1] ?? null,
    runtimeSocket,
    runtime: runtimeSocket?.endsWith('containerd.sock') ? 'containerd' : hasDockerSupport(text) ? 'docker' : null,
  };
}

/** kubeadm sets this flag for the kubelet's own docker support alone, and names no endpoint then. */
const hasDockerSupport = (flags: string) => /--network-plugin=/.test(flags) && !flags.includes('--container-runtime');

/** The kubelet's credential and its configuration are there. */
export async function isKubeletConfigured(host: Pick<HostView, 'exists'>): Promise<boolean> {
  return (await Promise.all([kubeletConf, kubeletConfig].map((path) => host.exists(path)))).every(Boolean);
}

/** An environment file with these variables set; its other lines, such as KUBELET_EXTRA_ARGS, stay. */
export function withVariables(current: string, variables: Readonly<Record<string, string>>): string {
  const needed = Object.entries(variables).map(([name, value]) => ({ name, line: `${name}=${value}` }));
  const lines = current.split('\n');
  if (needed.every(({ line }) => lines.includes(line))) return current;
  const others = lines.filter((line) => line !== '' && !needed.some(({ name }) => line.startsWith(`${name}=`)));
  return [...others, ...needed.map(({ line }) => line), ''].join('\n');
}
