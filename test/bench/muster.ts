import { installCommands, pasteCommands, untilReady } from '../lab/bring-up.ts';
import { phaseTable } from '../lab/cli/summary.ts';
import { labHosts } from '../lab/hosts.ts';
import { clusterStatus, installCoordinator } from '../lab/install.ts';
import { labPlan } from '../lab/plan.ts';
import { buildRelease } from '../lab/release.ts';
import type { Runtime } from './scripted/commands.ts';

/** Seconds from the first install command to the last Ready node, on hosts where only the coordinator is installed. */
export async function muster(lab: { runtime: Runtime; hosts: number; masters?: number }): Promise<{
  enrolled: number;
  ready: number;
}> {
  await installCoordinator(await buildRelease(() => {}), labPlan(lab));
  const names = labHosts(lab.hosts, lab.masters).map(({ name }) => name);
  const commands = await installCommands(names.toReversed());
  const start = Date.now();
  await pasteCommands(commands);
  const enrolled = (Date.now() - start) / 1000;
  await untilReady({ show: false });
  const ready = (Date.now() - start) / 1000;
  process.stdout.write(`${phaseTable(await clusterStatus(), start)}\n`);
  return { enrolled, ready };
}
