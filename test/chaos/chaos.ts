import { messageOf } from '../../shared/errors/errors.ts';
import { median } from '../bench/median.ts';
import { until } from '../e2e/support/until.ts';
import { controlPlaneFaults } from '../faults/control-plane.ts';
import type { Fault } from '../faults/fault.ts';
import { masterFaultsOf } from '../faults/master.ts';
import { lastWords } from '../faults/observe.ts';
import { deployPods, podsAnswer } from '../faults/pods.ts';
import { workerFaults } from '../faults/worker.ts';
import { table } from '../lab/cli/status.ts';
import { labHosts } from '../lab/hosts.ts';
import { clusterStatus } from '../lab/install.ts';
import { choose, seededRandom } from './random.ts';

/** Seconds after which a host that has not recovered has failed; the slowest correct recovery reinstalls packages. */
const patience = 300;
/** Share of rounds with a fault of the control plane, and of one of several masters, whose faults are more. */
const [controlPlaneShare, mastersShare] = [0.15, 0.6];

export interface Chaos {
  seed: number;
  runs: number;
  masters: number;
  /** Masters included. */
  hosts: number;
}

interface Outcome {
  fault: string;
  host: string;
  /** null: it did not recover. */
  seconds: number | null;
  what: string;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

interface Machines {
  masters: readonly string[];
  workers: readonly string[];
}

function machinesOf(masters: number, hosts: number): Machines {
  const names = labHosts(hosts, masters).map(({ name }) => name);
  return { masters: names.slice(0, masters), workers: names.slice(masters) };
}

/** Waits until all hosts are Ready and a pod on each worker answers. */
async function settle({ workers }: Machines): Promise<void> {
  const isReady = async () => (await clusterStatus()).hosts.every(({ phase }) => phase === 'ready');
  await until(isReady, { seconds: patience, what: 'all hosts to be Ready before the next fault' });
  await deployPods();
  await podsAnswer(workers);
}

/** Inflicts one fault and waits until the host has recovered. */
async function suffer(fault: Fault, host: string, random: () => number): Promise<Outcome> {
  const start = Date.now();
  try {
    const back = await fault.inflict(host, random);
    const inflicted = Date.now();
    await until(back, { seconds: patience, every: 500, what: `${host} to come back` });
    return { fault: fault.id, host, seconds: (Date.now() - inflicted) / 1000, what: '' };
  } catch (error) {
    const words = await lastWords(host).catch(messageOf);
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    return { fault: fault.id, host, seconds: null, what: `after ${seconds} s: ${messageOf(error)}\n${words}` };
  }
}

/** The faults of one round: one of one master, or one of each worker at the same time. */
function draw({ masters, workers }: Machines, random: () => number, left: number) {
  const own = () => seededRandom(Math.floor(random() * 2 ** 32));
  if (random() < (masters.length > 1 ? mastersShare : controlPlaneShare)) {
    const host = choose(
      masters.map((name) => ({ name, weight: 1 })),
      random,
    ).name;
    const faults = masters.length > 1 ? masterFaultsOf(host) : controlPlaneFaults;
    return [{ fault: choose(faults, random), host, random: own() }];
  }
  return workers.slice(0, left).map((host) => ({ fault: choose(workerFaults, random), host, random: own() }));
}

/** Prints each fault and a summary; true if the cluster recovered from all. */
export async function chaos({ seed, runs, masters, hosts }: Chaos): Promise<boolean> {
  const machines = machinesOf(masters, hosts);
  say(`seed ${seed}, ${runs} faults on ${[...machines.masters, ...machines.workers].join(', ')}`);
  const random = seededRandom(seed);
  const outcomes: Outcome[] = [];
  try {
    while (outcomes.length < runs) {
      await settle(machines);
      const round = draw(machines, random, runs - outcomes.length);
      const ended = await Promise.all(round.map(({ fault, host, random }) => suffer(fault, host, random)));
      for (const outcome of ended) {
        outcomes.push(outcome);
        say(`${String(outcomes.length).padStart(4)}  ${sentence(outcome)}`);
      }
    }
    await settle(machines);
  } finally {
    // Printed even if the cluster does not recover.
    say(`\n${summary(outcomes)}`);
  }
  return outcomes.every(({ seconds }) => seconds !== null);
}

function sentence({ fault, host, seconds, what }: Outcome): string {
  if (seconds === null) return `${host}  ${fault}: DID NOT COME BACK ${what}`;
  return `${host}  ${fault}: back after ${seconds.toFixed(1)} s`;
}

function summary(outcomes: readonly Outcome[]): string {
  const rows = [...Map.groupBy(outcomes, ({ fault }) => fault)].map(([fault, all]) => {
    const seconds = all.flatMap((one) => one.seconds ?? []);
    const numbers = [median(seconds), Math.max(...seconds)].map((value) => value.toFixed(1));
    return [fault, String(all.length), ...numbers, String(all.length - seconds.length)];
  });
  const failed = outcomes.filter(({ seconds }) => seconds === null).length;
  const head = ['FAULT', 'TIMES', 'MEDIAN s', 'MAX s', 'FAILED'];
  return `${table([head, ...rows])}\n${outcomes.length} faults, ${failed} not recovered`;
}
