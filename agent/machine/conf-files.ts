import { basename } from 'node:path';
import type { HostView } from '../host/host.ts';

/**
 * The `.conf` files of several folders that systemd's and kmod's programs read together, by name: of files with one name,
 * only that of the first folder counts.
 */
export async function confFiles(host: Pick<HostView, 'list'>, folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => (await host.list(folder)).map((name) => `${folder}/${name}`)),
  );
  const paths = found.flat().filter((path) => path.endsWith('.conf'));
  const byName = new Map(paths.toReversed().map((path) => [basename(path), path]));
  return [...byName.values()].sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
}
