import { agentPaths } from '../../shared/paths.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import { kubeadmFile } from '../../shared/steps/change.ts';
import type { Host } from '../host/host.ts';
import { keysFolder, setupFolder } from './coordinator-install.ts';
import { curlConfigFile } from './cri-dockerd.ts';
import { phaseFilePrefix } from './init-phase.ts';
import { scratch } from './serving-certificate.ts';

/** What steps write for a program that outlives the agent, by the step whose unit it is. */
const usedByUnits: readonly [StepId, readonly string[]][] = [
  ['kubeadm-init', [kubeadmFile('init')]],
  ['kubeadm-join', [kubeadmFile('join')]],
  ['cri-dockerd', [curlConfigFile]],
  ['coordinator-install', [keysFolder, setupFolder]],
];

/** Removes secrets of work that was cut short. What a running program needs stays: its step removes it. */
export async function removeLeftovers(host: Pick<Host, 'list' | 'unitState' | 'removeTree'>): Promise<void> {
  const phases = (await host.list(agentPaths.volatile)).filter((name) => name.startsWith(phaseFilePrefix));
  const unused = [scratch, ...phases.map((name) => `${agentPaths.volatile}/${name}`)];
  for (const [unit, paths] of usedByUnits) {
    if ((await host.unitState(unit)) === 'none') unused.push(...paths);
  }
  for (const path of unused) await host.removeTree(path);
}
