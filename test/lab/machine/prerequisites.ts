import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { exitCode } from '../../../shared/errors/errors.ts';
import type { Progress } from '../cli/progress.ts';
import { LabError } from '../lab-error.ts';

/** Packages that the lab needs on its machine. None of them starts a service. */
const packages = [
  ...['apt-utils', 'dpkg-dev', 'gnupg', 'mmdebstrap', 'patch'],
  ...['golang-1.19-go', 'golang-1.19-src', 'gcc', 'libc6-dev', 'patchelf', 'xz-utils'],
  ...['busybox-static', 'conntrack', 'iptables', 'kmod', 'skopeo', 'wget'],
  ...['curl', 'iproute2', 'procps', 'systemd-container'],
];

const refuse = (code: string, message: string, remedy: string, cause?: unknown) =>
  new LabError(code, message, { remedy, exit: exitCode.unavailable, cause });

function refuseUser(uid: number | undefined): void {
  if (uid === 0) return;
  throw new LabError('lab-not-root', `the lab boots machines and needs to be root; this is user ${uid}`, {
    remedy: 'sudo npm run lab',
    exit: exitCode.notPermitted,
  });
}

/** Throws unless the machine runs Debian 12, whose Go and sources the lab builds Kubernetes with. */
export function refuseSystem(osRelease: string): void {
  const field = (name: string) => osRelease.match(new RegExp(`^${name}="?([^"\n]*)"?$`, 'm'))?.[1] ?? '';
  if (field('ID') === 'debian' && field('VERSION_ID') === '12') return;
  throw refuse(
    'lab-not-debian-12',
    `the lab needs Debian 12; this is ${field('PRETTY_NAME') || 'an unknown system'}`,
    'run it on a Debian 12 machine, a virtual one for example',
  );
}

async function refuseKernel(): Promise<void> {
  const namespaces = ['--mount', '--pid', '--fork', '--uts', '--ipc', '--net', '--cgroup'];
  await execa('unshare', [...namespaces, 'mount', '-t', 'tmpfs', 'muster-lab', '/mnt']).catch((cause) => {
    throw refuse(
      'lab-no-namespaces',
      `this machine does not let root make namespaces and mounts, which systemd-nspawn needs: ${cause.stderr || cause.shortMessage}`,
      'run the lab on a real or a virtual machine, or in a container that was started with --privileged',
      cause,
    );
  });
}

async function refuseNetwork(): Promise<void> {
  const name = `muster-try-${process.pid}`;
  await execa('ip', ['netns', 'add', name]).catch((cause) => {
    throw refuse(
      'lab-no-network-namespaces',
      `this machine does not let root make network namespaces: ${cause.stderr || cause.shortMessage}`,
      'run the lab on a real or a virtual machine, or in a container that was started with --privileged',
      cause,
    );
  });
  await execa('ip', ['netns', 'del', name]);
}

async function missingPackages(): Promise<string[]> {
  const { stdout } = await execa('dpkg', ['--get-selections', ...packages], { reject: false });
  const installed = new Set(
    stdout.split('\n').flatMap((line) => line.match(/^([^\s:]+)\S*\s+(?:install|hold)$/)?.[1] ?? []),
  );
  return packages.filter((name) => !installed.has(name));
}

async function install(missing: readonly string[]): Promise<void> {
  const wait = ['-qq', '-o', 'DPkg::Lock::Timeout=600'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', [...wait, 'update'], { env });
  await execa('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...missing], { env });
}

/** Installs missing Debian packages. Throws LabError if this machine cannot run the lab. */
export async function ensurePrerequisites(progress: Progress): Promise<void> {
  refuseUser(process.getuid?.());
  refuseSystem(await readFile('/etc/os-release', 'utf8'));
  await refuseKernel();
  const missing = await missingPackages();
  if (missing.length > 0) {
    await progress.during(`Installing ${missing.join(', ')}`, '1 min', () => install(missing));
  }
  await refuseNetwork();
}
