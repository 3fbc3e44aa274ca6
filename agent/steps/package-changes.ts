import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Host } from '../host/host.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { output } from '../machine/program.ts';

/**
 * What installing packages brings along besides what muster itself writes: other packages, and files that they and their scripts make
 * below /etc. Told apart by a look before and a look after. Invariant: the look before is on the disk before the first package is
 * unpacked, and stays there until the look after has been added up.
 */
const before = `${agentPaths.state}/packages-before.json`;
export const packageChangesFile = `${agentPaths.state}/package-changes.json`;

const viewSchema = z.object({ packages: z.array(z.string()), etc: z.record(z.string(), z.string()) });
type View = z.infer<typeof viewSchema>;

const changesSchema = z.object({
  /** Packages that were not there before, by name. */
  packages: z.array(z.string()),
  /** Paths below /etc that were made or changed meanwhile, by packages and their scripts. */
  paths: z.array(z.string()),
  /** The Kubernetes version that muster installed last, as the package has it. */
  version: z.string(),
});
export type PackageChanges = z.infer<typeof changesSchema>;

export async function beginPackageChanges(host: Host): Promise<void> {
  if (await host.exists(before)) return;
  await host.writeFile(before, JSON.stringify(await view(host)), { mode: 0o600 });
}

export async function endPackageChanges(host: Host, version: string): Promise<void> {
  const text = await host.readFile(before);
  const then = text === null ? null : parseJson(viewSchema, text);
  const earlier = await packageChanges(host);
  const now = then === null ? null : await view(host);
  const added = now?.packages.filter((name) => !then?.packages.includes(name)) ?? [];
  const paths = Object.keys(now?.etc ?? {}).filter((path) => now?.etc[path] !== then?.etc[path]);
  const changes: PackageChanges = {
    packages: [...new Set([...earlier.packages, ...added])].sort(),
    paths: [...new Set([...earlier.paths, ...paths])].sort(),
    version,
  };
  await host.writeFile(packageChangesFile, JSON.stringify(changes), { mode: 0o600 });
  await host.removeFile(before);
}

/** All that muster's installations have brought to this host so far. */
export async function packageChanges(host: Host): Promise<PackageChanges> {
  const text = await host.readFile(packageChangesFile);
  return text === null ? { packages: [], paths: [], version: '' } : parseJson(changesSchema, text);
}

async function view(host: Host): Promise<View> {
  const [installed, etc] = await Promise.all([
    (await packagesOf(host)).installedNames(),
    // Folders by their name alone: a folder's time changes with every name in it.
    output(host, 'find', [
      '/etc',
      '(',
      '-type',
      'd',
      '-printf',
      '%p\tfolder\n',
      ')',
      '-o',
      '-printf',
      '%p\t%i %s %T@\n',
    ]),
  ]);
  const rows = etc.split('\n').flatMap((line) => {
    const [path = '', stamp = ''] = line.split('\t');
    return path === '' ? [] : [[path, stamp] as const];
  });
  return { packages: installed, etc: Object.fromEntries(rows) };
}
