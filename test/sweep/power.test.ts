import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { hostNames } from '../e2e/support/cluster.ts';
import { eachStepChange } from '../faults/journal-watch.ts';
import { bootHost, killHost } from '../lab/hosts.ts';
import { appliedSteps, bareHosts, broughtUpUnder, expectEveryStepDone, expectNothingToDo, say } from './sweep.ts';

/** Maximum random delay, in ms, so that long steps are interrupted halfway. */
const latest = 3000;

it('a bring-up comes to its end with each host losing its power at every step', async () => {
  await bareHosts();
  const cuts: string[] = [];
  const killers = hostNames.map((host) => async (signal: AbortSignal) => {
    const cut = new Set<string>();
    let off = Promise.resolve();
    async function powerCut(step: string): Promise<void> {
      if (signal.aborted) return;
      cuts.push(`${host} ${step}`);
      await killHost(host);
      await bootHost(host);
    }
    await eachStepChange(
      host,
      (step, state) => {
        if (state !== 'applying' || cut.has(step)) return;
        cut.add(step);
        const after = cut.size % 2 === 0 ? Math.random() * latest : 0;
        off = off.then(() => sleep(after)).then(() => powerCut(step));
      },
      signal,
    );
    await off;
  });
  const again = await broughtUpUnder(killers, { seconds: 1200 });
  say(`${cuts.length} power cuts: ${cuts.join(', ')}`);
  expect(cuts.sort(), 'every step that was applied, by name').toEqual((await appliedSteps()).sort());
  expect(again, 'finished steps that were applied again').toEqual([]);
  await expectEveryStepDone();
  await expectNothingToDo();
});
