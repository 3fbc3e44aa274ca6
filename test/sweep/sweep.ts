import { expect } from 'vitest';
import type { StepId } from '../../shared/steps/catalogue.ts';
import { hostNames } from '../e2e/support/cluster.ts';
import { allReady, timed } from '../e2e/support/recovery.ts';
import { until } from '../e2e/support/until.ts';
import { eachStepChange } from '../faults/journal-watch.ts';
import { journalOf } from '../faults/observe.ts';
import { freshLab } from '../lab/bring-up.ts';
import { hostExec } from '../lab/hosts.ts';
import { installCoordinator, on, oneLiner, paste } from '../lab/install.ts';
import { labPlan } from '../lab/plan.ts';
import { buildRelease } from '../lab/release.ts';

export const say = (line: string) => process.stdout.write(`  ${line}\n`);
export const agent = 'muster-agent.service';
export const coordinator = 'muster-coordinator.service';

export async function bareHosts(): Promise<void> {
  await freshLab({ hosts: hostNames.length, say });
  await installCoordinator(await buildRelease(say), labPlan({ runtime: 'containerd', hosts: hostNames.length }));
}

/** Runs the install command on a host, and retries if interrupted, as an operator would. */
async function pasteUntilIn(host: string): Promise<void> {
  await until(async () => (await paste(host, await oneLiner(host))).exitCode === 0, {
    seconds: 600,
    what: `the line on ${host} to come to its end`,
  });
}

/** Kills something during a bring-up. Resolves when the signal fires. */
export type Killer = (signal: AbortSignal) => Promise<unknown>;

/**
 * Brings the cluster up, from the first install command to all hosts Ready, while the killers run. Returns the finished
 * steps that were applied again. An error of a killer fails the bring-up.
 */
export async function broughtUpUnder(killers: readonly Killer[], { seconds }: { seconds: number }): Promise<string[]> {
  const ended = new AbortController();
  const again: string[] = [];
  const watching = hostNames.map((host) => {
    const done = new Set<StepId>();
    const note = (step: StepId, state: string) => {
      if (state === 'done') done.add(step);
      if (state === 'applying' && done.has(step)) again.push(`${host} ${step}`);
    };
    return eachStepChange(host, note, ended.signal);
  });
  const atWork = Promise.all([...watching, ...killers.map((kill) => kill(ended.signal))]);
  try {
    await timed('brought up', async () => {
      const up = Promise.all(hostNames.map(pasteUntilIn)).then(() => allReady(seconds));
      await Promise.race([up, atWork.then(() => up)]);
    });
  } finally {
    ended.abort();
    await atWork;
  }
  return again;
}

/** Steps that changed something, as `HOST STEP`; steps whose check passed from the start have no journal entry. */
export async function appliedSteps(): Promise<string[]> {
  const journals = await Promise.all(hostNames.map(journalOf));
  return hostNames.flatMap((host, index) => Object.keys(journals[index] ?? {}).map((step) => `${host} ${step}`));
}

export async function expectEveryStepDone(): Promise<void> {
  for (const host of hostNames) {
    for (const [step, entry] of Object.entries(await journalOf(host))) {
      expect(entry?.state, `${step} on ${host}`).toBe('done');
    }
  }
}

/** The agent writes it at the end of a round in which every step's check passed. */
const settled = '/var/lib/muster-agent/settled';

/** Expects that agents which re-check everything, as after a reboot, change nothing. */
export async function expectNothingToDo(): Promise<void> {
  const before = await Promise.all(hostNames.map(journalOf));
  for (const host of hostNames) {
    await on(host, 'rm', settled);
    await on(host, 'systemctl', 'restart', agent);
  }
  for (const host of hostNames) {
    await until(async () => (await hostExec(host, ['test', '-e', settled])).exitCode === 0, {
      seconds: 120,
      what: `the agent of ${host} to have looked at everything`,
    });
  }
  expect(await Promise.all(hostNames.map(journalOf))).toEqual(before);
}
