import { type Command, InvalidArgumentError } from 'commander';
import type { Action } from '../../../shared/protocol/operation.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';
import type { ActOptions } from '../handlers/act.ts';
import { type Cli, jsonOption, socketOption } from '../help.ts';

/** `muster retire HOST` and the other operations on one host. */
export function addActions(program: Command, cli: Cli): void {
  const verbs = verbsOf(program, cli);
  addHolds(verbs, cli);
  addOperations(verbs, cli);
  addMachines(verbs, cli);
  const { io, say } = cli;
  program
    .command('operations')
    .description(
      say({
        en: 'List operations on hosts and their progress',
        zh: '列出对主机的操作及其进度',
      }),
    )
    .addOption(jsonOption(cli, 'Operation'))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../handlers/operations.ts')).operations(io, options));
}

type Verbs = ReturnType<typeof verbsOf>;

/** What the commands on one host have in common. */
function verbsOf(program: Command, cli: Cli) {
  const { io, say } = cli;
  const command = (name: string, description: LocalText) =>
    program
      .command(name)
      .description(say(description))
      .argument('<host>', say({ en: 'Planned host', zh: '计划中的主机' }))
      .option(
        '--json',
        say({
          en: 'Print the started operation as JSON; implies --no-wait',
          zh: '以 JSON 输出已开始的操作；不等待其结束',
        }),
      )
      .addOption(socketOption(cli));
  const asking = (name: string, description: LocalText) =>
    command(name, description).option('-y, --yes', say({ en: 'Do not ask for confirmation', zh: '不询问确认' }));
  const run = (action: Action) => {
    return async (host: string, options: ActOptions) =>
      (await import('../handlers/act.ts')).act(io, host, action, options);
  };

  return { command, asking, run };
}

function addHolds({ command, run }: Verbs, { say }: Cli): void {
  command('pause', {
    en: 'Stop changes on a host; it keeps reporting',
    zh: '停止更改主机；主机继续上报',
  })
    .option('--reason <text>', say({ en: 'Reason, shown to other operators', zh: '原因，显示给其他操作员' }))
    .action(run('pause'));
  command('resume', { en: 'Resume changes on a paused host', zh: '恢复更改已暂停的主机' }).action(run('resume'));
}

function addOperations({ command, asking, run }: Verbs, { say }: Cli): void {
  const force = say({
    en: 'Ignore PodDisruptionBudgets, and do not wait for a silent host',
    zh: '忽略 PodDisruptionBudget，且不等待失联的主机',
  });
  const draining = (name: string, description: LocalText) =>
    asking(name, description)
      .option('--force', force)
      .option(
        '--timeout <seconds>',
        say({ en: 'Time limit for evicting the pods, in seconds', zh: '驱逐 Pod 的时限（秒）' }),
        seconds,
        600,
      )
      .option('--no-wait', say({ en: 'Return immediately; the operation continues', zh: '立即返回；操作继续进行' }));

  draining('reset', {
    en: 'Remove a host from the cluster, reset it and let it rejoin',
    zh: '将主机移出集群并重置，然后重新加入集群',
  }).action(run('reset'));
  draining('retire', { en: 'Remove a host from the cluster permanently', zh: '将主机永久移出集群' }).action(
    run('retire'),
  );
  command('readmit', {
    en: 'Readmit a retired host; prints the install command',
    zh: '重新接纳已退役的主机；打印安装命令',
  }).action(run('readmit'));
  command('cancel', { en: 'Cancel the running operation of a host', zh: '取消主机上正在进行的操作' }).action(
    run('cancel'),
  );
}

function addMachines({ asking, run }: Verbs, { say }: Cli): void {
  asking('replace', {
    en: 'Replace a host’s machine; prints the install command',
    zh: '更换主机的机器；打印安装命令',
  })
    .option('--force', say({ en: 'Also replace the only control plane', zh: '即使是唯一的控制平面也更换' }))
    .action(run('replace'));
  asking('pick', {
    en: 'Resolve a cloned VM: choose which machine keeps the name',
    zh: '处理克隆的虚拟机：选择保留主机名的机器',
  })
    .option(
      '--boot <id>',
      say({
        en: 'Boot ID of the machine that stays, or its first characters',
        zh: '保留的机器的启动 ID，或其开头几个字符',
      }),
    )
    .option(
      '--machine <id>',
      say({
        en: 'Machine ID of the machine that stays, if the IDs differ',
        zh: '保留的机器的 machine-id（两者不同时）',
      }),
    )
    .action(run('pick'));
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('A number of seconds is required.');
  }
  return value;
}
