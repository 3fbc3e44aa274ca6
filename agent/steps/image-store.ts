import type { Runtime } from '../../shared/plan/schema.ts';
import type { Host, RunOptions, RunResult } from '../host/host.ts';
import { containerdSocket } from '../machine/containerd.ts';

/** Images of the container runtime that the kubelet uses. */
export interface ImageStore {
  has(image: string): Promise<boolean>;
  pull(image: string, timeoutMs: number): Promise<RunResult>;
}

export function imageStore(host: Host, runtime: Runtime['name']): ImageStore {
  if (runtime === 'docker') {
    return {
      has: async (image) =>
        (await host.run('docker', ['image', 'inspect', '--format', '{{.Id}}', image])).exitCode === 0,
      pull: (image, timeoutMs) => host.run('docker', ['pull', '--quiet', image], { timeoutMs }),
    };
  }
  return {
    has: async (image) => (await crictl(host, ['inspecti', image])).exitCode === 0,
    pull: (image, timeoutMs) => crictl(host, ['pull', image], { timeoutMs }),
  };
}

export function crictl(
  host: Host,
  args: readonly string[],
  options: RunOptions = {},
  socket = containerdSocket,
): Promise<RunResult> {
  return host.run('crictl', ['--runtime-endpoint', `unix://${socket}`, ...args], options);
}
