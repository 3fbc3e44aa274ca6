import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { hostNames } from '../e2e/support/cluster.ts';
import { eachStepChange } from '../faults/journal-watch.ts';
import { killService } from '../faults/kill.ts';
import { journalOf } from '../faults/observe.ts';
import {
  agent,
  appliedSteps,
  bareHosts,
  broughtUpUnder,
  expectEveryStepDone,
  expectNothingToDo,
  say,
} from './sweep.ts';

const seconds = 900;
/**
 * Duration of each step in ms, by host and step. Measured in the first bring-up, so that the second can kill halfway.
 */
const lengths = new Map<string, number>();

async function learnLengths(): Promise<void> {
  for (const host of hostNames) {
    for (const [step, entry] of Object.entries(await journalOf(host))) {
      if (!entry?.endedAt) continue;
      lengths.set(`${host} ${step}`, Date.parse(entry.endedAt) - Date.parse(entry.startedAt));
    }
  }
}

it('a bring-up comes to its end with each host’s agent killed just before and just after every step', async () => {
  await bareHosts();
  const killed = new Set<string>();
  const killers = hostNames.map(
    (host) => (signal: AbortSignal) =>
      eachStepChange(
        host,
        (step, state) => {
          const moment = `${host} ${step} ${state}`;
          if (!['applying', 'done'].includes(state) || killed.has(moment)) return;
          if (killService(host, agent)) killed.add(moment);
        },
        signal,
      ),
  );
  const again = await broughtUpUnder(killers, { seconds });
  const moments = (await appliedSteps()).flatMap((step) => [`${step} applying`, `${step} done`]);
  const missed = moments.filter((moment) => !killed.has(moment));
  say(
    `killed at ${moments.length - missed.length} of ${moments.length} moments${missed.map((one) => `; not at: ${one}`)}`,
  );
  // A step can end and the next start between two polls of the journal, or while no agent runs.
  expect(missed.length, missed.join()).toBeLessThanOrEqual(4);
  expect(again, 'finished steps that were applied again').toEqual([]);
  await expectEveryStepDone();
  await learnLengths();
});

it('a bring-up comes to its end with each host’s agent killed in the middle of every step', async () => {
  await bareHosts();
  const killed = new Map<string, boolean>();
  const killers = hostNames.map((host) => async (signal: AbortSignal) => {
    const open: Promise<void>[] = [];
    const inItsMiddle = async (step: string) => {
      const moment = `${host} ${step}`;
      if (killed.has(moment)) return;
      killed.set(moment, false);
      await sleep((lengths.get(moment) ?? 200) / 2);
      const entry = Object.entries(await journalOf(host)).find(([id]) => id === step)?.[1];
      if (!signal.aborted && killService(host, agent)) killed.set(moment, entry?.state === 'applying');
    };
    await eachStepChange(
      host,
      (step, state) => {
        if (state === 'applying') open.push(inItsMiddle(step));
      },
      signal,
    );
    await Promise.all(open);
  });
  const again = await broughtUpUnder(killers, { seconds });
  const inTheMiddle = [...killed].flatMap(([moment, hit]) => (hit ? [moment] : []));
  say(
    `killed ${inTheMiddle.length} times in the middle of a step, ${killed.size - inTheMiddle.length} times at its end`,
  );
  expect([...killed.keys()].sort(), 'every step that was applied, by name').toEqual((await appliedSteps()).sort());
  for (const step of ['packages', 'images', 'kubeadm-join']) {
    expect(inTheMiddle, 'the long steps').toContain(`node01 ${step}`);
  }
  expect(again, 'finished steps that were applied again').toEqual([]);
  await expectEveryStepDone();
  await expectNothingToDo();
});
