import { Command, Option } from 'commander';
import { languages } from '../../shared/text/local-text.ts';
import { version } from '../../shared/version.ts';
import { addActions } from './commands/actions.ts';
import { addAudit } from './commands/audit.ts';
import { addCompletion } from './commands/completion.ts';
import { addEvents } from './commands/events.ts';
import { addExplain } from './commands/explain.ts';
import { addHosts } from './commands/hosts.ts';
import { addLogin } from './commands/login.ts';
import { addLogs } from './commands/logs.ts';
import { addMetrics } from './commands/metrics.ts';
import { addPassword } from './commands/password.ts';
import { addPlan } from './commands/plan.ts';
import { addSafekeeping } from './commands/safekeeping.ts';
import { addServe } from './commands/serve.ts';
import { addStatus } from './commands/status.ts';
import { addSupportBundle } from './commands/support-bundle.ts';
import { addToken } from './commands/token.ts';
import { createCli, examples, localised } from './help.ts';
import type { Io } from './io.ts';

/** In the order of the help. */
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
  addSafekeeping,
  addMetrics,
  addCompletion,
  addServe,
];

/** The `muster` command. What a sub-command needs is loaded when it is called, so that each starts fast. */
export function createProgram(io: Io): Command {
  const cli = createCli(io);
  const { say } = cli;
  const program = localised(new Command('muster'), cli)
    .description(
      say({
        en: 'Hosts muster into a Kubernetes cluster by themselves.',
        zh: '让主机自己组成 Kubernetes 集群。',
      }),
    )
    .version(version, '-V, --version', say({ en: 'show the version', zh: '显示版本' }))
    .addOption(
      new Option(
        '--lang <language>',
        say({ en: 'instead of the locale’s language', zh: '代替系统区域的语言' }),
      ).choices(languages),
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster plan check cluster.yaml', { en: 'is the plan fine?', zh: '计划有没有问题？' }],
        [
          'muster token create --workers',
          { en: 'the line to paste on every worker', zh: '要粘贴到每个工作节点的那一行' },
        ],
        ['muster token create master01', { en: 'the line for one host', zh: '给一台主机的那一行' }],
        ['muster status --watch', { en: 'how far is it?', zh: '进展到哪里了？' }],
        ['muster logs node01 -f', { en: 'what is node01 doing?', zh: 'node01 在做什么？' }],
        ['muster login', { en: 'a link to the status page', zh: '状态页的链接' }],
      ),
    )
    .addHelpText(
      'after',
      say({
        en: '\nMost commands talk to the coordinator on this machine and need root.',
        zh: '\n多数命令与本机上的协调器通信，需要 root 权限。',
      }),
    );
  for (const add of commands) add(program, cli);
  return program;
}
