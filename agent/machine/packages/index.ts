import type { PackageManager } from '../../../shared/systems.ts';
import type { HostView } from '../../host/host.ts';
import { createApt } from './apt.ts';
import type { Packages } from './packages.ts';

export type { ChosenPackage, FetchText, InstalledPackage, Packages, Signed } from './packages.ts';

interface Runner {
  /** Present on the hosts that it manages. */
  program: string;
  create(host: HostView): Packages;
}

const runners: Readonly<Record<PackageManager, Runner>> = {
  apt: { program: '/usr/bin/apt-get', create: createApt },
};

/** The host's package manager, by its program. Falls back to apt, whose errors then report the missing program. */
export async function packagesOf(host: HostView): Promise<Packages> {
  for (const { program, create } of Object.values(runners)) if (await host.exists(program)) return create(host);
  return createApt(host);
}
