import { labPaths } from '../layout.ts';
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

/** The mirror of Debian packages that the hosts use: nothing else can be reached from them. */
export const mirrorPart = (debian: Debian): Part => ({
  name: 'mirror',
  title: 'Fetching the Debian packages that hosts install',
  usual: '30 s',
  // Which packages are already in the base decides what is fetched.
  inputs: () => textsOf(import.meta.filename, `${import.meta.dirname}/base.ts`),
  outputs: [`${labPaths.www}/debian/InRelease`],
  build: () =>
    replaceFolder(`${labPaths.www}/debian`, async (folder) => {
      await debian.downloadFor(labPaths.base, offered, folder);
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
