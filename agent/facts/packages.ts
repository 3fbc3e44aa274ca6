import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { packagesOf } from '../machine/packages/index.ts';

const names = [
  ...['docker.io', 'docker-ce', 'containerd', 'containerd.io', 'cri-o'],
  ...['kubeadm', 'kubelet', 'kubectl', 'cri-tools', 'systemd'],
];

/**
 * Installed versions and the package architecture. Packages removed with configuration remaining count as not
 * installed.
 */
export async function packageFacts(host: Host): Promise<{ versions: Facts['packages']; architecture: string | null }> {
  const packages = await packagesOf(host);
  const [installed, architecture] = await Promise.all([packages.installed(names), packages.architecture()]);
  return {
    versions: Object.fromEntries(names.map((name) => [name, installed.get(name)?.version ?? null])),
    architecture,
  };
}
