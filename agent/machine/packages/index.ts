import type { HostView } from '../../host/host.ts';
import { createApt } from './apt.ts';
import type { Packages } from './packages.ts';

export type { FetchText, Packages } from './packages.ts';

/** A host has the first of these whose program is there. */
const managers: readonly { program: string; create(host: HostView): Packages }[] = [
  { program: '/usr/bin/apt-get', create: createApt },
];

/** The package manager of a host; apt where none of them is found, whose errors then say what is missing. */
export async function packagesOf(host: HostView): Promise<Packages> {
  for (const { program, create } of managers) if (await host.exists(program)) return create(host);
  return createApt(host);
}
