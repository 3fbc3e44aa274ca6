import { Command } from 'commander';
import { messageOf } from '../../shared/errors/errors.ts';
import { chaos } from './chaos.ts';

const program = new Command('chaos')
  .description(
    'Random faults on a running lab (npm run lab -- up --runtime containerd), one host after the other or two at once, each until the host is Ready again. ' +
      'The same seed gives the same faults.',
  )
  .option('--seed <n>', 'what decides the faults', Number, Date.now() % 100_000)
  .option('--runs <n>', 'how many faults', Number, 20)
  .action(async ({ seed, runs }: { seed: number; runs: number }) => {
    process.exitCode = (await chaos({ seed, runs })) ? 0 : 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`chaos: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
