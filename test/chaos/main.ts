import { Command } from 'commander';
import { messageOf } from '../../shared/errors/errors.ts';
import { type SizeFlags, sizeFlags, sizeFrom } from '../lab/cli/size-options.ts';
import { chaos } from './chaos.ts';

const program = new Command('chaos')
  .description(
    'Random faults on a running lab (npm run lab -- up --runtime containerd) of so many hosts: one master or all workers at a time, each until the host is Ready again. ' +
      'The same seed gives the same faults.',
  )
  .option('--seed <n>', 'what decides the faults', Number, Date.now() % 100_000)
  .option('--runs <n>', 'how many faults', Number, 20)
  .action(async ({ seed, runs, ...size }: { seed: number; runs: number } & SizeFlags) => {
    process.exitCode = (await chaos({ seed, runs, ...sizeFrom(size) })) ? 0 : 1;
  });
for (const option of sizeFlags()) program.addOption(option);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`chaos: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
