import type { Command } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';
import { sinceOption } from './events.ts';

export function addAudit(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('audit')
    .description(
      say({
        en: 'print who did what from where: enrolments, tokens, logins, actions',
        zh: '打印谁从哪里做了什么：接入、令牌、登录、操作',
      }),
    )
    .addOption(sinceOption(cli))
    .addOption(jsonOption(cli, 'AuditEntry'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster audit --since 1d', { en: 'of the last day', zh: '最近一天' }],
        [`muster audit --json | jq 'select(.outcome != "ok")'`, { en: 'what was refused', zh: '被拒绝的' }],
      ),
    )
    .action(async (options) => (await import('../audit.ts')).audit(io, options));
}
