import { readdir, rm } from 'node:fs/promises';
import { execa } from 'execa';
import { labPaths } from '../layout.ts';
import type { Debian } from './debian.ts';
import type { Part } from './part.ts';

const packages = ['docker-registry', 'etcd-server', 'etcd-client'];
/** From the oldest system: later ones can run them, and it could not run theirs. */
const oldest = ['containernetworking-plugins'];

/**
 * Programs that are unpacked and not installed: on a machine with systemd, installing them would start a registry and
 * an etcd.
 */
export const toolsPart = (debian: Debian, oldestDebian: Debian): Part => ({
  name: 'tools',
  title: 'Fetching the registry, etcd and the CNI plugins',
  usual: '10 s',
  inputs: async () => [packages, oldest],
  outputs: ['docker-registry', 'etcd', 'etcdctl'].map((name) => `${labPaths.tools}/usr/bin/${name}`),
  async build() {
    await rm(labPaths.tools, { recursive: true, force: true });
    const downloads = `${labPaths.tools}/packages`;
    await debian.download(packages, downloads);
    await oldestDebian.download(oldest, downloads);
    for (const file of await readdir(downloads)) await execa('dpkg', ['-x', `${downloads}/${file}`, labPaths.tools]);
  },
});
