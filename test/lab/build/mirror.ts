import { labPaths } from '../layout.ts';
import type { System } from '../systems.ts';
import { baseOf } from './base.ts';
import type { Debian } from './debian.ts';
import { type Part, textsOf } from './part.ts';
import { replaceFolder, signingKey, writeLists } from './repository.ts';

/** What hosts install later on, with all that it needs. */
const offered = [
  'containerd',
  'docker.io',
  'socat',
  'conntrack',
  'ebtables',
  'ethtool',
  'iptables',
  'haproxy',
  'keepalived',
  'chrony',
  'cloud-init',
];

/** What sites install themselves, apart from the others because firewalld and cloud-init exclude each other. */
const ofSites = ['ufw', 'firewalld', 'network-manager'];

/** docker's client is a package of its own from Debian 13 on, systemd-resolved from Debian 12 on. */
function offeredOn(system: System): string[][] {
  const ownPackages = {
    'debian-11': [],
    'debian-12': ['systemd-resolved'],
    'debian-13': ['systemd-resolved', 'docker-cli'],
  };
  return [[...offered, ...ownPackages[system]], ofSites];
}

/** The mirror of a system's packages that its hosts use: nothing else can be reached from them. */
export const mirrorPart = (debian: Debian, system: System): Part =>
  mirror({ debian, name: system, base: system, offered: offeredOn(system) });

/** The newest container runtimes, for hosts on Debian 13. */
export const unstablePart = (debian: Debian): Part =>
  mirror({ debian, name: 'unstable', base: 'debian-13', offered: [['containerd', 'docker.io', 'docker-cli']] });

interface Mirror {
  debian: Debian;
  /** The folder below that of the web server. */
  name: string;
  /** The packages that this system has from the start are left out. */
  base: System;
  /** Groups of packages that can be installed together. */
  offered: readonly (readonly string[])[];
}

const mirror = ({ debian, name, base, offered }: Mirror): Part => ({
  name: `mirror-${name}`,
  title: `Fetching the packages that hosts install from ${name}`,
  usual: '30 s',
  inputs: () => textsOf(import.meta.filename, `${import.meta.dirname}/base.ts`),
  outputs: [`${labPaths.www}/${name}/InRelease`],
  build: () =>
    replaceFolder(`${labPaths.www}/${name}`, async (folder) => {
      for (const group of offered) await debian.downloadFor(baseOf(base), group, folder);
      await signingKey();
      await writeLists({
        folder,
        pool: '.',
        release: '.',
        packages: '.',
        fields: { Origin: 'muster-lab', Suite: 'stable' },
      });
    }),
});
