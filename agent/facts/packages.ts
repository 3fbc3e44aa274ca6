import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host.ts';

const names = ['docker.io', 'docker-ce', 'containerd', 'containerd.io', 'kubeadm', 'kubelet', 'kubectl', 'cri-tools'];

/** Installed versions, as dpkg knows them. A package that was removed but kept its configuration is not installed. */
export async function packageFacts(host: Host): Promise<Facts['packages']> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const format = '${Package}\t${db:Status-Status}\t${Version}\n';
  const { stdout } = await host.run('dpkg-query', ['-W', '-f', format, ...names]);
  const rows = stdout.split('\n').map((line) => line.split('\t'));
  const version = (name: string) => rows.find((row) => row[0] === name && row[1] === 'installed')?.[2] ?? null;
  return Object.fromEntries(names.map((name) => [name, version(name)]));
}
