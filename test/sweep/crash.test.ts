import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { hostNames } from '../e2e/cluster.ts';
import { allReady, timed } from '../e2e/recovery.ts';
import { until } from '../e2e/support.ts';
import { eachStepChange } from '../faults/journal-watch.ts';
import { eachLongProgram, killService } from '../faults/kill.ts';
import { journalOf } from '../faults/observe.ts';
import { freshLab } from '../lab/bring-up.ts';
import { bootHost, hostExec, killHost } from '../lab/hosts.ts';
import { clusterStatus, installCoordinator, master, on, oneLiner, paste } from '../lab/install.ts';
import { labPaths } from '../lab/layout.ts';
import { labPlan } from '../lab/plan.ts';
import { buildRelease } from '../lab/release.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);
/** Bare hosts are made for each bring-up, and being killed takes its time; in ms. */
const patience = 1_500_000;
const agent = 'muster-agent.service';
const coordinator = 'muster-coordinator.service';
let ended = new AbortController();
let watching: Promise<void>[] = [];

afterEach(async () => {
  ended.abort();
  await Promise.all(watching);
});

async function bareHosts(): Promise<AbortSignal> {
  ended = new AbortController();
  await freshLab({ hosts: hostNames.length, say });
  await installCoordinator(await buildRelease(say), labPlan({ runtime: 'containerd', hosts: hostNames.length }));
  return ended.signal;
}

/** Pastes the line on a host, again where it was cut short: an operator who sees it fail does so. */
async function pasteUntilIn(host: string): Promise<void> {
  await until(async () => (await paste(host, await oneLiner(host))).exitCode === 0, {
    seconds: 180,
    what: `the line on ${host} to come to its end`,
  });
}

async function expectEveryStepDone(): Promise<void> {
  for (const host of hostNames) {
    for (const [step, entry] of Object.entries(await journalOf(host))) {
      expect(entry?.state, `${step} on ${host}`).toBe('done');
    }
  }
}

it(
  'a bring-up in which each host’s agent is killed at every step, in its middle and just after it',
  async () => {
    const signal = await bareHosts();
    const killed: string[] = [];
    const once = new Set<string>();
    const appliedAgain: string[] = [];
    watching = hostNames.map((host) =>
      eachStepChange(
        host,
        (step, state) => {
          const moment = `${host} ${step} ${state}`;
          if (state === 'applying' && once.has(`${host} ${step} done`)) appliedAgain.push(moment);
          if (once.has(moment)) return;
          once.add(moment);
          if (killService(host, agent)) killed.push(moment);
        },
        signal,
      ),
    );
    await timed('bring-up with the agents killed at every step', async () => {
      await Promise.all(hostNames.map(pasteUntilIn));
      await allReady(600);
    });
    say(`${killed.length} kills: ${killed.filter((one) => one.endsWith('applying')).length} in the middle of a step`);
    expect(killed.length).toBeGreaterThan(40);
    expect(appliedAgain, 'finished steps that were applied again').toEqual([]);
    await expectEveryStepDone();
  },
  patience,
);

it(
  'a bring-up in which every long program is killed, the coordinator at each kind of request, and hosts lose power',
  async () => {
    const signal = await bareHosts();
    const hit: string[] = [];
    const killCoordinator = (kind: string) => {
      if (hit.includes(kind)) return;
      if (killService(master, coordinator)) hit.push(kind);
    };
    const credential = (host: string) => `${labPaths.hosts}/${host}/var/lib/muster-agent/credential.json`;

    watching = hostNames.flatMap((host) => [
      eachLongProgram(
        host,
        (unit) => {
          setTimeout(() => killService(host, unit) && hit.push(`${host} ${unit}`), Math.random() * 3000);
        },
        signal,
      ),
      eachStepChange(
        host,
        (step, state) => {
          if (state !== 'applying') return;
          if (step === 'hosts-file') killCoordinator('report');
          if (step === 'kubeadm-join') killCoordinator('join credential');
          if (step === 'images' && host !== master) void powerCut(host, Math.random() * 5000);
        },
        signal,
      ),
      (async () => {
        while (!signal.aborted && !existsSync(credential(host))) await sleep(5);
        killCoordinator('enrolment');
      })(),
    ]);
    const off = new Set<string>();
    async function powerCut(host: string, afterMs: number): Promise<void> {
      if (off.has(host)) return;
      off.add(host);
      await sleep(afterMs);
      await killHost(host);
      await bootHost(host);
      hit.push(`${host} without power`);
    }
    watching.push(killAtDuties(killCoordinator, signal));

    await timed('bring-up with everything else killed once', async () => {
      setTimeout(() => killCoordinator('installer'), 300);
      await Promise.all(hostNames.map(pasteUntilIn));
      await allReady(900);
    });
    say(`hit: ${hit.join(', ')}`);
    expect(hit).toEqual(expect.arrayContaining(['installer', 'enrolment', 'report', 'join credential']));
    expect((await clusterStatus()).hosts.map(({ phase }) => phase)).toEqual(['ready', 'ready', 'ready']);
  },
  patience,
);

/** The control plane's agent logs each duty that it takes up; its result then meets a coordinator that has just been killed. */
async function killAtDuties(kill: (kind: string) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { stdout } = await hostExec(master, ['journalctl', '-u', agent, '-o', 'cat', '--no-pager', '-n', '20']).catch(
      () => ({ stdout: '' }),
    );
    for (const [, type] of stdout.matchAll(/"message":"duty taken up".*?"type":"([a-z-]+)"/g)) kill(`duty ${type}`);
    await sleep(200);
  }
}

it('the cluster stands, and a later look applies nothing again', async () => {
  const before = await Promise.all(hostNames.map((host) => journalOf(host)));
  await Promise.all(hostNames.map((host) => on(host, 'systemctl', 'restart', agent)));
  await sleep(5000);
  await allReady();
  expect(await Promise.all(hostNames.map((host) => journalOf(host)))).toEqual(before);
});
