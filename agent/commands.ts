import { type Command, Option } from 'commander';
import { LocalCommand } from '../shared/cli/command.ts';
import { localise } from '../shared/cli/help.ts';
import type { Language, LocalText } from '../shared/text/local-text.ts';
import { version } from '../shared/version.ts';
import { createHost } from './host/host-linux.ts';
import { type AgentPaths, pathsBelow } from './paths.ts';
import type { PreflightOptions } from './preflight/command.ts';
import type { UninstallOptions } from './uninstall/command.ts';

interface Cli {
  say(text: LocalText): string;
  /** Callable once the options are parsed. */
  paths(): AgentPaths;
}

/** Adds one command. Implementations are imported when their command runs. */
type AddCommand = (program: Command, cli: Cli) => void;

/** How long `enrol` retries while the coordinator does not answer, in seconds. */
const enrolPatience = 60;
const print = (text: string) => void process.stdout.write(`${text}\n`);

const run: AddCommand = (program, { say, paths }) =>
  program
    .command('run')
    .description(
      say({
        en: 'Run in the foreground until SIGTERM, as the service does',
        zh: '在前台运行直到收到 SIGTERM，与服务相同',
      }),
    )
    .action(async () => (await import('./service/run.ts')).run(paths()));

const enrol: AddCommand = (program, { say, paths }) =>
  program
    .command('enrol')
    .description(say({ en: 'Enrol this host with the installer’s token', zh: '使用安装程序的令牌接入该主机' }))
    .option(
      '--patience <seconds>',
      say({ en: 'How long to retry if the coordinator does not answer', zh: '协调器无应答时的重试时长（秒）' }),
      Number,
      enrolPatience,
    )
    .action(async ({ patience }: { patience: number }) => {
      const { enrol } = await import('./link/enrol.ts');
      print(say(await enrol({ paths: paths(), host: createHost(paths()), patience: patience * 1000 })));
    });

const facts: AddCommand = (program, { say, paths }) =>
  program
    .command('facts')
    .description(say({ en: 'Print the facts of this host as JSON', zh: '以 JSON 输出该主机的事实' }))
    .action(async () => {
      const { gather } = await import('./facts/gather.ts');
      print(JSON.stringify(await gather(createHost(paths())), null, 2));
    });

const preflightText = {
  summary: { en: 'Check whether this host can become a node', zh: '检查该主机能否成为节点' },
  exits: {
    en: '\nExit codes:\n  0  all checks passed\n  1  warnings or unknown results\n  2  errors',
    zh: '\n退出码：\n  0  所有检查均通过\n  1  有警告或未知结果\n  2  有错误',
  },
  role: { en: 'Check for this role', zh: '按该角色检查' },
  plan: {
    en: 'Check against this cluster.yaml; selects the host by address or name',
    zh: '按该 cluster.yaml 检查；通过地址或名称选定主机',
  },
  json: { en: 'Print the findings as JSON', zh: '以 JSON 输出检查结果' },
  fix: {
    en: 'Apply the steps that fix findings, then check again (default: change nothing)',
    zh: '执行可修复问题的步骤，然后重新检查（默认不作更改）',
  },
  list: { en: 'List all checks', zh: '列出所有检查' },
};

const preflight: AddCommand = (program, { say, paths }) =>
  program
    .command('preflight')
    .description(say(preflightText.summary))
    .addOption(new Option('--role <role>', say(preflightText.role)).choices(['control-plane', 'worker']))
    .option('--plan <file>', say(preflightText.plan))
    .option('--json', say(preflightText.json))
    .option('--fix', say(preflightText.fix))
    .option('--list', say(preflightText.list))
    .addHelpText('after', say(preflightText.exits))
    .action(async (options: PreflightOptions) => {
      const { preflightCommand } = await import('./preflight/command.ts');
      process.exitCode = await preflightCommand(options, { host: createHost(paths()), paths: paths(), say: print });
    });

const restoring = (command: Command, { say }: Cli) =>
  command
    .option(
      '--purge',
      say({ en: 'Also remove the packages that muster installed', zh: '同时移除 muster 安装的软件包' }),
    )
    .option(
      '--give-up-cluster',
      say({
        en: 'Allow it on the host that holds the cluster; destroys the cluster',
        zh: '允许在持有集群的主机上执行；集群会被销毁',
      }),
    );

const uninstall: AddCommand = (program, cli) =>
  restoring(program.command('uninstall'), cli)
    .description(
      cli.say({
        en: 'Remove this host from its cluster, revert muster’s changes and remove the agent',
        zh: '将该主机移出集群，还原 muster 的更改，并移除代理',
      }),
    )
    .option('-y, --yes', cli.say({ en: 'Do not ask for confirmation', zh: '不询问确认' }))
    .action(async (options: UninstallOptions) => {
      const { uninstall } = await import('./uninstall/command.ts');
      process.exitCode = await uninstall(options);
    });

/** The part of uninstall before the agent itself is removed. */
const putBack: AddCommand = (program, cli) =>
  restoring(program.command('put-back', { hidden: true }), cli).action(async (options: UninstallOptions) => {
    const { putBackHere } = await import('./uninstall/command.ts');
    await putBackHere(cli.paths(), options, (line) => print(cli.say(line)));
  });

const printVersion: AddCommand = (program, { say }) =>
  program
    .command('version')
    .description(say({ en: 'Print the version', zh: '显示版本' }))
    .action(() => print(version));

const commands: readonly AddCommand[] = [run, enrol, facts, preflight, uninstall, putBack, printVersion];

/** The `muster-agent` command. */
export function createProgram(language: Language): Command {
  const say = (text: LocalText) => text[language];
  const program = localise(new LocalCommand('muster-agent'), language)
    .description(
      say({
        en: 'muster-agent prepares this host for Kubernetes and keeps it as planned.',
        zh: 'muster-agent 按计划为 Kubernetes 准备该主机，并使其保持计划中的状态。',
      }),
    )
    .version(version, '-V, --version', say({ en: 'Show the version', zh: '显示版本' }))
    .option('--root <folder>', say({ en: 'Root of the agent’s own files', zh: '代理自身文件的根目录' }), '/');
  const cli = { say, paths: () => pathsBelow(program.opts<{ root: string }>().root) };
  for (const add of commands) add(program, cli);
  return program;
}
