import { messageOf } from '../../shared/errors/errors.ts';
import { median } from '../bench/median.ts';
import { workers } from '../e2e/support/cluster.ts';
import { until } from '../e2e/support/until.ts';
import { controlPlaneFaults } from '../faults/control-plane.ts';
import type { Fault } from '../faults/fault.ts';
import { lastWords } from '../faults/observe.ts';
import { deployPods, podsAnswer } from '../faults/pods.ts';
import { workerFaults } from '../faults/worker.ts';
import { clusterStatus, master } from '../lab/install.ts';
import { table } from '../lab/status.ts';
import { choose, seededRandom } from './random.ts';

/** Seconds after which a host that has not recovered has failed; the slowest correct recovery reinstalls packages. */
const patience = 300;
/** Share of rounds with a fault of the control plane. */
const controlPlaneShare = 0.15;

interface Outcome {
  fault: string;
  host: string;
  /** null: it did not recover. */
  seconds: number | null;
  what: string;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Waits until all hosts are Ready and a pod on each worker answers. */
async function settle(): Promise<void> {
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

/** The faults of one round: one of the control plane alone, or one of each worker at the same time. */
function draw(random: () => number, left: number): { fault: Fault; host: string; random: () => number }[] {
  const own = () => seededRandom(Math.floor(random() * 2 ** 32));
  if (random() < controlPlaneShare) return [{ fault: choose(controlPlaneFaults, random), host: master, random: own() }];
  return workers.slice(0, left).map((host) => ({ fault: choose(workerFaults, random), host, random: own() }));
}

/** Prints each fault and a summary; true if the cluster recovered from all. */
export async function chaos({ seed, runs }: { seed: number; runs: number }): Promise<boolean> {
  say(`seed ${seed}, ${runs} faults`);
  const random = seededRandom(seed);
  const outcomes: Outcome[] = [];
  try {
    while (outcomes.length < runs) {
      await settle();
      const round = draw(random, runs - outcomes.length);
      const ended = await Promise.all(round.map(({ fault, host, random }) => suffer(fault, host, random)));
      for (const outcome of ended) {
        outcomes.push(outcome);
        say(`${String(outcomes.length).padStart(4)}  ${sentence(outcome)}`);
      }
    }
    await settle();
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
