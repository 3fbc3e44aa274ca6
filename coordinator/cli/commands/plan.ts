import type { Command } from 'commander';
import { coordinatorPaths } from '../../../shared/paths.ts';
import { type Cli, examples, group, jsonOption, socketOption } from '../help.ts';

export function addPlan(program: Command, cli: Cli): void {
  const { io, say } = cli;
  const plan = group(program, cli, 'plan', {
    en: 'Check, show, compare, sign and apply plans',
    zh: '检查、显示、比较、签名和应用计划',
  });
  const file = say({ en: 'Plan file, such as cluster.yaml', zh: '计划文件，如 cluster.yaml' });
  plan
    .command('check')
    .description(say({ en: 'Check a plan; print all problems and warnings', zh: '检查计划，列出所有问题和警告' }))
    .argument('<file>', file)
    .option('--strict', say({ en: 'Treat warnings as problems', zh: '将警告视为问题' }))
    .addOption(jsonOption(cli, 'PlanCheck'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(cli, [
        'muster plan check /etc/muster/cluster.yaml',
        { en: 'Check the plan in force', zh: '检查正在生效的计划' },
      ]),
    )
    .action(async (path: string, options) => (await import('../handlers/plan.ts')).checkPlan(io, path, options));
  plan
    .command('show')
    .description(
      say({
        en: 'Print the changes on each host, step by step, without applying them',
        zh: '逐步打印每台主机上的更改，但不执行',
      }),
    )
    .argument('<file>', file)
    .option('--host <name>', say({ en: 'Only this host', zh: '仅该主机' }))
    .addOption(jsonOption(cli, 'PlanView'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(cli, [
        'muster plan show cluster.yaml --host node01',
        { en: 'Show the changes on node01', zh: '显示 node01 上的更改' },
      ]),
    )
    .action(async (path: string, options) => (await import('../handlers/plan.ts')).showPlan(io, path, options));
  plan
    .command('diff')
    .description(say({ en: 'Compare a plan with the plan in force', zh: '将计划与正在生效的计划比较' }))
    .argument('<file>', file)
    .addOption(jsonOption(cli, 'PlanChange'))
    .addOption(socketOption(cli))
    .action(async (path: string, options) => (await import('../handlers/plan-change.ts')).diffPlan(io, path, options));
  addSign(plan, cli);
  plan
    .command('apply')
    .description(
      say({
        en: 'Put a plan in force; asks before enrolled hosts are removed or moved',
        zh: '使计划生效；移除或迁移已接入的主机之前会询问',
      }),
    )
    .argument('<file>', file)
    .option('--plan <file>', say({ en: 'Plan file of the coordinator', zh: '协调器的计划文件' }), coordinatorPaths.plan)
    .option('-y, --yes', say({ en: 'Do not ask for confirmation', zh: '不询问确认' }))
    .addOption(socketOption(cli))
    .action(async (path: string, options) => (await import('../handlers/plan-change.ts')).applyPlan(io, path, options));
}

function addSign(plan: Command, cli: Cli): void {
  const { io, say } = cli;
  plan
    .command('sign')
    .description(
      say({
        en: 'Sign a plan; hosts that pin the key follow signed plans only',
        zh: '为计划签名；固定了密钥的主机只遵循已签名的计划',
      }),
    )
    .argument('<file>', say({ en: 'Plan file, such as cluster.yaml', zh: '计划文件，如 cluster.yaml' }))
    .option('--key <file>', say({ en: 'Signing key', zh: '签名密钥' }), coordinatorPaths.planKey)
    .option('--create-key', say({ en: 'Create the signing key if it does not exist', zh: '若签名密钥不存在则创建' }))
    .option(
      '--allow-removal <host...>',
      say({
        en: 'Hosts that the coordinator may reset, retire, replace or convert until the next signature',
        zh: '在下次签名之前，允许协调器重置、退役、更换或转换角色的主机',
      }),
    )
    .option(
      '--recovery-key <key>',
      say({
        en: 'Public half of the recovery key to which backups of the cluster may be encrypted; kept by later signatures',
        zh: '允许用来加密集群备份的恢复密钥公钥；后续签名会保留它',
      }),
    )
    .option('-y, --yes', say({ en: 'Do not ask for confirmation', zh: '不询问确认' }))
    .addOption(socketOption(cli))
    .action(async (path: string, options) => (await import('../handlers/plan-sign.ts')).signPlan(io, path, options));
}
