import { Command, Option } from 'commander';
import { messageOf } from '../../shared/errors/errors.ts';

const program = new Command('bench').description(
  'Measures muster on this machine. Absolute times differ from machine to machine: compare within one run.',
);

program
  .command('bring-up')
  .description('bare hosts to Ready: by hand, a parallel script, and muster, alternating on wiped hosts; medians')
  .option('--runtime <name...>', 'docker, containerd', ['docker', 'containerd'])
  .option('--runs <n>', 'runs of each', (text) => Number.parseInt(text, 10), 3)
  .option('--isolated', 'give each host a processor share of its own, as separate VMs have', false)
  .action(async ({ runtime, runs, isolated }) => {
    const { benchBringUp } = await import('./bring-up.ts');
    for (const name of runtime) await benchBringUp({ runtime: name, runs, isolated });
  });

program
  .command('ha')
  .description('three bare masters and a bare worker to Ready: a parallel script with haproxy and muster, alternating')
  .addOption(
    new Option('--runtime <name>', 'container runtime').choices(['docker', 'containerd']).default('containerd'),
  )
  .option('--runs <n>', 'runs of each', (text) => Number.parseInt(text, 10), 3)
  .action(async ({ runtime, runs }) => {
    const { benchHa } = await import('./ha.ts');
    await benchHa({ runtime, runs });
  });

program
  .command('rejoin')
  .description(
    'from the end of kubeadm reset on a worker to Ready again: muster and by hand, alternating (needs a running lab on containerd)',
  )
  .option('--runs <n>', 'runs of each', (text) => Number.parseInt(text, 10), 3)
  .action(async ({ runs }) => {
    const { benchRejoin } = await import('./rejoin.ts');
    await benchRejoin(runs);
  });

program
  .command('footprint')
  .description('what the agent weighs (needs a running lab: npm run lab), and how many reports the coordinator stores')
  .action(async () => {
    const { benchAgent } = await import('./footprint.ts');
    await benchAgent();
    const { benchReports } = await import('./reports.ts');
    await benchReports();
  });

program
  .command('fleet')
  .description('how the coordinator carries many simulated agents that start at once, over real TLS; at most 6 minutes')
  .option('--hosts <n>', 'how many', (text) => Number.parseInt(text, 10), 5000)
  .action(async ({ hosts }) => {
    const { benchFleet } = await import('./fleet/fleet.ts');
    await benchFleet(hosts);
  });

program
  .command('page')
  .description(
    'the status page with many simulated hosts in a real browser: first paint, updates, scrolling (needs chromium)',
  )
  .option('--hosts <n>', 'how many', (text) => Number.parseInt(text, 10), 1000)
  .action(async ({ hosts }) => {
    const { benchPage } = await import('./page.ts');
    await benchPage(hosts);
  });

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`bench: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
