import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultPort } from '../../shared/paths.ts';
import type { Status } from '../../shared/protocol/status.ts';
import { phaseTable } from './cli/summary.ts';
import {
  bootHost,
  ensureLab,
  hostExec,
  hostsWithDisks,
  isSetup,
  keepSetup,
  killHost,
  labHosts,
  plainSetup,
  prepareDisks,
  type Runtime,
  type Setup,
  setupOf,
  wipeHost,
} from './hosts.ts';
import { clusterStatus, installCoordinator, kubectl, master, on, oneLiner, paste } from './install.ts';
import { LabError } from './lab-error.ts';
import { hostNamed, labPaths } from './layout.ts';
import { labPlan } from './plan.ts';
import { buildRelease } from './release.ts';
import { startForward } from './servers/forward.ts';

interface LabHosts {
  hosts: number;
  /** How many of the hosts are control planes; one without it. */
  masters?: number;
  /** What differs from a plain host; without it all hosts are plain. */
  setup?(name: string): Partial<Setup>;
  say(line: string): void;
}

const namesOf = ({ hosts, masters }: LabHosts) => labHosts(hosts, masters).map(({ name }) => name);

const setupsOf = (lab: LabHosts) =>
  namesOf(lab).map((name) => ({ name, setup: { ...plainSetup, ...lab.setup?.(name) } }));

async function powerOffOthers(lab: LabHosts): Promise<void> {
  const names = namesOf(lab);
  await Promise.all(hostsWithDisks().map((name) => (names.includes(name) ? undefined : killHost(name))));
}

/** A lab whose hosts are running, without muster; their disks stay as they are. */
export async function bareLab(lab: Omit<LabHosts, 'setup'>): Promise<void> {
  const names = namesOf(lab);
  await ensureLab({ log: lab.say, setups: names.map(setupOf) });
  await Promise.all(names.map((name) => bootHost(name)));
}

/** The same with new disks; hosts of an earlier, larger lab are powered off. */
export async function freshLab(lab: LabHosts): Promise<void> {
  await powerOffOthers(lab);
  const setups = setupsOf(lab);
  await ensureLab({ log: lab.say, setups: setups.map(({ setup }) => setup) });
  await Promise.all(
    setups.map(async ({ name, setup }) => {
      await wipeHost(name);
      keepSetup(name, setup);
    }),
  );
  await bareLab(lab);
}

/** New hosts with a node's packages and images already installed, for tests of something other than preparation. */
export async function preparedLab({ runtime, ...lab }: LabHosts & { runtime: Runtime }): Promise<void> {
  await powerOffOthers(lab);
  const setups = setupsOf(lab);
  for (const { name, setup } of setups) keepSetup(name, setup);
  await prepareDisks(
    setups.map(({ name }) => name),
    runtime,
    lab.say,
  );
  await bareLab(lab);
}

/** Whether hosts have disks of another setup than is asked for. */
const areOther = (lab: LabHosts) => setupsOf(lab).some(({ name, setup }) => !isSetup(name, setup));

/** Whether the hosts' disks hold a cluster from another plan; the plan of an existing cluster is not changed. */
async function heldByAnotherPlan(plan: string): Promise<boolean> {
  const before = await readFile(`${labPaths.hosts}/${master}/root/cluster.yaml`, 'utf8').catch(() => plan);
  return before !== plan;
}

/**
 * Runs master01's install command and waits until another host reaches the coordinator, from which master01's
 * firewall keeps it until its agent has opened that.
 */
export async function pasteOnMasterFirst(other: string): Promise<void> {
  await pasteEverywhere([master]);
  const url = `https://${hostNamed(master)?.address}:${defaultPort}/`;
  const isReached = async () => (await hostExec(other, ['curl', '-sk', '-m', '2', url])).exitCode === 0;
  for (let attempt = 0; attempt < 120; attempt++) {
    if (await isReached()) return;
    await sleep(1_000);
  }
  throw new LabError('lab-not-ready', `the agent on ${master} did not open the firewall for the coordinator`);
}

/** The install commands of the hosts that are not enrolled yet, by name, in the given order. */
export async function installCommands(order: readonly string[]): Promise<Map<string, string>> {
  const enrolled = new Set(
    (await clusterStatus()).hosts.filter((host) => host.enrolledAt !== null).map(({ name }) => name),
  );
  const fresh = order.filter((name) => !enrolled.has(name));
  const isMaster = (name: string) => hostNamed(name)?.role === 'control-plane';
  const workers = fresh.every(isMaster) ? '' : await oneLiner('--workers');
  const commands = new Map<string, string>();
  for (const name of fresh) commands.set(name, isMaster(name) ? await oneLiner(name) : workers);
  return commands;
}

/** Runs install commands, without waiting for one host before starting the next; returns when all have ended. */
export async function pasteCommands(commands: ReadonlyMap<string, string>): Promise<void> {
  const answers = await Promise.all(
    [...commands].map(async ([name, command]) => ({ name, answer: await paste(name, command) })),
  );
  for (const { name, answer } of answers) {
    if (answer.exitCode !== 0) {
      throw new LabError(
        'lab-install',
        `the install command on ${name} ended with ${answer.exitCode}:\n${answer.stdout}${answer.stderr}`,
      );
    }
  }
}

/** Enrols hosts in the given order. Enrolled hosts are skipped; false: all of them were. */
export async function pasteEverywhere(order: readonly string[]): Promise<boolean> {
  const commands = await installCommands(order);
  await pasteCommands(commands);
  return commands.size > 0;
}

/**
 * Waits until every planned node is Ready, printing muster's own progress; throws if muster reports that the operator
 * must act.
 */
export async function untilReady({ seconds = 600, show = true } = {}): Promise<void> {
  const argv = ['muster', 'status', '--wait', '--timeout', String(seconds)];
  const { exitCode, stdout, stderr } = await hostExec(master, argv, show ? { stdio: 'inherit' } : {});
  if (exitCode !== 0)
    throw new LabError('lab-not-ready', `muster status --wait ended with ${exitCode}\n${stdout}${stderr}`);
}

/** The same, and what the status says then. */
export async function waitUntilReady(options: { seconds?: number; show?: boolean } = {}): Promise<Status> {
  await untilReady(options);
  return clusterStatus();
}

export interface BringUpOptions extends LabHosts {
  runtime: Runtime;
  /** Replaces the lab's plan. */
  planFile?: string;
}

/**
 * Boots the hosts; those that hold something else than is asked for get new disks. `plan`: of the cluster they may
 * hold.
 */
export async function bootLab(lab: LabHosts, plan?: string): Promise<void> {
  if (plan !== undefined && (await heldByAnotherPlan(plan))) {
    lab.say('The hosts hold a cluster of another plan: they get new disks');
    await freshLab(lab);
  } else if (lab.setup !== undefined && areOther(lab)) {
    lab.say('The hosts get new disks for another setup');
    await freshLab(lab);
  } else await bareLab(lab);
}

/** The whole main job: bare hosts become a Ready cluster, workers first. */
export async function bringUp({ runtime, planFile, ...lab }: BringUpOptions): Promise<void> {
  const { say } = lab;
  const names = namesOf(lab);
  const plan = planFile === undefined ? labPlan({ ...lab, runtime }) : await readFile(planFile, 'utf8');
  await bootLab(lab, plan);
  const archive = await buildRelease(say);

  say(`Installing the coordinator on ${master}`);
  await installCoordinator(archive, plan);
  say(`Running the printed install command on ${names.toReversed().join(', ')}`);
  const started = Date.now();
  const [, other] = names;
  if (other !== undefined && setupOf(master).firewall !== null) await pasteOnMasterFirst(other);
  const broughtUp = await pasteEverywhere(names.toReversed());
  const status = await waitUntilReady();
  const seconds = (Date.now() - started) / 1000;

  const { port } = await startForward();
  const login = (await on(master, 'muster', 'login')).trim();
  const link = login.match(/https:\/\/\S+/)?.[0].replace(/^https:\/\/[^/]+/, `https://127.0.0.1:${port}`) ?? '';
  say('');
  say(await kubectl('get', 'nodes', '-o', 'wide'));
  if (broughtUp) {
    say(phaseTable(status, started));
    say(`From the first install command to the last node Ready: ${seconds.toFixed(1)} s`);
  } else say(`The cluster was here already; all nodes were Ready again after ${seconds.toFixed(1)} s`);
  say('');
  say(`Status page:  ${link}`);
  say(
    `              (certificate ${status.coordinator.certificateSha256.slice(0, 16)}…, issued by the coordinator; single-use link)`,
  );
  say('Try next:');
  say(`  npm run lab -- exec ${master} muster status --watch`);
  say(`  npm run lab -- exec ${master} kubectl get pods -A`);
  const last = names.at((lab.masters ?? 1) - 1 || -1);
  say(`  npm run lab -- kill ${last}; npm run lab -- boot ${last}     # power cut: it rejoins unattended`);
  say('  npm run lab -- down                                        # ends the lab');
}
