import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host.ts';

type RuntimeFact = Facts['runtimes'][number];

/** Which of the two runtimes are installed and running. `packages` are the facts about installed packages. */
export async function runtimeFacts(host: Host, packages: Facts['packages']): Promise<RuntimeFact[]> {
  const docker = packages['docker-ce'] ?? packages['docker.io'] ?? null;
  const containerd = packages['containerd.io'] ?? packages.containerd ?? null;
  const { stdout } = docker === null && containerd === null ? { stdout: '' } : await activity(host);
  const [dockerActive, containerdActive] = stdout.split('\n').map((line) => line.trim() === 'active');
  return [
    {
      name: 'docker',
      version: docker,
      active: dockerActive === true,
      cgroupDriver: dockerActive === true ? await dockerDriver(host) : null,
    },
    {
      name: 'containerd',
      version: containerd,
      active: containerdActive === true,
      cgroupDriver: containerdActive === true ? await containerdDriver(host) : null,
    },
  ];
}

const activity = (host: Host) => host.run('systemctl', ['is-active', 'docker', 'containerd']);

async function dockerDriver(host: Host): Promise<RuntimeFact['cgroupDriver']> {
  const { stdout } = await host.run('docker', ['info', '--format', '{{.CgroupDriver}}'], { timeoutMs: 1000 });
  const driver = stdout.trim();
  return driver === 'systemd' || driver === 'cgroupfs' ? driver : null;
}

/** What is configured; containerd does not tell what it runs with. */
async function containerdDriver(host: Host): Promise<RuntimeFact['cgroupDriver']> {
  const config = await host.readFile('/etc/containerd/config.toml');
  const setting = /^\s*SystemdCgroup\s*=\s*(true|false)/m.exec(config ?? '')?.[1];
  if (setting === undefined) return null;
  return setting === 'true' ? 'systemd' : 'cgroupfs';
}
