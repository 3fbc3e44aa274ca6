import type { HostView } from '../../host/host.ts';
import { createApt } from './apt.ts';
import type { Packages } from './packages.ts';

export type { ChosenPackage, FetchText, InstalledPackage, Packages, Signed } from './packages.ts';

/** Supported package managers; the first whose program exists is used. */
const managers: readonly { program: string; create(host: HostView): Packages }[] = [
  { program: '/usr/bin/apt-get', create: createApt },
];

/** The host's package manager. Falls back to apt, whose errors then report the missing program. */
export async function packagesOf(host: HostView): Promise<Packages> {
  for (const { program, create } of managers) if (await host.exists(program)) return create(host);
  return createApt(host);
}
