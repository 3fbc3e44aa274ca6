import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Updates } from '../../../shared/protocol/updates.ts';
import { version } from '../../../shared/version.ts';
import { waitUntilReady } from '../../lab/bring-up.ts';
import { clusterStatus, installCoordinator, master, on, oneLiner, paste } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { buildRelease } from '../../lab/release.ts';
import { hostNames, readyCluster } from '../support/cluster.ts';
import { until } from '../support/until.ts';
import { brokenRelease, foreignRelease, releaseAs } from './releases.ts';

const plan = labPlan({ runtime: 'containerd', hosts: hostNames.length });
const say = (line: string) => process.stdout.write(`  ${line}\n`);
const since = (start: number) => ((Date.now() - start) / 1000).toFixed(1);

const updates = async (): Promise<Updates> => JSON.parse(await on(master, 'muster', 'updates', '--json'));
const stateOf = async (name: string) => (await updates()).hosts.find((host) => host.name === name);
const kubelets = () =>
  Promise.all(
    hostNames.map((name) => on(name, 'systemctl', 'show', '-p', 'ExecMainStartTimestampMonotonic,MainPID', 'kubelet')),
  );
const allReady = async () => (await clusterStatus()).hosts.every(({ phase }) => phase === 'ready');

let before: string[];
beforeAll(async () => {
  await readyCluster(plan);
  before = await kubelets();
});

/**
 * Restores what other files expect. An older version requires the install command to be run again on each host.
 */
afterAll(async () => {
  await installCoordinator(await buildRelease(() => undefined), plan);
  for (const name of hostNames) {
    const { exitCode, stdout, stderr } = await paste(name, await oneLiner(name));
    expect(exitCode, stdout + stderr).toBe(0);
  }
  await until(async () => (await updates()).hosts.every(({ agentVersion }) => agentVersion === version), {
    seconds: 60,
    what: 'every agent to be back',
  });
  await waitUntilReady({ seconds: 240, show: false });
});

describe('when the coordinator is updated, agents', () => {
  it('follow it one after the other, workers first, and no kubelet is restarted', async () => {
    await installCoordinator(await releaseAs('0.1.1'), plan);
    const start = Date.now();
    /** In which look each was seen: of two that one look finds nobody knows which was first. */
    const seen = new Map<string, number>();
    let look = 0;
    await until(
      async () => {
        look += 1;
        for (const { name, agentVersion } of (await updates()).hosts) {
          if (agentVersion !== '0.1.1' || seen.has(name)) continue;
          seen.set(name, look);
          say(`${name} has agent 0.1.1 after ${since(start)} s`);
        }
        return seen.size === hostNames.length;
      },
      { seconds: 120, every: 300, what: 'every agent to be updated' },
    );
    expect(seen.get(master), 'the control plane comes last').toBe(Math.max(...seen.values()));
    expect(await kubelets()).toEqual(before);
    expect(await allReady()).toBe(true);
  });

  it('stay on the release before when the new one does not start; the first host shows it and no other is asked', async () => {
    await installCoordinator(await brokenRelease('0.1.2'), plan);
    const start = Date.now();
    await until(async () => (await stateOf('node01'))?.state === 'failed', {
      seconds: 120,
      what: 'the failure to be shown',
    });
    say(`a release that does not start: the agent before it is back, and the failure shown, after ${since(start)} s`);
    const { hosts } = await updates();
    expect(hosts.map(({ agentVersion }) => agentVersion)).toEqual(hostNames.map(() => '0.1.1'));
    expect(hosts.find(({ name }) => name === 'node02')?.state).toBe('waiting');
    const { notices } = await clusterStatus();
    expect(notices?.map(({ code }) => code)).toEqual(['agent-update-failed']);
    expect(await kubelets()).toEqual(before);
    await waitUntilReady({ seconds: 180, show: false });
  });

  it('refuse a release that another key signed', async () => {
    await installCoordinator(await foreignRelease('0.1.3'), plan);
    const start = Date.now();
    await until(async () => (await stateOf('node01'))?.state === 'failed', {
      seconds: 60,
      what: 'the refusal to be shown',
    });
    say(`a release of another key: refused after ${since(start)} s`);
    expect((await stateOf('node01'))?.message.en).toMatch(/signed/);
    expect((await stateOf('node01'))?.agentVersion).toBe('0.1.1');
    expect(await kubelets()).toEqual(before);
  });
});
