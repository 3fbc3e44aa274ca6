import { MusterError } from '../../shared/errors/errors.ts';
import type { Host } from '../host/host.ts';

/** Mount points in mount order, with the kernel's octal escapes (\040 is a space) decoded. */
async function mountPoints(host: Host): Promise<string[]> {
  const lines = ((await host.readFile('/proc/self/mounts')) ?? '').split('\n');
  return lines.flatMap(
    (line) =>
      line.split(' ')[1]?.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8))) ?? [],
  );
}

const isBelow = (folder: string) => (path: string) => path.startsWith(`${folder}/`);

/**
 * Unmounts everything below the folder, last mount first. Throws MusterError `still-mounted` if a mount remains,
 * because deleting below it would destroy foreign data.
 */
export async function unmountBelow(host: Host, folder: string): Promise<void> {
  for (const path of (await mountPoints(host)).filter(isBelow(folder)).reverse())
    await host.run('umount', ['--', path]);
  const left = (await mountPoints(host)).find(isBelow(folder));
  if (left !== undefined) throw stillMounted(left);
}

/** Throws MusterError `still-mounted` if something is mounted at or below one of the paths. */
export async function refuseMounted(host: Host, paths: readonly string[]): Promise<void> {
  const mounted = (await mountPoints(host)).find((mount) =>
    paths.some((path) => mount === path || isBelow(path)(mount)),
  );
  if (mounted !== undefined) throw stillMounted(mounted);
}

function stillMounted(path: string): MusterError {
  return new MusterError('still-mounted', { path });
}
