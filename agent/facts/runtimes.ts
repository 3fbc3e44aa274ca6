import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

type RuntimeFact = Facts['runtimes'][number];

/** What docker says of itself; null where it says nothing. */
export interface DockerInfo {
  cgroupDriver: RuntimeFact['cgroupDriver'];
  storageDriver: string | null;
}

/** Which of the two runtimes are installed and running. `packages` and `units` are the facts about those. */
export async function runtimeFacts(
  host: Host,
  packages: Facts['packages'],
  units: Facts['machine']['units'],
  docker: DockerInfo | null,
): Promise<RuntimeFact[]> {
  const isActive = (name: string) => units?.[name]?.active === true;
  return [
    {
      name: 'docker',
      version: packages['docker-ce'] ?? packages['docker.io'] ?? null,
      active: isActive('docker'),
      cgroupDriver: docker?.cgroupDriver ?? null,
    },
    {
      name: 'containerd',
      version: packages['containerd.io'] ?? packages.containerd ?? null,
      active: isActive('containerd'),
      cgroupDriver: isActive('containerd') ? await containerdDriver(host) : null,
    },
  ];
}

export async function dockerInfo(host: Host): Promise<DockerInfo> {
  const { stdout } = await host.run('docker', ['info', '--format', '{{.CgroupDriver}} {{.Driver}}'], {
    timeoutMs: 1000,
  });
  const [driver, storage = ''] = stdout.trim().split(' ');
  return {
    cgroupDriver: driver === 'systemd' || driver === 'cgroupfs' ? driver : null,
    storageDriver: storage === '' ? null : storage,
  };
}

/** What is configured; containerd does not tell what it runs with. */
async function containerdDriver(host: Host): Promise<RuntimeFact['cgroupDriver']> {
  const config = await host.readFile('/etc/containerd/config.toml');
  const setting = /^\s*SystemdCgroup\s*=\s*(true|false)/m.exec(config ?? '')?.[1];
  if (setting === undefined) return null;
  return setting === 'true' ? 'systemd' : 'cgroupfs';
}
