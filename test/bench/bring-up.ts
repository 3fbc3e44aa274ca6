import { execa } from 'execa';
import { freshLab } from '../lab/bring-up.ts';
import { labHosts } from '../lab/hosts.ts';
import { limitProcessor } from '../lab/machine/cgroups.ts';
import { median } from './median.ts';
import { muster } from './muster.ts';
import { byHand } from './scripted/by-hand.ts';
import { parallelScript } from './scripted/parallel-script.ts';

type Runtime = 'docker' | 'containerd';
type Phases = Record<string, number>;

const say = (line: string) => process.stdout.write(`${line}\n`);
const names = labHosts(3).map(({ name }) => name);

const methods: readonly { title: string; run: (options: { runtime: Runtime }) => Promise<Phases> }[] = [
  { title: 'by hand', run: byHand },
  { title: 'parallel script', run: parallelScript },
  { title: 'muster', run: ({ runtime }) => muster({ runtime, hosts: names.length }) },
];

/** Processors of each host if they share none, as separate VMs do: together less than this machine's two. */
const ownShare = 0.6;

export interface BringUpBench {
  runtime: Runtime;
  runs: number;
  /** Each host has a processor share of its own. */
  isolated: boolean;
}

async function freshHosts(isolated: boolean): Promise<void> {
  await freshLab({ hosts: names.length, say: () => {} });
  if (isolated) for (const name of names) limitProcessor(name, ownShare);
  // Flushes the three new disks, so that the first sync of a run does not pay for them.
  await execa('sync');
}

/** Prints each run, then the medians and muster's ratios. */
export async function benchBringUp({ runtime, runs, isolated }: BringUpBench): Promise<void> {
  const ready = new Map<string, number[]>(methods.map(({ title }) => [title, []]));
  for (let run = 1; run <= runs; run++) {
    for (const { title, run: bringUp } of methods) {
      await freshHosts(isolated);
      const phases = await bringUp({ runtime });
      ready.get(title)?.push(phases.ready ?? Number.NaN);
      const text = Object.entries(phases).map(([phase, seconds]) => `${phase} ${seconds.toFixed(1)} s`);
      say(`${runtime}, run ${run} of ${runs}, ${title}: ${text.join(', ')}`);
    }
  }
  const medians = new Map([...ready].map(([title, seconds]) => [title, median(seconds)]));
  const own = medians.get('muster') ?? Number.NaN;
  say(`\n${runtime}, ${isolated ? `${ownShare} processors for each host, ` : ''}medians of ${runs}:`);
  for (const [title, seconds] of medians) {
    const ratio = title === 'muster' ? '' : `   muster takes ${(own / seconds).toFixed(2)} times as long`;
    say(`  ${title.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s${ratio}`);
  }
  say('');
}
