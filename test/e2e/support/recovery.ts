import { deployPods, podsAnswer } from '../../faults/pods.ts';
import { clusterStatus } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster, workers } from './cluster.ts';
import { until } from './until.ts';

export async function standing(): Promise<void> {
  await readyCluster(labPlan({ runtime: 'containerd', hosts: 3 }));
  await deployPods();
}

/** The identity of the cluster that hosts join. */
export const currentCa = async () => (await clusterStatus()).cluster.caSha256;

export const allReady = (seconds = 240) =>
  until(async () => (await clusterStatus()).hosts.every(({ phase }) => phase === 'ready'), {
    seconds,
    what: 'all hosts to be Ready',
  });

/** All hosts are Ready and do what a node is for. */
export async function allWork(seconds?: number): Promise<void> {
  await allReady(seconds);
  await deployPods();
  await podsAnswer(workers);
}

/** Prints how long the work took, from the moment that something happened. */
export async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = Date.now();
  await work();
  process.stdout.write(`  ${what}: ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}
