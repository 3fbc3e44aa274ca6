import { messageOf } from '../../shared/errors/errors.ts';
import { packageFormats } from '../../shared/packages/index.ts';
import { agentPaths } from '../../shared/paths.ts';
import { type Collection, collectionLimits } from '../../shared/protocol/collection.ts';
import { redactText } from '../../shared/redact.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import type { Host } from '../host/host.ts';
import { packagesOf } from '../machine/packages/index.ts';

const formats = Object.values(packageFormats);

/** Configuration files. Excludes files that consist of secrets: keys, kubeconfigs, the host credential. */
const files = [
  '/etc/hosts',
  '/etc/fstab',
  '/etc/resolv.conf',
  '/etc/os-release',
  '/etc/sysctl.conf',
  '/etc/environment',
  '/etc/kubernetes/kubelet.conf',
  '/var/lib/kubelet/config.yaml',
  '/var/lib/kubelet/kubeadm-flags.env',
  `${agentPaths.volatile}/kubeadm-init.yaml`,
  `${agentPaths.volatile}/kubeadm-join.yaml`,
  agentPaths.journal,
  agentPaths.config,
  ...formats.flatMap((format) => Object.values(format.files).map(({ keyFile }) => keyFile)),
  ...Object.values(hostFiles).filter((path) => path !== hostFiles.rootKubeconfig && !path.endsWith('certs.d')),
];

/** Folders with configuration of the host. */
const folders = [
  '/etc/sysctl.d',
  '/etc/modules-load.d',
  '/etc/cni/net.d',
  ...formats.map(({ sourceFolder }) => sourceFolder),
  '/etc/kubernetes/manifests',
  '/etc/systemd/system/kubelet.service.d',
  '/etc/systemd/system/containerd.service.d',
  '/etc/systemd/system/docker.service.d',
];

const units = ['kubelet', 'containerd', 'docker', 'muster-agent'];

const looks: readonly { name: string; program: string; args: readonly string[] }[] = [
  { name: 'systemctl-failed', program: 'systemctl', args: ['--failed', '--no-pager', '--plain'] },
  { name: 'sysctl', program: 'sysctl', args: ['-a', '--pattern', '^net.(bridge|ipv4.ip_forward|ipv4.conf.all)'] },
  { name: 'df', program: 'df', args: ['-h'] },
  { name: 'free', program: 'free', args: ['-m'] },
  { name: 'ip-address', program: 'ip', args: ['address'] },
  { name: 'ip-route', program: 'ip', args: ['route'] },
  { name: 'ports', program: 'ss', args: ['-ltnp'] },
  { name: 'containers', program: 'crictl', args: ['ps', '-a'] },
];

const journalLines = 1500;

/**
 * Collects journals, configuration and command output for a support bundle, with secrets redacted. Missing files are
 * skipped; unreadable ones are noted.
 */
export async function collect(host: Host): Promise<Collection> {
  const credential = await host.readFile(agentPaths.credential).catch(() => null);
  const secrets = [...(credential ?? '').matchAll(/"([^"]{16,})"/g)].flatMap(([, value]) => value ?? []);
  const inFolders = await Promise.all(
    folders.map(async (folder) => (await host.list(folder).catch(() => [])).map((name) => `${folder}/${name}`)),
  );
  const paths = [...new Set([...files, ...inFolders.flat()])];
  const parts = await Promise.all([
    ...paths.map((path) => fileOf(host, path)),
    ...units.map((unit) => journalOf(host, unit)),
    packagesOn(host),
    ...looks.map(async ({ name, program, args }) => {
      const { stdout, stderr } = await host.run(program, args, { timeoutMs: 10_000 });
      return { name: `commands/${name}.txt`, text: `${[program, ...args].join(' ')}\n${stdout}${stderr}` };
    }),
  ]);
  const found = parts.filter((part) => part !== null && /^[\w.-][\w./-]*$/.test(part.name));
  return {
    files: found.flatMap((part) =>
      part === null ? [] : [{ name: part.name, text: last(redactText(part.text, secrets)) }],
    ),
  };
}

async function packagesOn(host: Host) {
  const packages = await packagesOf(host);
  const names = await packages.installedNames().catch(() => []);
  const installed = await packages.installed(names.filter((name) => /^(kube|containerd|docker|cri-tools)/.test(name)));
  const lines = [...installed].map(([name, { version, held }]) => `${name}\t${version}${held ? '\theld' : ''}\n`);
  return { name: 'commands/packages.txt', text: lines.join('') };
}

async function fileOf(host: Host, path: string) {
  try {
    const text = await host.readFile(path);
    return text === null ? null : { name: path.slice(1), text };
  } catch (error) {
    return { name: path.slice(1), text: `could not be read: ${messageOf(error)}` };
  }
}

async function journalOf(host: Host, unit: string) {
  const args = ['-u', unit, '-n', String(journalLines), '-o', 'short-iso', '--no-pager', '--quiet'];
  const { exitCode, stdout } = await host.run('journalctl', args, { timeoutMs: 15_000 });
  return exitCode !== 0 || stdout === '' ? null : { name: `journal/${unit}.log`, text: stdout };
}

/** Keeps the end of a long text. The limit keeps the total below what the coordinator accepts. */
const share = Math.floor(collectionLimits.file / 2);
const last = (text: string) => (text.length > share ? `…${text.slice(-share + 1)}` : text);
