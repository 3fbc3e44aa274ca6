import { execa } from 'execa';
import { freshLab } from '../lab/bring-up.ts';
import { median } from './median.ts';
import { muster } from './muster.ts';
import type { Runtime } from './scripted/commands.ts';
import { haScript } from './scripted/several-masters.ts';

const size = { hosts: 4, masters: 3 };
const say = (line: string) => process.stdout.write(`${line}\n`);
const quiet = () => {};

/** Three bare masters and a bare worker to Ready: the parallel script and muster, alternating on new hosts; medians. */
export async function benchHa({ runtime, runs }: { runtime: Runtime; runs: number }): Promise<void> {
  const methods = { 'parallel script': haScript, muster };
  const ready = { 'parallel script': [] as number[], muster: [] as number[] };
  for (let run = 1; run <= runs; run++) {
    for (const title of ['parallel script', 'muster'] as const) {
      await freshLab({ ...size, say: quiet });
      await execa('sync');
      const phases = await methods[title]({ runtime, ...size });
      ready[title].push(phases.ready);
      const text = Object.entries(phases).map(([phase, seconds]) => `${phase} ${seconds.toFixed(1)} s`);
      say(`three masters and a worker on ${runtime}, run ${run} of ${runs}, ${title}: ${text.join(', ')}`);
    }
  }
  const [own, script] = [median(ready.muster), median(ready['parallel script'])];
  say(
    `medians of ${runs}: muster ${own.toFixed(1)} s, parallel script ${script.toFixed(1)} s: ` +
      `${(own / script).toFixed(2)} times (goal: at most 1.1)`,
  );
}
