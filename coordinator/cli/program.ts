import { Command, InvalidArgumentError, Option } from 'commander';
import { coordinatorPaths, defaultPort } from '../../shared/paths.ts';
import { version } from '../../shared/version.ts';
import { addActions } from './action-commands.ts';
import type { Io } from './io.ts';
import { addPassword } from './password-commands.ts';

const examples = `
Examples:
  muster plan check cluster.yaml     is the plan fine?
  muster token create --workers      the line to paste on every worker
  muster token create master01       the line for one host
  muster status --watch              how far is it?
  muster logs node01 -f              what is node01 doing?
  muster login                       a link to the status page

Most commands talk to the coordinator on this machine and need root.`;

/** The `muster` command. What a sub-command needs is loaded when it is called, so that each starts fast. */
export function createProgram(io: Io): Command {
  const program = new Command('muster')
    .description('Hosts muster into a Kubernetes cluster by themselves.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showHelpAfterError('Run the same with --help to see what is possible.')
    .addHelpText('after', examples);

  addPlan(program, io);
  addServe(program, io);

  program
    .command('token')
    .description('let hosts in')
    .command('create')
    .description('print the line to paste on a host, or on all workers')
    .argument('[host]', 'one planned host, once')
    .option('--workers', 'all planned workers, each once')
    .option('--cloud-init', 'as user data for a new VM instead of a line')
    .addOption(socket(io))
    .addHelpText('after', '\nOnly the line itself goes to standard output:\n  muster token create --workers > join.txt')
    .action(async (host: string | undefined, options) => (await import('./token.ts')).createToken(io, host, options));

  program
    .command('hosts')
    .description('list the planned hosts and their machines')
    .addOption(socket(io))
    .action(async (options) => (await import('./hosts.ts')).hosts(io, options));

  addStatus(program, io);
  addActions(program, io, () => socket(io));
  addPassword(program, io, () => socket(io));

  program
    .command('logs')
    .description('print what the steps of a host have printed')
    .argument('<host>')
    .option('-f, --follow', 'go on until Ctrl-C')
    .option('--json', 'one object a line: {"seq","at","step","text"}')
    .addOption(socket(io))
    .action(async (host: string, options) => (await import('./logs.ts')).logs(io, host, options));

  program
    .command('explain')
    .description('say what is going on with a host, since when, why, and what you can do')
    .argument('<host>')
    .option('--json', '{"host","phase","explanation","diagnosis"}')
    .addOption(socket(io))
    .action(async (host: string, options) => (await import('./explain.ts')).explain(io, host, options));

  program
    .command('login')
    .description('print a one-time link to the status page')
    .option('--viewer', 'for somebody who may look and change nothing')
    .addOption(socket(io))
    .action(async (options) => (await import('./login.ts')).login(io, options));

  program
    .command('recover')
    .description('let a cluster whose only control plane was reset be created anew; nothing that ran in it comes back')
    .addOption(socket(io))
    .action(async (options) => (await import('./recover.ts')).recover(io, options));

  return program;
}

function addStatus(program: Command, io: Io): void {
  program
    .command('status')
    .description('show how far the cluster is, and what needs a person')
    .addOption(new Option('--watch', 'keep showing it until Ctrl-C').conflicts(['wait', 'json']))
    .addOption(new Option('--wait', 'return once all hosts are Ready, telling of each change').conflicts('json'))
    .option('--timeout <seconds>', 'how long --wait waits', seconds, 1800)
    .option('--json', 'the whole status, for programs')
    .addOption(socket(io))
    .addHelpText('after', '\n--wait exits with 0: all Ready; 1: a host is blocked; 75: not all Ready in time.')
    .action(async (options) => (await import('./status.ts')).status(io, options));
}

function addServe(program: Command, io: Io): void {
  program
    .command('serve')
    .description('run the coordinator')
    .option('--plan <file>', 'the plan', coordinatorPaths.plan)
    .option('--state <folder>', 'the CA, the server’s key and the database', coordinatorPaths.state)
    .option('--listen <address:port>', 'where HTTPS listens', `0.0.0.0:${defaultPort}`)
    .option('--url <url>', 'where hosts reach it (default: the plan’s coordinator)')
    .addOption(socket(io))
    .option(
      '--page-listen <address:port>',
      'where HTTPS listens for the status page alone, with a certificate of your own',
    )
    .option('--page-cert <file>', 'that certificate with its chain, PEM')
    .option('--page-key <file>', 'its key, PEM')
    .option('--page-url <url>', 'where browsers reach it')
    .option('--artefacts <folder>', 'what hosts download', coordinatorPaths.artefacts)
    .action(async (options) => (await import('./serve.ts')).serve(options));
}

/** Its sub-commands are made in a module of their own, which is loaded when one of them is called or described. */
function addPlan(program: Command, io: Io): void {
  program.command('plan').description('check a plan, and show what it would do');
  program.hook('preSubcommand', async (_program, called) => {
    if (called.name() !== 'plan') return;
    const { planCommand } = await import('./plan.ts');
    for (const command of planCommand(io).commands) called.addCommand(command.copyInheritedSettings(called));
  });
}

function socket(io: Io): Option {
  return new Option('--socket <path>', 'the coordinator’s socket').default(
    io.env.MUSTER_SOCKET ?? coordinatorPaths.socket,
  );
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('A number of seconds is needed.');
  }
  return value;
}
