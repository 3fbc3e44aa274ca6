import type { Command } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';
import { limitOption, phaseOption, searchOption } from '../selection-options.ts';

export function addHosts(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('hosts')
    .description(say({ en: 'List the planned hosts and their machines', zh: '列出计划中的主机及其机器' }))
    .addOption(phaseOption(cli))
    .addOption(searchOption(cli))
    .addOption(limitOption(cli))
    .addOption(jsonOption(cli, 'Status.hosts'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster hosts --phase planned', { en: 'Hosts that have not enrolled', zh: '尚未接入的主机' }],
        [
          `muster hosts --json | jq -r '.[] | select(.phase != "ready") | .name'`,
          { en: 'Names of the hosts that are not Ready', zh: '未 Ready 的主机名' },
        ],
      ),
    )
    .action(async (options) => (await import('../handlers/hosts.ts')).hosts(io, options));
}
