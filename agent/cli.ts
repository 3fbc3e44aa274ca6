import { Command, Option } from 'commander';
import { MusterError } from '../shared/errors/errors.ts';
import { languageOfLocale } from '../shared/text/locale.ts';
import { version } from '../shared/version.ts';
import { createHost } from './host/host-linux.ts';
import { pathsBelow } from './paths.ts';
import type { PreflightOptions } from './preflight/command.ts';
import type { UninstallOptions } from './uninstall/command.ts';

/** How long `enrol` asks a coordinator that does not answer, in ms. */
const patience = 60_000;
const say = (text: string) => void process.stdout.write(`${text}\n`);

/** `muster-agent`: a person's commands, and the installer's. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('muster-agent')
    .description('Makes this host what the coordinator’s plan says it is, and keeps it so')
    .version(version)
    .option('--root <folder>', 'where the agent’s own files are', '/')
    .showHelpAfterError();
  const paths = () => pathsBelow(program.opts<{ root: string }>().root);

  program
    .command('run')
    .description('work as the service does, until told to stop')
    .action(async () => (await import('./service/run.ts')).run(paths()));

  program
    .command('enrol')
    .description('get in with the token that the installer left')
    .option('--patience <seconds>', 'how long to ask a coordinator that does not answer', Number, patience / 1000)
    .action(async (options: { patience: number }) => {
      const { enrol } = await import('./link/enrol.ts');
      say(await enrol({ paths: paths(), host: createHost(paths()), patience: options.patience * 1000 }));
    });

  program
    .command('facts')
    .description('print what the agent sees of this host, as JSON')
    .action(async () => {
      const { gather } = await import('./facts/gather.ts');
      say(JSON.stringify(await gather(createHost(paths())), null, 2));
    });

  program
    .command('preflight')
    .description(
      'judge whether this host can become a node: exit code 0 all is well, 1 there are warnings or what could not be told, 2 there are errors',
    )
    .addOption(new Option('--role <role>', 'judge for this role').choices(['control-plane', 'worker']))
    .option('--plan <file>', 'judge by this cluster.yaml, in which this host is found by its address or name')
    .option('--json', 'the findings as JSON')
    .option('--fix', 'mend what muster can mend, then judge again; nothing is changed without this')
    .option('--list', 'show all checks that there are')
    .action(async (options: PreflightOptions) => {
      const { preflightCommand } = await import('./preflight/command.ts');
      process.exitCode = await preflightCommand(options, { host: createHost(paths()), paths: paths(), say });
    });

  const restoring = (command: Command) =>
    command
      .option('--purge', 'take along the packages that muster installed')
      .option('--give-up-cluster', 'also on a host that holds the cluster itself: it is gone for good');

  restoring(program.command('uninstall'))
    .description('take this host out of its cluster, put back all that muster changed on it, and remove the agent')
    .option('--yes', 'do not ask')
    .action(async (options: UninstallOptions) => {
      const { uninstall } = await import('./uninstall/command.ts');
      process.exitCode = await uninstall(options);
    });

  restoring(program.command('put-back', { hidden: true }))
    .description('what uninstall does before it removes the agent')
    .action(async (options: UninstallOptions) => {
      const { putBackHere } = await import('./uninstall/command.ts');
      await putBackHere(paths(), options, say);
    });

  program
    .command('version')
    .description('print the version')
    .action(() => say(version));

  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    const language = languageOfLocale(process.env);
    process.stderr.write(`muster-agent: ${error.text[language]}\n`);
    if (error.remedy !== undefined) process.stderr.write(`  ${error.remedy[language]}\n`);
    process.exitCode = error.exit;
  }
}
