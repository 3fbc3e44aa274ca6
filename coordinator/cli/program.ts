import { type Command, Option } from 'commander';
import { LocalCommand } from '../../shared/cli/command.ts';
import { languages } from '../../shared/text/local-text.ts';
import { version } from '../../shared/version.ts';
import { addActions } from './commands/actions.ts';
import { addAudit } from './commands/audit.ts';
import { addBackup, addRestore } from './commands/backup.ts';
import { addCompletion } from './commands/completion.ts';
import { addEvents } from './commands/events.ts';
import { addExplain } from './commands/explain.ts';
import { addHosts } from './commands/hosts.ts';
import { addLogin } from './commands/login.ts';
import { addLogs } from './commands/logs.ts';
import { addMetrics } from './commands/metrics.ts';
import { addPassword } from './commands/password.ts';
import { addPlan } from './commands/plan.ts';
import { addRecover } from './commands/recover.ts';
import { addRotate } from './commands/rotate.ts';
import { addServe } from './commands/serve.ts';
import { addStatus } from './commands/status.ts';
import { addSupportBundle } from './commands/support-bundle.ts';
import { addToken } from './commands/token.ts';
import { addUpdates } from './commands/updates.ts';
import { createCli, examples, localised } from './help.ts';
import type { Io } from './terminal/io.ts';

/** In the order of `--help`. */
const commands = [
  addPlan,
  addToken,
  addStatus,
  addHosts,
  addLogs,
  addExplain,
  addSupportBundle,
  addEvents,
  addAudit,
  addLogin,
  addPassword,
  addActions,
  addBackup,
  addRestore,
  addRecover,
  addUpdates,
  addRotate,
  addMetrics,
  addCompletion,
  addServe,
];

/** The `muster` command. Subcommands load their modules when they run, which keeps startup fast. */
export function createProgram(io: Io): Command {
  const cli = createCli(io);
  const { say } = cli;
  const program = localised(new LocalCommand('muster'), cli)
    .description(
      say({
        en: 'muster turns Linux hosts into a Kubernetes cluster.',
        zh: 'muster 将 Linux 主机组建为 Kubernetes 集群。',
      }),
    )
    .version(version, '-V, --version', say({ en: 'Show the version', zh: '显示版本' }))
    .addOption(
      new Option(
        '--lang <language>',
        say({ en: 'Language of the output (default: from the locale)', zh: '输出语言（默认取自系统区域设置）' }),
      ).choices(languages),
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster plan check cluster.yaml', { en: 'Check a plan', zh: '检查计划' }],
        [
          'muster token create --workers',
          { en: 'Print the install command for all workers', zh: '打印所有工作节点的安装命令' },
        ],
        [
          'muster token create master01',
          { en: 'Print the install command for one host', zh: '打印一台主机的安装命令' },
        ],
        ['muster status --watch', { en: 'Watch the progress', zh: '查看进度' }],
        ['muster logs node01 -f', { en: 'Follow the output of node01', zh: '持续显示 node01 的输出' }],
        ['muster login', { en: 'Print a link to the status page', zh: '打印状态页的链接' }],
      ),
    )
    .addHelpText(
      'after',
      say({
        en: '\nMost commands connect to the coordinator on this machine and require root.',
        zh: '\n多数命令会连接本机上的协调器，需要 root 权限。',
      }),
    );
  for (const add of commands) add(program, cli);
  return program;
}
