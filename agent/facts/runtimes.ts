import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { readContainerdConfig } from '../machine/containerd-config.ts';
import type { DockerInfo } from '../machine/docker.ts';

type RuntimeFact = Facts['runtimes'][number];

/** Which runtimes are installed and running. `packages` and `units`: the corresponding facts. */
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
      cgroupDriver: dockerDriver(docker),
    },
    {
      name: 'containerd',
      version: packages['containerd.io'] ?? packages.containerd ?? null,
      active: isActive('containerd'),
      cgroupDriver: isActive('containerd') ? await containerdDriver(host) : null,
    },
  ];
}

function dockerDriver(docker: DockerInfo | null): RuntimeFact['cgroupDriver'] {
  const driver = docker?.answers === true ? docker.cgroupDriver : '';
  return driver === 'systemd' || driver === 'cgroupfs' ? driver : null;
}

async function containerdDriver(host: Host): Promise<RuntimeFact['cgroupDriver']> {
  const systemd = (await readContainerdConfig(host))?.systemdCgroup ?? null;
  if (systemd === null) return null;
  return systemd ? 'systemd' : 'cgroupfs';
}
