import type { Command } from 'commander';
import { coordinatorPaths } from '../../../shared/paths.ts';
import { type Cli, examples, group, jsonOption, socketOption } from '../help.ts';

export function addPlan(program: Command, cli: Cli): void {
  const { io, say } = cli;
  const plan = group(program, cli, 'plan', {
    en: 'check a plan, and show what it would do',
    zh: '检查计划，并显示它会做什么',
  });
  const file = say({ en: 'the plan, such as cluster.yaml', zh: '计划文件，如 cluster.yaml' });
  plan
    .command('check')
    .description(say({ en: 'print everything that is wrong with a plan', zh: '列出计划的所有问题' }))
    .argument('<file>', file)
    .addOption(jsonOption(cli, 'PlanCheck'))
    .addHelpText(
      'after',
      examples(cli, ['muster plan check /etc/muster/cluster.yaml', { en: 'the one in force', zh: '正在使用的计划' }]),
    )
    .action(async (path: string, options) => (await import('../plan.ts')).checkPlan(io, path, options));
  plan
    .command('show')
    .description(
      say({
        en: 'print what would be done on each host, step by step, without doing it',
        zh: '逐步打印每台主机上将做什么，但不执行',
      }),
    )
    .argument('<file>', file)
    .option('--host <name>', say({ en: 'this host only', zh: '仅限该主机' }))
    .addOption(jsonOption(cli, 'PlanView'))
    .addHelpText(
      'after',
      examples(cli, ['muster plan show cluster.yaml --host node01', { en: 'on node01', zh: '在 node01 上' }]),
    )
    .action(async (path: string, options) => (await import('../plan.ts')).showPlan(io, path, options));
  plan
    .command('diff')
    .description(
      say({ en: 'tell what a changed plan would mean for each host', zh: '说明改动后的计划对每台主机意味着什么' }),
    )
    .argument('<file>', file)
    .addOption(jsonOption(cli, 'PlanChange'))
    .addOption(socketOption(cli))
    .action(async (path: string, options) => (await import('../plan-change.ts')).diffPlan(io, path, options));
  plan
    .command('apply')
    .description(
      say({
        en: 'put a changed plan in force; asks where that takes a host out of it',
        zh: '让改动后的计划生效；若会使主机离开计划则先询问',
      }),
    )
    .argument('<file>', file)
    .option('--plan <file>', say({ en: 'the coordinator’s plan file', zh: '协调器的计划文件' }), coordinatorPaths.plan)
    .option('-y, --yes', say({ en: 'do it without asking', zh: '不询问直接执行' }))
    .addOption(socketOption(cli))
    .action(async (path: string, options) => (await import('../plan-change.ts')).applyPlan(io, path, options));
}
