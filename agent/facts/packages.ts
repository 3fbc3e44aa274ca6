import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

const names = [
  ...['docker.io', 'docker-ce', 'containerd', 'containerd.io', 'cri-o'],
  ...['kubeadm', 'kubelet', 'kubectl', 'cri-tools', 'systemd'],
];

/** Installed versions, as dpkg knows them, and dpkg's own architecture. A package that was removed but kept its configuration is not installed. */
export async function packageFacts(host: Host): Promise<{ versions: Facts['packages']; architecture: string | null }> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const format = '${Package}\t${db:Status-Status}\t${Version}\t${Architecture}\n';
  const { stdout } = await host.run('dpkg-query', ['-W', '-f', format, ...names, 'dpkg']);
  const rows = stdout.split('\n').map((line) => line.split('\t'));
  const installed = (name: string) => rows.find((row) => row[0] === name && row[1] === 'installed');
  return {
    versions: Object.fromEntries(names.map((name) => [name, installed(name)?.[2] ?? null])),
    architecture: installed('dpkg')?.[3] ?? null,
  };
}
