import { beforeAll, expect, it } from 'vitest';
import { deployPods, podsAnswer } from '../../faults/pods.ts';
import { freshLab, pasteEverywhere, waitUntilReady } from '../../lab/bring-up.ts';
import type { Runtime, Setup } from '../../lab/hosts.ts';
import { installCoordinator, kubectl, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { buildRelease } from '../../lab/release.ts';
import { hostNames } from '../support/cluster.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);

/** The oldest release's containerd has no registry folder, the newest one's docker no client of its own. */
const systems: Readonly<Record<string, Setup['system']>> = {
  master01: 'debian-13',
  node01: 'debian-11',
  node02: 'debian-12',
};

const shipped = {
  containerd: ['containerd://1.7.', 'containerd://1.4.', 'containerd://1.6.'],
  docker: ['docker://26.1.', 'docker://20.10.5', 'docker://20.10.24'],
} as const;

interface Node {
  metadata: { name: string };
  status: { nodeInfo: { osImage: string; containerRuntimeVersion: string } };
}

/** A file for each runtime: bare hosts with three releases of Debian become a cluster. */
export function bringUpThreeReleases(runtime: Runtime): void {
  beforeAll(async () => {
    const setup = (name: string) => ({ system: systems[name] ?? 'debian-12' });
    await freshLab({ hosts: hostNames.length, say, setup });
    await installCoordinator(await buildRelease(say), labPlan({ runtime, hosts: hostNames.length }));
  });

  it('become a Ready cluster', async () => {
    await pasteEverywhere(hostNames.toReversed());
    await waitUntilReady({ seconds: 400, show: false });
  });

  it('run the runtime of their own release', async () => {
    const { items } = JSON.parse(await kubectl('get', 'nodes', '-o', 'json')) as { items: Node[] };
    const infos = items.map(({ status }) => status.nodeInfo);
    expect(infos.map(({ osImage }) => osImage.match(/\d+/)?.[0])).toEqual(['13', '11', '12']);
    for (const [index, { containerRuntimeVersion }] of infos.entries())
      expect(containerRuntimeVersion).toContain(shipped[runtime][index]);
  });

  it('carry pods that reach each other', async () => {
    await deployPods();
    await podsAnswer(hostNames);
  });

  it('hold the runtime’s packages', async () => {
    const packages = runtime === 'docker' ? ['docker.io'] : ['containerd'];
    for (const host of hostNames)
      expect((await on(host, 'apt-mark', 'showhold')).split('\n'), host).toEqual(expect.arrayContaining(packages));
  });
}
