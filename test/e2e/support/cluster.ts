import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { freshLab, pasteEverywhere, preparedLab, waitUntilReady } from '../../lab/bring-up.ts';
import { hostExec, isSetup, labHosts, plainSetup, type Runtime } from '../../lab/hosts.ts';
import { clusterStatus, installCoordinator, master } from '../../lab/install.ts';
import { labPaths } from '../../lab/layout.ts';
import { buildRelease } from '../../lab/release.ts';
import { isLabSpoilt, labIsNew } from './spoilt.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);
export const hostNames = labHosts(3).map(({ name }) => name);
export const workers = hostNames.filter((name) => name !== master);

interface LabPlanned {
  runtime: { name: Runtime };
  hosts: { name: string; role: 'control-plane' | 'worker' }[];
}

/**
 * Whether the lab stands with all plain hosts Ready and nothing for a person to do, brought up by exactly this release
 * and plan, as an earlier test file leaves it.
 */
async function stands(archive: string, plan: string, names: readonly string[]): Promise<boolean> {
  const root = `${labPaths.hosts}/${master}/root`;
  if (!names.every((name) => isSetup(name, plainSetup))) return false;
  try {
    if ((await readFile(`${root}/cluster.yaml`, 'utf8')) !== plan) return false;
    if (!(await readFile(`${root}/muster.tar.gz`)).equals(await readFile(archive))) return false;
    if ((await hostExec(master, ['true'])).exitCode !== 0) return false;
    const { hosts, notices } = await clusterStatus();
    return hosts.every(({ phase }) => phase === 'ready') && (notices ?? []).length === 0;
  } catch {
    return false;
  }
}

/**
 * Ready hosts under this plan: those that an earlier test file left, where they are, else new ones, which have the
 * packages and images from the start. A test that breaks a host leaves it Ready again, so that one bring-up serves many
 * tests. `bare`: always new hosts with nothing on them, so that muster itself has installed the packages.
 */
export async function readyCluster(plan: string, { bare = false } = {}): Promise<void> {
  const archive = await buildRelease(say);
  const { hosts, runtime } = parse(plan) as LabPlanned;
  const names = hosts.map(({ name }) => name);
  if (!bare && !isLabSpoilt() && (await stands(archive, plan, names))) return;
  const lab = { hosts: names.length, masters: hosts.filter(({ role }) => role === 'control-plane').length, say };
  if (bare) await freshLab(lab);
  else await preparedLab({ ...lab, runtime: runtime.name });
  labIsNew();
  await installCoordinator(archive, plan);
  await pasteEverywhere(names.toReversed());
  await waitUntilReady({ seconds: 400, show: false });
}
