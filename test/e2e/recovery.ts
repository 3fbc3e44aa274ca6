import { clusterStatus } from '../lab/install.ts';
import { labPlan } from '../lab/plan.ts';
import { readyCluster } from './cluster.ts';
import { until } from './support.ts';

export const standing = () => readyCluster(labPlan({ runtime: 'containerd', hosts: 3 }));

export const workers = ['node01', 'node02'];

/** The identity of the cluster that hosts join. */
export const currentCa = async () => (await clusterStatus()).cluster.caSha256;

export const allReady = (seconds = 240) =>
  until(async () => (await clusterStatus()).hosts.every(({ phase }) => phase === 'ready'), {
    seconds,
    what: 'all hosts to be Ready',
  });

/** Prints how long the work took, from the moment that something happened. */
export async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = Date.now();
  await work();
  process.stdout.write(`  ${what}: ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}
