import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { hostNames } from '../e2e/support/cluster.ts';
import { killService } from '../faults/kill.ts';
import { master } from '../lab/install.ts';
import { serviceProcesses } from '../lab/machine/cgroups.ts';
import { bareHosts, broughtUpUnder, expectEveryStepDone, expectNothingToDo, say } from './sweep.ts';

/** When to kill a long program, in ms after its start: its first run at once, its second halfway; the third may end. */
const moments = [0, 2500];

/** Kills each kind of long program on the host as often as `moments` says. Adds an entry to `killed` for each. */
async function killLongPrograms(host: string, killed: string[], signal: AbortSignal): Promise<void> {
  const tries = new Map<string, number>();
  let running = new Set<string>();
  const kills: Promise<void>[] = [];
  async function kill(unit: string, runOfIt: number): Promise<void> {
    const after = moments[runOfIt];
    if (after === undefined) return;
    await sleep(after);
    if (!signal.aborted && killService(host, unit)) killed.push(`${host} ${unit} after ${after} ms`);
  }
  while (!signal.aborted) {
    const units = [...serviceProcesses(host).keys()].filter((unit) => /^muster-(?!agent|coordinator)/.test(unit));
    for (const unit of units) {
      if (running.has(unit)) continue;
      const runOfIt = tries.get(unit) ?? 0;
      tries.set(unit, runOfIt + 1);
      kills.push(kill(unit, runOfIt));
    }
    running = new Set(units);
    await sleep(20);
  }
  await Promise.all(kills);
}

it('a bring-up comes to its end with every long program killed, at once and in its middle', async () => {
  await bareHosts();
  const killed: string[] = [];
  const killers = hostNames.map((host) => (signal: AbortSignal) => killLongPrograms(host, killed, signal));
  const again = await broughtUpUnder(killers, { seconds: 900 });
  for (const row of killed) say(`killed: ${row}`);
  for (const [host, step] of [
    [master, 'kubeadm-init'],
    ['node01', 'kubeadm-join'],
    ['node01', 'packages'],
  ]) {
    const unit = `${host} muster-${step}.service`;
    expect(killed.filter((row) => row.startsWith(unit))).toEqual(moments.map((after) => `${unit} after ${after} ms`));
  }
  expect(again, 'finished steps that were applied again').toEqual([]);
  await expectEveryStepDone();
  await expectNothingToDo();
});
