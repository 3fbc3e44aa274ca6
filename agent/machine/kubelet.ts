import type { HostView } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';

export const kubeletFolder = '/var/lib/kubelet';
export const kubeletConfig = `${kubeletFolder}/config.yaml`;

/** The kubelet's command-line flags set by kubeadm. */
export interface KubeletFlags {
  /** The address it registers with; null: chosen by the kubelet. */
  nodeIp: string | null;
  /** Path of the runtime's socket; null: the kubelet's built-in docker support. */
  runtimeSocket: string | null;
  /** `docker`: built-in docker support; null: unknown. */
  runtime: 'docker' | 'containerd' | null;
}

/** null: kubeadm has not written the file. */
export async function readKubeletFlags(host: Pick<HostView, 'readFile'>): Promise<KubeletFlags | null> {
  const [text, instance] = await Promise.all([
    host.readFile(`${kubeletFolder}/kubeadm-flags.env`),
    // From 1.34 kubeadm writes the runtime's endpoint here.
    host.readFile(`${kubeletFolder}/instance-config.yaml`),
  ]);
  if (text === null || text === '') return null;
  const runtimeSocket =
    /--container-runtime-endpoint=(?:unix:\/\/)?([^\s"]+)/.exec(text)?.[1] ??
    /^containerRuntimeEndpoint:\s*["']?(?:unix:\/\/)?([^\s"']+)/m.exec(instance ?? '')?.[1] ??
    null;
  return {
    nodeIp: /--node-ip=([0-9a-f.:]+)/.exec(text)?.[1] ?? null,
    runtimeSocket,
    runtime: runtimeOf(runtimeSocket) ?? (runtimeSocket === null && hasDockerSupport(text) ? 'docker' : null),
  };
}

function runtimeOf(socket: string | null): KubeletFlags['runtime'] {
  if (socket?.endsWith('cri-dockerd.sock')) return 'docker';
  return socket?.endsWith('containerd.sock') ? 'containerd' : null;
}

/** kubeadm sets this flag only for built-in docker support, and no endpoint with it. */
const hasDockerSupport = (flags: string) => /--network-plugin=/.test(flags) && !flags.includes('--container-runtime');

/** Whether the kubelet's credential and configuration exist. */
export async function isKubeletConfigured(host: Pick<HostView, 'exists'>): Promise<boolean> {
  return (await Promise.all([kubeletConf, kubeletConfig].map((path) => host.exists(path)))).every(Boolean);
}

/** Sets these variables in an environment file and keeps its other lines, such as KUBELET_EXTRA_ARGS. */
export function withVariables(current: string, variables: Readonly<Record<string, string>>): string {
  const needed = Object.entries(variables).map(([name, value]) => ({ name, line: `${name}=${value}` }));
  const lines = current.split('\n');
  if (needed.every(({ line }) => lines.includes(line))) return current;
  const others = lines.filter((line) => line !== '' && !needed.some(({ name }) => line.startsWith(`${name}=`)));
  return [...others, ...needed.map(({ line }) => line), ''].join('\n');
}
