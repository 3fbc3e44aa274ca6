import type { Command } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';
import { localOption, sinceOption } from './events.ts';

export function addAudit(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('audit')
    .description(
      say({
        en: 'Print the audit log: enrolments, tokens, logins and operations',
        zh: '打印审计日志：接入、令牌、登录和操作',
      }),
    )
    .addOption(sinceOption(cli))
    .addOption(localOption(cli))
    .addOption(jsonOption(cli, 'AuditEntry'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster audit --since 1d', { en: 'Entries of the last day', zh: '最近一天的条目' }],
        [`muster audit --json | jq 'select(.outcome != "ok")'`, { en: 'Refused requests', zh: '被拒绝的请求' }],
      ),
    )
    .action(async (options) => (await import('../handlers/audit.ts')).audit(io, options));
}
