import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Host } from '../host/host.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { output } from '../machine/program.ts';

/**
 * Records what package installation adds besides muster's own files: other packages, and files below /etc from packages
 * and their scripts. Compares snapshots taken before and after. Invariant: the first snapshot is on disk before the
 * first package is unpacked, and stays until the result is stored.
 */
const before = `${agentPaths.state}/packages-before.json`;
export const packageChangesFile = `${agentPaths.state}/package-changes.json`;

const viewSchema = z.object({ packages: z.array(z.string()), etc: z.record(z.string(), z.string()) });
type View = z.infer<typeof viewSchema>;

const changesSchema = z.object({
  /** Names of packages that were not installed before. */
  packages: z.array(z.string()),
  /** Paths below /etc created or changed during installation, by packages and their scripts. */
  paths: z.array(z.string()),
  /** The package version of Kubernetes that muster last installed. */
  version: z.string(),
  /** The version of the runtime's package then. */
  runtime: z.string().default(''),
});
export type PackageChanges = z.infer<typeof changesSchema>;

export async function beginPackageChanges(host: Host): Promise<void> {
  if (await host.exists(before)) return;
  await host.writeFile(before, JSON.stringify(await view(host)), { mode: 0o600 });
}

export async function endPackageChanges(
  host: Host,
  { version, runtime }: Pick<PackageChanges, 'version' | 'runtime'>,
): Promise<void> {
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
    runtime,
  };
  await host.writeFile(packageChangesFile, JSON.stringify(changes), { mode: 0o600 });
  await host.removeFile(before);
}

/** Everything that muster's installations have added to this host so far. */
export async function packageChanges(host: Host): Promise<PackageChanges> {
  const text = await host.readFile(packageChangesFile);
  return text === null ? { packages: [], paths: [], version: '', runtime: '' } : parseJson(changesSchema, text);
}

async function view(host: Host): Promise<View> {
  const [installed, etc] = await Promise.all([
    (await packagesOf(host)).installedNames(),
    // Folders by name only: their time changes with every entry.
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
