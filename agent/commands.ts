import { type Command, Option } from 'commander';
import { version } from '../shared/version.ts';
import { createHost } from './host/host-linux.ts';
import type { AgentPaths } from './paths.ts';
import type { PreflightOptions } from './preflight/command.ts';
import type { UninstallOptions } from './uninstall/command.ts';

/** Adds one command. `paths` is called once the options are parsed. Only the command that runs is loaded. */
type AddCommand = (program: Command, paths: () => AgentPaths) => void;

/** How long `enrol` retries while the coordinator does not answer, in seconds. */
const enrolPatience = 60;
const say = (text: string) => void process.stdout.write(`${text}\n`);

const run: AddCommand = (program, paths) =>
  program
    .command('run')
    .description('run as the service does, until SIGTERM')
    .action(async () => (await import('./service/run.ts')).run(paths()));

const enrol: AddCommand = (program, paths) =>
  program
    .command('enrol')
    .description('enrol this host with the token that the installer left')
    .option('--patience <seconds>', 'how long to retry while the coordinator does not answer', Number, enrolPatience)
    .action(async ({ patience }: { patience: number }) => {
      const { enrol } = await import('./link/enrol.ts');
      say(await enrol({ paths: paths(), host: createHost(paths()), patience: patience * 1000 }));
    });

const facts: AddCommand = (program, paths) =>
  program
    .command('facts')
    .description('print the facts of this host as JSON')
    .action(async () => {
      const { gather } = await import('./facts/gather.ts');
      say(JSON.stringify(await gather(createHost(paths())), null, 2));
    });

const preflight: AddCommand = (program, paths) =>
  program
    .command('preflight')
    .description(
      'check whether this host can become a node; exit code 0: all checks pass, 1: warnings or unknown results, 2: errors',
    )
    .addOption(new Option('--role <role>', 'check for this role').choices(['control-plane', 'worker']))
    .option('--plan <file>', 'check against this cluster.yaml; the host is found in it by address or name')
    .option('--json', 'print the findings as JSON')
    .option('--fix', 'apply the steps that fix findings, then check again; without this nothing is changed')
    .option('--list', 'list all checks')
    .action(async (options: PreflightOptions) => {
      const { preflightCommand } = await import('./preflight/command.ts');
      process.exitCode = await preflightCommand(options, { host: createHost(paths()), paths: paths(), say });
    });

const restoring = (command: Command) =>
  command
    .option('--purge', 'also remove the packages that muster installed')
    .option('--give-up-cluster', 'also on a host that holds the cluster: the cluster is destroyed');

const uninstall: AddCommand = (program) =>
  restoring(program.command('uninstall'))
    .description('remove this host from its cluster, restore what muster changed, and remove the agent')
    .option('--yes', 'do not ask for confirmation')
    .action(async (options: UninstallOptions) => {
      const { uninstall } = await import('./uninstall/command.ts');
      process.exitCode = await uninstall(options);
    });

const putBack: AddCommand = (program, paths) =>
  restoring(program.command('put-back', { hidden: true }))
    .description('the part of uninstall before the agent is removed')
    .action(async (options: UninstallOptions) => {
      const { putBackHere } = await import('./uninstall/command.ts');
      await putBackHere(paths(), options, say);
    });

const printVersion: AddCommand = (program) =>
  program
    .command('version')
    .description('print the version')
    .action(() => say(version));

export const commands: readonly AddCommand[] = [run, enrol, facts, preflight, uninstall, putBack, printVersion];
