import { MusterError } from '../../shared/errors/errors.ts';
import type { Host } from '../host/host.ts';

/** All mount points, in the order in which they were mounted, with the kernel's octal escapes (a space is \040) undone. */
async function mountPoints(host: Host): Promise<string[]> {
  const lines = ((await host.readFile('/proc/self/mounts')) ?? '').split('\n');
  return lines.flatMap(
    (line) =>
      line.split(' ')[1]?.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8))) ?? [],
  );
}

const isBelow = (folder: string) => (path: string) => path.startsWith(`${folder}/`);

/**
 * Takes away every mount below the folder, the last first. Throws MusterError `still-mounted` when one stays: whoever deletes
 * there then deletes what is somebody's own.
 */
export async function unmountBelow(host: Host, folder: string): Promise<void> {
  for (const path of (await mountPoints(host)).filter(isBelow(folder)).reverse())
    await host.run('umount', ['--', path]);
  const left = (await mountPoints(host)).find(isBelow(folder));
  if (left !== undefined) throw stillMounted(left);
}

/** Throws MusterError `still-mounted` when something is mounted at or below one of the paths. */
export async function refuseMounted(host: Host, paths: readonly string[]): Promise<void> {
  const mounted = (await mountPoints(host)).find((mount) =>
    paths.some((path) => mount === path || isBelow(path)(mount)),
  );
  if (mounted !== undefined) throw stillMounted(mounted);
}

function stillMounted(path: string): MusterError {
  return new MusterError('still-mounted', { path });
}
