import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { diskOf } from '../host/disk.ts';
import { copyIn, hostExec } from '../host/exec.ts';
import { bootHost, killHost, wipeHost } from '../host/power.ts';
import { LabError } from '../lab-error.ts';
import { imageRepository, kubernetesVersion, labPaths, type Runtime, registry, webServer } from '../layout.ts';
import { type Part, textsOf } from './part.ts';

/** A host that no lab of a test has. */
const builder = 'node99';

const script = `${labPaths.files}/prepare-disk`;

export const preparedDisk = (runtime: Runtime) => `${labPaths.prepared}/${runtime}`;

async function imageNames(): Promise<string[]> {
  const files = await readdir(labPaths.images);
  return files.map((file) => `${imageRepository}/${file.replace(/\.tar$/, '').replace('_', ':')}`);
}

/**
 * Runs on a host of its own, so that packages and runtime are set up by the real programs. Needs the lab's services.
 */
async function build(runtime: Runtime): Promise<void> {
  await wipeHost(builder);
  await bootHost(builder);
  await copyIn(builder, script, '/root/prepare-disk');
  const argv = ['/root/prepare-disk', runtime, webServer, registry, kubernetesVersion, ...(await imageNames())];
  const { exitCode, stdout, stderr } = await hostExec(builder, argv);
  if (exitCode !== 0) throw new LabError('lab-command', `prepare-disk ended with ${exitCode}:\n${stdout}${stderr}`);
  await hostExec(builder, ['rm', '/root/prepare-disk']);
  await killHost(builder);
  await mkdir(labPaths.prepared, { recursive: true });
  await rm(preparedDisk(runtime), { recursive: true, force: true });
  await rename(diskOf(builder), preparedDisk(runtime));
}

/**
 * A disk with a node's packages and images, for hosts of tests that do not test how a host is prepared. `parts`: all
 * that it is made from.
 */
export const preparedPart = (runtime: Runtime, parts: readonly Part[]): Part => ({
  name: `prepared-${runtime}`,
  title: `Installing packages and images on a disk for hosts on ${runtime}`,
  usual: '30 s',
  inputs: async () => [
    await Promise.all(parts.map((part) => part.inputs())),
    await textsOf(import.meta.filename, script),
  ],
  outputs: [preparedDisk(runtime)],
  build: () => build(runtime),
});
