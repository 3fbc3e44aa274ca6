import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { createDebian, type Debian } from '../../lab/build/debian.ts';
import { kubernetesPart } from '../../lab/build/kubernetes.ts';
import { ensurePart, type Part } from '../../lab/build/part.ts';
import { toolsPart } from '../../lab/build/tools.ts';
import { createProgress } from '../../lab/cli/progress.ts';
import { labPaths } from '../../lab/layout.ts';
import { defaultSystem, oldestSystem, suites } from '../../lab/systems.ts';

const progress = createProgress((line) => process.stdout.write(`  ${line}\n`));
const debian = createDebian(suites[defaultSystem]);

/** Builds the lab's Kubernetes and etcd if they are missing, for tests of programs without hosts. */
export async function ensurePrograms(): Promise<void> {
  await ensurePart(kubernetesPart(debian), progress);
  await ensurePart(toolsPart(debian, createDebian(suites[oldestSystem])), progress);
}

/** Unpacked packages of docker and containerd, which installing them would start. */
export const runtimes = join(labPaths.cache, 'runtimes');

export async function ensureRuntimes(): Promise<void> {
  await ensurePart(runtimesPart(debian), progress);
}

const packages = ['containerd', 'docker.io'];

const runtimesPart = (source: Debian): Part => ({
  name: 'runtimes',
  title: 'Fetching docker and containerd',
  usual: '10 s',
  inputs: async () => packages,
  outputs: ['bin/containerd', 'bin/ctr', 'sbin/dockerd'].map((name) => join(runtimes, 'usr', name)),
  async build() {
    await rm(runtimes, { recursive: true, force: true });
    const downloads = join(runtimes, 'packages');
    await source.download(packages, downloads);
    for (const file of await readdir(downloads)) await execa('dpkg', ['-x', join(downloads, file), runtimes]);
  },
});
