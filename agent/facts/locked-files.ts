import { packageFormats } from '../../shared/packages/index.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import { type StepId, stepsOf } from '../../shared/steps/catalogue.ts';
import type { Change } from '../../shared/steps/change.ts';
import { firewallFiles } from '../../shared/steps/content/firewall.ts';
import { isExecutable, isOpen } from '../changes/execute.ts';
import type { Host } from '../host/host.ts';

type LockedFile = NonNullable<Facts['storage']['lockedFiles']>[number];

/** Accounts that the packages' scripts add a group to; hardening guides make them immutable. */
const accountFiles = ['/etc/group', '/etc/gshadow'];

/**
 * Files that a step is going to change and that the file system does not let it change. `changesOf`: a step's changes
 * on this host.
 */
export async function lockedFiles(
  host: Host,
  { bootstrap, host: { role } }: Pick<Assignment, 'bootstrap' | 'host'>,
  changesOf: (id: StepId) => readonly Change[],
): Promise<LockedFile[]> {
  const changes = stepsOf(bootstrap, role).flatMap(({ id }) => changesOf(id));
  const paths = (await Promise.all(changes.map((change) => pathsOf(change, host)))).flat();
  const found = await Promise.all(
    [...new Set(paths)].map(async (path) => {
      const lock = await host.lock(path);
      return lock === null ? [] : [{ ...lock, path: lock.path.slice(0, 256) }];
    }),
  );
  // Several files may be locked by one folder.
  const byPath = new Map(found.flat().map((one) => [one.path, one]));
  return [...byPath.values()].slice(0, 32);
}

/** The files that a change is going to write; empty if the host has the change. */
async function pathsOf(change: Change, host: Host): Promise<string[]> {
  if (change.kind === 'package-source')
    return missing(host, Object.values(packageFormats[change.manager].files[change.purpose]));
  if (change.kind === 'packages') {
    const programs = await missing(host, ['/usr/bin/kubeadm']);
    return programs.length === 0 ? [] : [...programs, ...(await accountsOf(change, host))];
  }
  if (!('path' in change) && change.kind !== 'firewall') return [];
  // A file that cannot be read or parsed has its own check.
  if (!isExecutable(change) || !(await isOpen(change, host).catch(() => false))) return [];
  if (change.kind === 'firewall') return existing(host, [firewallFiles.ufwRules, firewallFiles.ufwConfig]);
  return 'path' in change ? [change.path] : [];
}

/** docker's packages add the group docker. */
async function accountsOf({ install }: Change<'packages'>, host: Host): Promise<string[]> {
  const hasGroup = /^docker:/m.test((await host.readFile('/etc/group')) ?? '');
  return hasGroup || !install.some(({ name }) => name.startsWith('docker')) ? [] : existing(host, accountFiles);
}

async function existing(host: Host, paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => host.exists(path)));
  return paths.filter((_, index) => found[index] === true);
}

const missing = async (host: Host, paths: readonly string[]) => {
  const found = await existing(host, paths);
  return paths.filter((path) => !found.includes(path));
};
