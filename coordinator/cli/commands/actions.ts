import { type Command, InvalidArgumentError } from 'commander';
import type { LocalText } from '../../../shared/text/local-text.ts';
import type { ActOptions } from '../act.ts';
import { type Cli, jsonOption, socketOption } from '../help.ts';

/** `muster retire HOST` and all the others that change what becomes of a single host. */
export function addActions(program: Command, cli: Cli): void {
  const { io, say } = cli;
  const command = (name: string, description: LocalText) =>
    program
      .command(name)
      .description(say(description))
      .argument('<host>')
      .option(
        '--json',
        say({
          en: 'what was begun, for programs; does not wait for its end',
          zh: '以 JSON 输出已开始的操作，不等待其结束',
        }),
      )
      .addOption(socketOption(cli));
  const asking = (name: string, description: LocalText) =>
    command(name, description).option('-y, --yes', say({ en: 'do it without asking', zh: '不询问直接执行' }));
  const run = (action: 'pause' | 'resume' | 'reset' | 'retire' | 'readmit' | 'replace' | 'cancel' | 'pick') => {
    return async (host: string, options: ActOptions) => (await import('../act.ts')).act(io, host, action, options);
  };
  const force = say({
    en: 'without asking disruption budgets, and without waiting for a host that is silent',
    zh: '不理会中断预算，也不等待失联的主机',
  });
  const draining = (name: string, description: LocalText) =>
    asking(name, description)
      .option('--force', force)
      .option(
        '--timeout <seconds>',
        say({ en: 'how long evicting its pods may take', zh: '驱逐其 Pod 的时限' }),
        seconds,
        600,
      )
      .option('--no-wait', say({ en: 'return at once; what was begun goes on', zh: '立即返回；已开始的操作继续进行' }));

  command('pause', {
    en: 'keep the agent’s hands off a host while a person works there',
    zh: '有人在主机上工作时，让代理不做任何改动',
  })
    .option('--reason <text>', say({ en: 'why, for those who see it', zh: '原因，供他人查看' }))
    .action(run('pause'));
  command('resume', { en: 'let the agent of a paused host work again', zh: '让已暂停主机的代理恢复工作' }).action(
    run('resume'),
  );
  draining('reset', {
    en: 'take a host out of the cluster, reset it and let it join anew',
    zh: '将主机移出集群、重置并重新加入',
  }).action(run('reset'));
  draining('retire', { en: 'take a host out of the cluster for good', zh: '让主机永久退出集群' }).action(run('retire'));
  command('readmit', {
    en: 'let a retired host in again: prints its line',
    zh: '重新接纳已退役的主机：打印其安装命令',
  }).action(run('readmit'));
  asking('replace', {
    en: 'give a host’s name to a new machine: prints its line',
    zh: '把主机名交给新机器：打印其安装命令',
  })
    .option('--force', say({ en: 'also the only control plane', zh: '即使是唯一的控制平面' }))
    .action(run('replace'));
  command('cancel', { en: 'end the operation that is under way on a host', zh: '终止主机上正在进行的操作' }).action(
    run('cancel'),
  );
  asking('pick', {
    en: 'say which of two machines with one credential is the host',
    zh: '指定持有同一凭据的两台机器中哪一台是该主机',
  })
    .option(
      '--boot <id>',
      say({
        en: 'the boot id of the one that stays, or its first characters',
        zh: '保留的那台的启动 ID，或其开头几个字符',
      }),
    )
    .option('--machine <id>', say({ en: 'its machine id, where they differ', zh: '其 machine ID（两者不同时）' }))
    .action(run('pick'));

  program
    .command('operations')
    .description(
      say({
        en: 'list what operators have had done to hosts, and how far it is',
        zh: '列出操作员对主机发起的操作及其进度',
      }),
    )
    .addOption(jsonOption(cli, 'Operation'))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../operations.ts')).operations(io, options));
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('A number of seconds is needed.');
  }
  return value;
}
