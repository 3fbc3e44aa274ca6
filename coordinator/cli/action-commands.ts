import { type Command, InvalidArgumentError, type Option } from 'commander';
import type { Io } from './io.ts';

/** `muster retire HOST` and all the others that change what becomes of a single host. */
export function addActions(program: Command, io: Io, socket: () => Option): void {
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('<host>')
      .option('--json', 'what was begun, for programs; does not wait for its end')
      .addOption(socket());
  const asking = (name: string, description: string) =>
    command(name, description).option('-y, --yes', 'do it without asking');
  const run = (action: 'pause' | 'resume' | 'reset' | 'retire' | 'readmit' | 'replace' | 'cancel' | 'pick') => {
    return async (host: string, options: object) =>
      (await import('./act.ts')).act(io, host, action, options as Parameters<typeof import('./act.ts').act>[3]);
  };
  const force = 'without asking disruption budgets, and without waiting for a host that is silent';
  const draining = (name: string, description: string) =>
    asking(name, description)
      .option('--force', force)
      .option('--timeout <seconds>', 'how long evicting its pods may take', seconds, 600)
      .option('--no-wait', 'return at once; what was begun goes on');

  command('pause', 'keep the agent’s hands off a host while a person works there')
    .option('--reason <text>', 'why, for those who see it')
    .action(run('pause'));
  command('resume', 'let the agent of a paused host work again').action(run('resume'));
  draining('reset', 'take a host out of the cluster, reset it and let it join anew').action(run('reset'));
  draining('retire', 'take a host out of the cluster for good').action(run('retire'));
  command('readmit', 'let a retired host in again: prints its line').action(run('readmit'));
  asking('replace', 'give a host’s name to a new machine: prints its line')
    .option('--force', 'also the only control plane')
    .action(run('replace'));
  command('cancel', 'end the operation that is under way on a host').action(run('cancel'));
  asking('pick', 'say which of two machines with one credential is the host')
    .option('--boot <id>', 'the boot id of the one that stays, or its first characters')
    .option('--machine <id>', 'its machine id, where they differ')
    .action(run('pick'));

  program
    .command('operations')
    .description('list what operators have had done to hosts, and how far it is')
    .option('--json', 'all of it, for programs')
    .addOption(socket())
    .action(async (options) => (await import('./operations.ts')).operations(io, options));
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('A number of seconds is needed.');
  }
  return value;
}
